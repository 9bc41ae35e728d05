"""``make bench``: speed as ratios to a plain jieba.posseg loop in the same run, part by part."""

from importlib import import_module
from pathlib import Path


def main() -> None:
    """Print the lines of every ``bench_*.py`` beside this file."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"# {path.stem.removeprefix('bench_')}")
        for line in import_module(path.stem).lines():
            print(line, flush=True)


if __name__ == "__main__":
    main()

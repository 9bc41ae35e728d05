"""Time to import the library, beside `import pandas`, each in a process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator

# What is named is imported when it is first used, so that only the first line is a promise.
STATEMENTS = {
    "import policytext": "import policytext",
    "and read a corpus": "import policytext; policytext.read_corpus",
    "and cut words": "import policytext; policytext.segment",
    "and count terms": "from policytext import terms",
    "and compare groups": "from policytext import comparison",
}


def lines() -> Iterator[str]:
    """One line per statement: seconds, and times the import of pandas."""
    pandas = _best("import pandas")
    yield f"import pandas: {pandas:.2f} s"
    for name, statement in STATEMENTS.items():
        seconds = _best(statement)
        yield f"{name}: {seconds:.2f} s, {seconds / pandas:.2f} times"


def _best(statement: str, times: int = 5) -> float:
    """Seconds of the fastest of some processes: what else the machine does should not count."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


if __name__ == "__main__":
    print("\n".join(lines()))

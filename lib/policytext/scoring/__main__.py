"""``make score``: one line per figure, room by room."""

from importlib import import_module

from policytext.scoring import heldout

ROOMS = ("words", "quantities", "slogans", "peers")


def main() -> None:
    """Print what each room reaches against the coded tables."""
    for room in ROOMS:
        print(f"# {room}")
        for line in import_module(f"policytext.scoring.{room}").lines():
            print(line, flush=True)
    print("# held out, as last measured")
    for line in heldout.lines(heldout.stored()):
        print(line)


if __name__ == "__main__":
    main()

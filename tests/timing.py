"""How long work takes, measured so that it can be compared with other work."""

import gc
import time
from collections.abc import Callable


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least time of this process, with no garbage of others collected meanwhile.

    Collecting it goes through all that earlier tests hold, and may take longer than the work.
    """
    gc.collect()
    gc.disable()
    try:
        return min(_once(work) for _ in range(times))
    finally:
        gc.enable()


def _once(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin

"""A bound on what may hold the server's threads, so that one slow thing does not stop everything else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

# A rush is over in a moment, and waited for; whoever has waited in vain sees to it that those behind need not.
PATIENCE = 0.25  # seconds
MOMENT = 1.0


class Full(Exception):
    """As many are at it as may be, or it is closed for a while."""


class Bound:
    """At most ``places`` at once; refuses instead of letting threads queue."""

    def __init__(self, places: int):
        self._places = BoundedSemaphore(places)
        self._closed_until = 0.0

    def enter(self) -> None:
        """Take a place, to be given back by ``leave``. Raises ``Full``."""
        if time.monotonic() < self._closed_until:
            raise Full("closed for a while")
        if not self._places.acquire(timeout=PATIENCE):
            self.close(MOMENT)
            raise Full("all places are taken")

    def leave(self) -> None:
        """Give a place back."""
        self._places.release()

    def close(self, seconds: float) -> None:
        """Refuse everybody for so long."""
        self._closed_until = max(self._closed_until, time.monotonic() + seconds)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place for a ``with`` block. Raises ``Full``."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

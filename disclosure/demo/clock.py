"""Time travel while the demonstration is told.

The history of a report is written by the workflow, as it is in life, and every row it writes takes its time from
``django.utils.timezone``: status, submission, decision, publication and audit event. Rows of history cannot be changed
afterwards, and the workflow shall not have an argument that lets anybody date a decision. So the clock is what moves,
for the time of telling and in this process alone. See docs/decisions/0041-demonstration-data.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let ``timezone.now()`` and ``timezone.localdate()`` answer ``moment`` (aware) within the block."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    # Not ``timezone.now`` itself: fields hold that function as their default, and would go on asking the real one.
    real, timezone.datetime = timezone.datetime, Stopped
    try:
        yield
    finally:
        timezone.datetime = real

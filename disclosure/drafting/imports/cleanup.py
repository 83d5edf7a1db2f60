"""What is left of imports that came to nothing: their files and texts go after a while, that they were there stays."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from disclosure.drafting import sources
from disclosure.models import Import
from disclosure.report.enums import ImportState

KEPT = timedelta(days=30)


def clear(older_than: timedelta = KEPT) -> int:
    """Clear imports that were given up or taken back longer ago than this, and delete the files nobody else needs.

    An import that a report handed in was made of is kept, whatever became of it later: it belongs to what was reviewed.
    How many were cleared. Raises the storage's ``Unavailable``; what was cleared by then is.
    """
    came_to_nothing = Import.objects.filter(
        state__in=[ImportState.ABANDONED, ImportState.UNDONE], ended_at__lt=timezone.now() - older_than
    ).exclude(proposal={})
    handed_in = set(Import.objects.handed_in().values_list("pk", flat=True))
    cleared = 0
    for pk, sha256 in list(came_to_nothing.values_list("pk", "sha256")):
        if pk in handed_in:
            continue
        with transaction.atomic():
            # Whoever brings the same file in waits here, and then sees what has been deleted (``intake.take_in``).
            Import.objects.lock_source(sha256)
            Import.objects.filter(pk=pk).update(proposal={}, choices={}, before={})
            # Deleted within the transaction: where the storage is away, the import is cleared another time.
            if not Import.objects.filter(sha256=sha256).exclude(proposal={}).exists():
                sources.forget(sha256)
        cleared += 1
    return cleared

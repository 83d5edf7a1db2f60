"""What an address or a form names, for the views of either side."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from disclosure.models import Report
from disclosure.models.assembly import complete
from disclosure.report.enums import SectionKey


def own_report(request, report_id: int) -> Report:
    """The report with all its parts, if it is the school's own; a stranger sees 404."""
    return get_object_or_404(complete(Report.objects.visible_to(request.actor)), pk=report_id)


def part_key(key: str) -> SectionKey:
    """The part of a report that ``key`` in an address names; a key that names none is not there (404)."""
    try:
        return SectionKey(key)
    except ValueError:
        raise Http404(f"a report has no part {key!r}") from None


def number(text: str | None) -> int | None:
    """A whole number of at most nine digits as a form sends it; None for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 9 else None

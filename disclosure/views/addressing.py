"""What an address names, for the views of either side."""

from django.http import Http404

from disclosure.enums import SectionKey


def part_key(key: str) -> SectionKey:
    """The part of a report that ``key`` in an address names; a key that names none is not there (404)."""
    try:
        return SectionKey(key)
    except ValueError:
        raise Http404(f"a report has no part {key!r}") from None

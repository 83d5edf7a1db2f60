"""An import on the author's pages. Load with ``{% load adopting %}``.

- ``{% source_block row %}``: a ``confirmation.Row`` as it stands in the file, its figures marked
- ``{% side pieces "old" %}``: one side of a comparison (``disclosure.richtext.diff.Piece``), with what only it has marked
"""

from django import template
from django.utils.html import format_html, format_html_join

from disclosure.publishing.tags import with_scrolling_tables
from disclosure.richtext import clean
from disclosure.richtext.diff import Change

register = template.Library()


@register.simple_tag
def source_block(row) -> str:
    """A block of the source. Its headings are no headings of the page; the passages of its figures are marked."""
    html = clean(row.block.html)
    for tag in ("h3", "h4"):
        html = html.replace(f"<{tag}>", f'<p class="source-{tag}">').replace(f"</{tag}>", "</p>")
    # The longest first: a passage within one that is marked is marked already.
    for words in sorted(set(row.marked), key=len, reverse=True):
        if f"<mark>{words}" not in html:
            html = html.replace(words, f"<mark>{words}</mark>", 1)
    return with_scrolling_tables(html)


@register.simple_tag
def side(pieces, which: str) -> str:
    """The words of one side; those the other side has not are marked."""
    only, other, marked = _SIDES[which]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(marked, piece.text) if piece.change is only else piece.text,)
            for piece in pieces
            if piece.change is not other
        ),
    )


_SIDES = {
    "old": (Change.REMOVED, Change.ADDED, "<del>{}</del>"),
    "new": (Change.ADDED, Change.REMOVED, "<ins>{}</ins>"),
}

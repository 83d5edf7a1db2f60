"""Document → one web page in one file, for the school's own site: no script, nothing loaded from anywhere.

The style sheets are those of our own page, written into the file; the report's templates too are the page's.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from disclosure.report.document import Document

_OWN_STYLE = Path(__file__).with_name("web_file.css")


@cache
def _style() -> str:
    """The tokens, the look of a report, and what this one page needs besides."""
    css = settings.BASE_DIR / "static" / "css"
    sheets = (css / "tokens.css", css / "report.css", _OWN_STYLE)
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def render(document: Document, address: str, published: str) -> bytes:
    """The page of ``document``, everything in it that the document holds: for the public pass ``document.public()``.

    ``address`` is the absolute address of the public page it stands for, ``published`` the day in words.
    """
    context = {
        "document": document,
        "address": address,
        "published": published,
        # Ours, from the repository; nothing a report holds is in it.
        "style": mark_safe(_style()),  # noqa: S308
    }
    return render_to_string("report/web_file.html", context).encode()

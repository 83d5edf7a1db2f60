"""Document → PDF: tagged (PDF/UA-1), after GB/T 9704-2012, the same bytes for the same document.

Set by WeasyPrint from the templates that the page has too (``templates/report/``) and ``pdf.css``.
"""

import logging
import os
import shutil
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from disclosure.publishing.rendering import justification
from disclosure.publishing.rendering.finishing import finish
from disclosure.publishing.rendering.levels import mark_levels
from disclosure.publishing.rendering.quotes import allow_breaks_at_quotes
from disclosure.publishing.rendering.tables import prepare_tables
from disclosure.report.document import Document

logger = logging.getLogger(__name__)

STYLE_SHEET = Path(__file__).with_name("pdf.css")
DRAFT_STYLE_SHEET = Path(__file__).with_name("draft.css")
_FOLDER = "disclosure-fonts"
FONTS = tuple(sorted((settings.BASE_DIR / "static" / "fonts").glob("*/*.otf")))

# WeasyPrint falls back to fontTools, which takes ten seconds for what HarfBuzz does in 0.1.
CAN_SUBSET_QUICKLY = harfbuzz_subset is not None
if not CAN_SUBSET_QUICKLY:
    logger.warning("libharfbuzz-subset is not installed: every PDF will take about ten seconds")

justification.install()


class ShippedFilesOnly(URLFetcher):
    """Gives the shipped fonts and refuses every other address, whatever a report holds."""

    _files = {font.as_uri(): font for font in FONTS}

    def fetch(self, url, headers=None):
        """The font at ``url``; raises ``ValueError`` for anything else, which WeasyPrint takes for a missing file."""
        if url not in self._files:
            logger.warning("An address was not fetched for a PDF: %.200s", url)
            raise ValueError("Only the shipped fonts are read while a PDF is made.")
        return URLFetcherResponse(url, self._files[url].read_bytes(), {"Content-Type": "font/otf"})


def _folder_for_fonts() -> Path:
    """A new directory of this process; those of processes that were killed, 26 MB each, are deleted."""
    for folder in Path(gettempdir()).glob(f"{_FOLDER}-*-*"):
        process = folder.name.split("-")[-2]
        if process.isdecimal() and not _is_alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(mkdtemp(prefix=f"{_FOLDER}-{os.getpid()}-"))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True


class _Press:
    """The fonts and the style sheet, read once a process, and one sheet at a time.

    Pango's font maps are not made for several threads at once, hence the lock; and a forked child must not share its
    parent's directory of fonts, which the first of the two to end would delete, hence the process.
    """

    def __init__(self):
        self._lock = Lock()
        self._process = 0

    def print(self, html: str, *, draft: bool) -> bytes:
        """The PDF of a whole page of ``html``."""
        with self._lock:
            if self._process != os.getpid():
                self._set_up()
            page = HTML(string=html, url_fetcher=self._fetcher)
            for prepare in (prepare_tables, mark_levels, allow_breaks_at_quotes):
                prepare(page.etree_element)
            return page.write_pdf(
                stylesheets=[self._style, self._draft_style] if draft else [self._style],
                font_config=self._fonts,
                pdf_variant="pdf/ua-1",
                finisher=_finish,
            )

    def _set_up(self):
        self._fonts = FontConfiguration()
        # WeasyPrint sets up each font from a copy. It deletes them when the process ends, but not when it is killed.
        self._fonts._folder = _folder_for_fonts()
        self._fetcher = ShippedFilesOnly()
        self._style, self._draft_style = (
            CSS(filename=path, font_config=self._fonts, url_fetcher=self._fetcher)
            for path in (STYLE_SHEET, DRAFT_STYLE_SHEET)
        )
        self._process = os.getpid()


def _finish(document, pdf):
    for font in document.fonts.values():
        if font.missing:
            # Each is a box on the paper. There is nothing to be done here, but somebody should install a font.
            logger.warning("No font has these characters of a report: %s", "".join(map(chr, font.missing)))
    finish(pdf)


_press = _Press()


def render(document: Document, *, draft: bool = False) -> bytes:
    """The PDF of ``document``, everything in it that the document holds: for the public pass ``document.public()``.

    ``draft`` marks every page and the metadata 草稿.
    """
    html = render_to_string("report/pdf.html", {"document": document, "is_draft": draft})
    return _press.print(html, draft=draft)

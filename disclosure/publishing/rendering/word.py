"""Document → Word: a ``.docx`` after GB/T 9704-2012, with real styles, the same bytes for the same document.

Written from the templates that the page and the PDF have too (``templates/report/``), into the package that lies as plain
XML in ``word_package/``: the page, the styles, the numbering, the margins.
"""

import io
from functools import cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import tinyhtml5
from django.template.loader import render_to_string
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from disclosure.publishing.rendering.levels import mark_levels
from disclosure.publishing.rendering.tables import prepare_tables
from disclosure.publishing.rendering.wordml import Writer, without_control
from disclosure.report.document import Document

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PACKAGE = Path(__file__).with_name("word_package")


def render(document: Document, *, draft: bool = False) -> bytes:
    """The Word file of ``document``, everything in it that the document holds: for the public pass ``document.public()``.

    What goes out comes in again: its styles, and the captions and labels of its tables of figures, tell the import what
    each piece is (docs/decisions/0053-word-out.md). ``draft`` marks every page and the properties 草稿.
    """
    file = docx.Document(io.BytesIO(_package()))
    if not draft:
        _drop_headers(file)
    Writer(file).write(_tree(document), document)
    _describe(file.core_properties, document, draft)
    written = io.BytesIO()
    file.save(written)
    return _dateless(written)


def _tree(document: Document):
    """The report's ``article`` as an ElementTree, its tables measured and its headings marked with their levels."""
    html = render_to_string("report/word.html", {"document": document})
    # Not as a str: a short one would be taken for the name of a file.
    root = tinyhtml5.parse(io.StringIO(html), namespace_html_elements=False)
    # Digits in the fonts that stand in for those of offices are up to a quarter broader.
    prepare_tables(root, latin=1.35)
    mark_levels(root)
    return root.find("body/article")


@cache
def _package() -> bytes:
    """The empty file, as python-docx opens it."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(PACKAGE.rglob("*")):
            if path.is_file():
                archive.writestr(str(path.relative_to(PACKAGE)), path.read_bytes())
    return packed.getvalue()


def _drop_headers(file) -> None:
    """Take out the headers, which say 草稿 and nothing else."""
    properties = file.element.body.sectPr
    for reference in properties.findall(qn("w:headerReference")):
        properties.remove(reference)
    for key in [key for key, one in file.part.rels.items() if one.reltype == RELATIONSHIP_TYPE.HEADER]:
        del file.part.rels[key]


def _describe(properties, document: Document, draft: bool) -> None:
    """What the file says of itself: no date and nobody's name, but the school's."""
    # python-docx takes 255 characters at most, as the format does not.
    title = without_control(document.title)
    properties.title = (f"{title}（草稿）" if draft else title)[:255]
    properties.author = without_control(document.school.name)
    properties.language = "zh-CN"
    if draft:
        properties.keywords = "草稿"


def _dateless(packed: io.BytesIO) -> bytes:
    """The same archive without the moment at which it was written, so that it can be kept and told apart by its bytes."""
    written = io.BytesIO()
    with ZipFile(packed) as archive, ZipFile(written, "w", ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            # As the library would on any system; else it tells which one this is.
            entry.create_system = 0
            copy.writestr(entry, archive.read(name))
    return written.getvalue()

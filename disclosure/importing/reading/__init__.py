"""The first step of an import: the bytes of a file → a plain tree of blocks.

Reads in the process it is called in, with limits on what it takes in; who has bytes from outside calls ``isolation``.
"""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from lxml import etree

from disclosure.importing.blocks import Source
from disclosure.importing.errors import BROKEN, EMPTY, LARGEST_FILE, TOO_LARGE, TOO_MUCH, Unreadable
from disclosure.importing.reading import docx, html, office
from disclosure.importing.reading.notices import sentences
from disclosure.importing.reading.package import Package
from disclosure.importing.reading.sniffing import Kind, kind_of, main_part

# By their extension and LibreOffice's name of the format.
_FILTERS = {
    Kind.DOC: ("doc", "MS Word 97"),
    Kind.WORD_95: ("doc", "MS Word 95"),
    Kind.WORKS: ("wps", "MS_Works"),
    Kind.RTF: ("rtf", "Rich Text Format"),
    Kind.OPEN_DOCUMENT: ("odt", "writer8"),
    Kind.WORD_2003: ("xml", "MS Word 2003 XML"),
}

__all__ = ["LARGEST_FILE", "Unreadable", "read_blocks", "read_pasted"]


def read_blocks(path_or_bytes: str | PathLike[str] | bytes, name: str = "") -> Source:
    """The blocks of a file: .docx, .doc, .wps, .rtf, .odt, HTML under any of these names, plain text.

    What it is, is told by its content; its ``name`` stands in the sentence where that tells nothing. Raises
    ``Unreadable`` with one sentence in Chinese that says what is wrong and what to do.
    """
    if isinstance(path_or_bytes, bytes):
        content = path_or_bytes
    else:
        path = Path(path_or_bytes)
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(TOO_LARGE)
        content = path.read_bytes()
    return _checked(lambda: _read(content, name))


def read_pasted(pasted: str) -> Source:
    """The blocks of what was pasted: HTML as Word or WPS puts it on the clipboard, or plain text."""
    if len(pasted) > LARGEST_FILE // 4:
        raise Unreadable("粘贴的内容过多，请改为上传文件。")
    return _checked(lambda: html.read_text(pasted))


def _checked(read: Callable[[], Source]) -> Source:
    try:
        source = read()
    except (RecursionError, MemoryError) as error:
        raise Unreadable(TOO_MUCH) from error
    except etree.LxmlError as error:
        raise Unreadable(BROKEN) from error
    if not source.blocks:
        raise Unreadable(EMPTY)
    return source


def _read(content: bytes, name: str) -> Source:
    kind = kind_of(content, name)
    if kind is Kind.HTML:
        return html.read(content)
    if kind in _FILTERS:
        content = office.to_docx(content, *_FILTERS[kind])
    package = Package(content)
    source = docx.read(package, main_part(package))
    if any(name.endswith("vbaproject.bin") for name in package.names()):
        source = source.model_copy(update={"notices": (*source.notices, *sentences({"macros": 1}))})
    return source

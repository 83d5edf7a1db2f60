"""Files of publications, kept in the storage under the renderer's version and the hash of their document.

A file that is lost, damaged or outdated is made again when somebody asks for it: losing all of them loses nothing.
Each is kept with the hash of its bytes behind it, so that what is handed out is what was made.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from disclosure.models import Publication
from disclosure.publishing.rendering.version import RENDERER_VERSION
from disclosure.report.document import Document
from schools import storage
from schools.bounds import Bound, Full

logger = logging.getLogger(__name__)

# To fetch one may take seconds where the storage is slow, to make one takes a processor for a good part of a second.
_bound = Bound(settings.FILE_THREADS)
_SEAL = 64  # digits of a SHA-256


class Busy(Exception):
    """As many files are being fetched or made as may be."""


@dataclass(frozen=True)
class Format:
    """One kind of file: its name in the logs, its suffix, which is its folder's name too, and what makes it."""

    label: str
    suffix: str
    render: Callable[[Document], bytes]


def _pdf(document: Document) -> bytes:
    from disclosure.publishing.rendering.pdf import (
        render,  # WeasyPrint takes a second to load, and a Word file needs none
    )

    return render(document)


def _word(document: Document) -> bytes:
    from disclosure.publishing.rendering.word import render  # as little need has a PDF of python-docx

    return render(document)


PDF = Format("PDF", "pdf", _pdf)
WORD = Format("Word file", "docx", _word)


def name_of(publication: Publication, form: Format = PDF) -> str:
    """Where in the storage the file of ``publication`` is kept."""
    return f"{form.suffix}/{RENDERER_VERSION}/{publication.sha256}.{form.suffix}"


def pdf_for(publication: Publication) -> bytes:
    """The PDF of ``publication``, kept or made now. It shows what the public may see, whatever the document holds.

    Raises ``Busy``.
    """
    return file_for(publication, PDF)


def word_for(publication: Publication) -> bytes:
    """The Word file of ``publication``, likewise."""
    return file_for(publication, WORD)


def file_for(publication: Publication, form: Format) -> bytes:
    """The file of ``publication`` in one format, kept or made now, of what the public may see. Raises ``Busy``."""
    name = name_of(publication, form)
    try:
        with _bound.place():
            content = _kept(name, form)
            if content is None:
                content = form.render(publication.read().public())
                _keep(name, content, form)
            return content
    except Full as full:
        raise Busy(name) from full


def clear_outdated() -> int:
    """Delete what other versions of the renderer have made, which nobody is given any more; how many files.

    Raises the storage's ``Unavailable``.
    """
    cleared = 0
    for form in (PDF, WORD):
        folders, files = storage.listing(form.suffix)
        outdated = [f"{form.suffix}/{folder}" for folder in folders if folder != RENDERER_VERSION]
        names = [f"{form.suffix}/{name}" for name in files]  # from when a version had no folder of its own
        names += [f"{folder}/{name}" for folder in outdated for name in storage.listing(folder)[1]]
        for name in [*names, *outdated]:
            storage.delete(name)
        cleared += len(names)
    return cleared


def _kept(name: str, form: Format) -> bytes | None:
    """The file as it was made, or None where there is none, or not a whole one, or no way to it."""
    try:
        kept = storage.read(name)
    except FileNotFoundError:
        return None
    except storage.Unavailable as problem:
        logger.warning("A kept %s could not be read and is made again: %s: %s", form.label, name, problem)
        return None
    content, seal = kept[:-_SEAL], kept[-_SEAL:]
    if seal == _seal(content):
        return content
    logger.warning("A kept %s is damaged and is made again: %s", form.label, name)
    return None


def _keep(name: str, content: bytes, form: Format) -> None:
    """Keep a file. Two processes that do so at once write the same bytes.

    Where nothing can be written, the next reader's request makes the file again: that is slower, but no reason to
    answer with an error.
    """
    try:
        storage.write(name, content + _seal(content))
    except storage.Unavailable as problem:
        logger.warning("A %s could not be kept: %s: %s", form.label, name, problem)


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()

"""Files of publications, kept in Django's storage under the hash of their document and the renderer's version.

A file that is lost, cut off or outdated is made again when somebody asks for it: losing all of them loses nothing.
"""

import io
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile, ZipFile

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from disclosure.configuration import PRIVATE_DIRECTORY
from disclosure.document import Document
from disclosure.models import Publication
from disclosure.rendering.version import RENDERER_VERSION

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Format:
    """One kind of file: its name in the logs, its suffix, what makes it, and whether bytes are a whole one."""

    label: str
    suffix: str
    render: Callable[[Document], bytes]
    is_whole: Callable[[bytes], bool]


def _pdf(document: Document) -> bytes:
    from disclosure.rendering.pdf import render  # WeasyPrint takes a second to load, and a Word file needs none

    return render(document)


def _word(document: Document) -> bytes:
    from disclosure.rendering.word import render  # as little need has a PDF of python-docx

    return render(document)


def _is_whole_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and content.endswith(b"%%EOF\n")


def _is_whole_archive(content: bytes) -> bool:
    """Whether ``content`` begins with an entry of an archive, and its directory, which stands at the end, fits it."""
    try:
        return content.startswith(b"PK\x03\x04") and bool(ZipFile(io.BytesIO(content)).namelist())
    except BadZipFile:
        return False


PDF = Format("PDF", "pdf", _pdf, _is_whole_pdf)
WORD = Format("Word file", "docx", _word, _is_whole_archive)


def name_of(publication: Publication, form: Format = PDF) -> str:
    """Where in the storage the file of ``publication`` is kept."""
    return f"{form.suffix}/{publication.sha256}-{RENDERER_VERSION}.{form.suffix}"


def pdf_for(publication: Publication) -> bytes:
    """The PDF of ``publication``, kept or made now. It shows what the public may see, whatever the document holds."""
    return file_for(publication, PDF)


def word_for(publication: Publication) -> bytes:
    """The Word file of ``publication``, likewise."""
    return file_for(publication, WORD)


def file_for(publication: Publication, form: Format) -> bytes:
    """The file of ``publication`` in one format, kept or made now, of what the public may see."""
    name = name_of(publication, form)
    content = _kept(name, form)
    if content is None:
        content = form.render(publication.read().public())
        _keep(name, content, form)
    return content


def _kept(name: str, form: Format) -> bytes | None:
    """The whole file, or None where there is none or a part only."""
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    except Exception:  # an object store has errors of its own, and none of them is worth a reader's waiting in vain
        logger.exception("A kept %s could not be read and is made again: %s", form.label, name)
        return None
    if form.is_whole(content):
        return content
    logger.warning("A kept %s is damaged and is made again: %s", form.label, name)
    return None


def _keep(name: str, content: bytes, form: Format) -> None:
    """Put ``content`` under ``name``, over whatever is there, in one step: nobody ever reads half of it.

    Two processes that do so at once write the same bytes. Where nothing can be written, the next reader's request
    makes the file again: that is slower, but no reason to answer with an error.
    """
    try:
        if isinstance(default_storage, FileSystemStorage):
            _replace(Path(default_storage.path(name)), content)
        else:
            # An object store replaces objects whole.
            default_storage.save(name, ContentFile(content))
    except Exception:  # as above
        logger.exception("A %s could not be kept: %s", form.label, name)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    # Readable by the own user alone from its first byte on.
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.replace(draft.name, path)
        except BaseException:
            os.unlink(draft.name)
            raise

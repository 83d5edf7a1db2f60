"""PDFs of publications, kept in Django's storage under the hash of their document and the renderer's version.

A file that is lost, cut off or outdated is made again when somebody asks for it: losing all of them loses nothing.
"""

import logging
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from disclosure.models import Publication
from disclosure.rendering.pdf import render
from disclosure.rendering.version import RENDERER_VERSION

logger = logging.getLogger(__name__)


def name_of(publication: Publication) -> str:
    """Where in the storage the PDF of ``publication`` is kept."""
    return f"pdf/{publication.sha256}-{RENDERER_VERSION}.pdf"


def pdf_for(publication: Publication) -> bytes:
    """The PDF of ``publication``, kept or made now. It shows what the public may see, whatever the document holds."""
    name = name_of(publication)
    content = _kept(name)
    if content is None:
        content = render(publication.read().public())
        _keep(name, content)
    return content


def _kept(name: str) -> bytes | None:
    """The whole file, or None where there is none or a part only."""
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        return None
    except Exception:  # an object store has errors of its own, and none of them is worth a reader's waiting in vain
        logger.exception("A kept PDF could not be read and is made again: %s", name)
        return None
    if content.startswith(b"%PDF-") and content.endswith(b"%%EOF\n"):
        return content
    logger.warning("A kept PDF is damaged and is made again: %s", name)
    return None


def _keep(name: str, content: bytes) -> None:
    """Put ``content`` under ``name``, over whatever is there, in one step: nobody ever reads half of it.

    Two processes that do so at once write the same bytes. Where nothing can be written, the next reader's request
    makes the PDF again: that is slower, but no reason to answer with an error.
    """
    try:
        if isinstance(default_storage, FileSystemStorage):
            _replace(Path(default_storage.path(name)), content)
        else:
            # An object store replaces objects whole.
            default_storage.save(name, ContentFile(content))
    except Exception:  # as above
        logger.exception("A PDF could not be kept: %s", name)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            os.fchmod(draft.fileno(), settings.FILE_UPLOAD_PERMISSIONS or 0o644)
            os.replace(draft.name, path)
        except BaseException:
            os.unlink(draft.name)
            raise

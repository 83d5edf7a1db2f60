"""The files that reports were imported from, kept in Django's storage under the hash of their bytes.

Outside the web root: they are handed out by views alone, as attachments, to whom the import's queryset shows them.
Two imports of the same file keep it once.
"""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def name_of(sha256: str) -> str:
    """Where in the storage the file with this hash is kept."""
    return f"sources/{sha256}"


def keep(content: bytes) -> str:
    """Keep ``content``, unless it is kept already; its SHA-256, hexadecimal.

    A file that was cut off when the server stopped is written again.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    name = name_of(sha256)
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return sha256
        default_storage.delete(name)
    kept = default_storage.save(name, ContentFile(content))
    if kept != name:  # the same file has come a second time in the same moment
        default_storage.delete(kept)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes of a file. Raises ``FileNotFoundError`` where the storage has lost it."""
    with default_storage.open(name_of(sha256)) as file:
        return file.read()


def forget(sha256: str) -> None:
    """Delete a file; one that is not there is none to delete."""
    default_storage.delete(name_of(sha256))

"""The files that reports were imported from, kept in the storage under the hash of their bytes.

Outside the web root: they are handed out by views alone, as attachments, to whom the import's queryset shows them.
Two imports of the same file keep it once. ``Unavailable`` of the storage goes through to whoever calls.
"""

import hashlib

from schools import storage


class Lost(Exception):
    """The storage does not have the file, or not as it was kept."""


def name_of(sha256: str) -> str:
    """Where in the storage the file with this hash is kept."""
    return f"sources/{sha256}"


def keep(content: bytes) -> str:
    """Keep ``content``; its SHA-256, hexadecimal.

    Written also where it is kept already: that may be damaged, or about to be cleared.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    storage.write(name_of(sha256), content)
    return sha256


def is_kept(sha256: str, size: int) -> bool:
    """Whether the storage has a file of this hash and size, without reading it."""
    try:
        return storage.size(name_of(sha256)) == size
    except FileNotFoundError:
        return False


def read(sha256: str) -> bytes:
    """The bytes of a file, which are those that were kept. Raises ``Lost``."""
    try:
        content = storage.read(name_of(sha256))
    except FileNotFoundError as error:
        raise Lost(f"{sha256} is gone from the storage") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Lost(f"{sha256} is damaged in the storage")
    return content


def forget(sha256: str) -> None:
    """Delete a file; one that is not there is none to delete."""
    storage.delete(name_of(sha256))

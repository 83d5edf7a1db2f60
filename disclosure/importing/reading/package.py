"""A Word file as a package: a zip of XML parts, opened without trusting what it says of itself.

python-docx opens a package too, but reads every part whole into memory, pictures included, and believes the declared
sizes; here only the parts that are asked for are unpacked, and counted while they are.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from disclosure.importing.errors import (
    BROKEN,
    LARGEST_PACKAGE,
    LARGEST_PART,
    MOST_ENTRIES,
    MOST_MARKS,
    TOO_MUCH,
    Unreadable,
)

ENCRYPTED = "文件设了打开密码，请在 Word 里取消密码后再上传。"
# The namespaces of ISO 29500 Strict, which Word writes when asked to, and those that everything else writes.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CHUNK = 256 * 1024
_END_RECORD = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Relationship:
    """Where a part points to: a part of the package by its name, or an address outside, which is never fetched."""

    kind: str  # the last step of the type: "styles", "hyperlink", "image" …
    target: str
    is_external: bool


def parse_xml(data: bytes) -> etree._Element:
    """``data`` as a tree. No part may declare a document type: the format forbids it, and entities need one."""
    if data.count(b"<") + data.count(b'="') > MOST_MARKS:
        raise Unreadable(TOO_MUCH)
    if data[:4].startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        data = _as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable("文件里有 Word 不会写出的内容（DTD），不能读取，请用 Word 另存为 .docx 后再上传。")
    if b"//purl.oclc.org/ooxml/" in data:
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable(BROKEN) from error


def _as_utf8(data: bytes) -> bytes:
    """XML in UTF-16 in the one encoding whose bytes can be searched."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le")
    except UnicodeDecodeError as error:
        raise Unreadable(BROKEN) from error
    head, mark, rest = text.partition("?>")
    return (rest if mark and head.lstrip().startswith("<?xml") else text).encode("utf-8", "replace")


class Package:
    """The parts of a zip by name. Names are compared without case, as Word does, and ``\\`` is taken for ``/``."""

    def __init__(self, content: bytes) -> None:
        _check_count(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
            raise Unreadable(BROKEN) from error
        if len(entries) > MOST_ENTRIES:
            raise Unreadable(TOO_MUCH)
        self._entries = {_key(entry.filename): entry for entry in entries}
        self._unpacked = 0
        self._trees: dict[str, etree._Element | None] = {}
        self._relationships: dict[str, dict[str, Relationship]] = {}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._entries)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none. What it unpacks to is counted, not believed."""
        entry = self._entries.get(_key(name))
        if entry is None:
            return None
        if entry.flag_bits & 0x1:
            raise Unreadable(ENCRYPTED)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(BROKEN)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    self._unpacked += len(chunk)
                    if size > LARGEST_PART or self._unpacked > LARGEST_PACKAGE:
                        raise Unreadable(TOO_MUCH)
                    chunks.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            struct.error,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise Unreadable(BROKEN) from error
        return b"".join(chunks)

    def tree(self, name: str) -> etree._Element | None:
        """A part as a tree, None where there is none."""
        key = _key(name)
        if key not in self._trees:
            data = self.read(name)
            self._trees[key] = None if data is None else parse_xml(data)
        return self._trees[key]

    def relationships(self, name: str) -> dict[str, Relationship]:
        """Where the part ``name`` points to, by identifier; the package itself is ""."""
        if name not in self._relationships:
            folder, _, base = name.rpartition("/")
            root = self.tree(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
            self._relationships[name] = {} if root is None else dict(_relationships(root, folder))
        return self._relationships[name]

    def related(self, name: str, kind: str) -> str | None:
        """The name of the first part that ``name`` points to as ``kind``, None where there is none in the package."""
        found = (
            each.target for each in self.relationships(name).values() if each.kind == kind and not each.is_external
        )
        return next((target for target in found if target in self), None)

    def content_type(self, name: str) -> str:
        """The content type that the package declares for a part, "" where it declares none."""
        types = self.tree("[Content_Types].xml")
        if types is None:
            return ""
        key = _key(name)
        for override in types.iter(f"{_TYPES}Override"):
            if _key(override.get("PartName", "")) == key:
                return override.get("ContentType", "")
        extension = key.rpartition(".")[2]
        for default in types.iter(f"{_TYPES}Default"):
            if default.get("Extension", "").lower() == extension:
                return default.get("ContentType", "")
        return ""


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relationships(root: etree._Element, folder: str) -> Iterator[tuple[str, Relationship]]:
    for each in root.iter(_RELATIONSHIPS):
        is_external = each.get("TargetMode") == "External"
        target = each.get("Target", "")
        if not is_external:
            target = unquote(target.replace("\\", "/"))
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = each.get("Type", "").rstrip("/").rpartition("/")[2]
        yield each.get("Id", ""), Relationship(kind, target, is_external)


def _check_count(content: bytes) -> None:
    """Refuse a list of entries that would fill the memory before a look at it."""
    start = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if start < 0 or len(content) - start < _END_RECORD.size:
        raise Unreadable(BROKEN)
    if _END_RECORD.unpack_from(content, start)[4] > MOST_ENTRIES:
        raise Unreadable(TOO_MUCH)

"""What a file is, told by its content. Its name is not asked: offices name web pages .doc, and anything else too."""

from __future__ import annotations

import re
from enum import Enum

from disclosure.importing.errors import BROKEN, EMPTY, LARGEST_FILE, TOO_LARGE, Unreadable
from disclosure.importing.reading.package import ENCRYPTED, Package


class Kind(Enum):
    """What can be read: the first two by us, the others by LibreOffice."""

    DOCX = "docx"
    HTML = "html"  # plain text and MHTML too
    DOC = "doc"  # and the .wps of WPS, which is the same inside
    WORD_95 = "word_95"
    WORKS = "works"
    RTF = "rtf"
    OPEN_DOCUMENT = "open_document"
    WORD_2003 = "word_2003"


_ASK = "请上传 Word 原文件（.docx 或 .doc）。"
_PICTURE = f"这是一张图片，{_ASK}"
_ARCHIVE = "这是一个压缩包，请解压后上传其中的 Word 文件。"
_PROGRAM = f"这是一个程序文件，{_ASK}"
_SHEET = f"这是一个 Excel 表格，{_ASK}"
_SLIDES = f"这是一个演示文稿，{_ASK}"
_PAGES = f"这是一个 PDF 文件，{_ASK}"
_OFD = f"这是一个 OFD 版式文件，{_ASK}"
_MEDIA = f"这是一个音频或视频文件，{_ASK}"
_XML = "这是一个 XML 文件，请用 Word 打开，另存为 .docx 后再上传。"
_UNKNOWN = f"认不出这是什么文件，{_ASK}"

_SIGNATURES = (
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"ID3", _MEDIA),
    (b"OggS", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("Workbook", _SHEET),
    ("Book", _SHEET),
    ("PowerPoint Document", _SLIDES),
    ("VisioDocument", _UNKNOWN),
)
_OPEN_DOCUMENT = (b"application/vnd.oasis.opendocument.text", b"application/vnd.sun.xml.writer")
_WORD_2003 = re.compile(rb"<w:wordDocument\b")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_HEAD = 4096


def kind_of(content: bytes, name: str = "") -> Kind:
    """How ``content`` is to be read. Raises ``Unreadable`` for what is no text of Word's kind, by ``name`` if need be."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    head = content[:_HEAD]
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("文件是空的，请确认上传的是不是年度报告。")
    for signature, sentence in _SIGNATURES:
        if head.startswith(signature):
            raise Unreadable(sentence)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    if head.startswith(_OLE):
        return _kind_of_ole(content)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rt"):
        return Kind.RTF
    if b"%PDF-" in head[:1024]:
        raise Unreadable(_PAGES)
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        raise Unreadable(_PICTURE)
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise Unreadable(_PICTURE if head[8:12] == b"WEBP" else _MEDIA)
    if head[4:8] == b"ftyp":
        raise Unreadable(_MEDIA)
    if _WORD_2003.search(head):
        return Kind.WORD_2003
    if start.startswith(b"<?xml") and not _PAGE.search(head):
        raise Unreadable(_XML)
    if not is_text(content):
        raise Unreadable(f"认不出“{name[:60]}”是什么文件，{_ASK}" if name.strip() else _UNKNOWN)
    return Kind.HTML


def is_text(content: bytes) -> bool:
    """Whether bytes may be text: few control characters, or pairs of bytes as in UTF-16."""
    sample = content[: 64 * 1024]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = sample.count(0)
    if zeros:  # UTF-16 without its mark has them at every other place, in markup and in Latin letters
        return zeros > len(sample) / 5 and max(sample[::2].count(0), sample[1::2].count(0)) > zeros * 0.9
    control = sum(sample.count(each) for each in range(1, 32) if each not in b"\t\n\v\f\r\x1a\x1b")
    return control <= len(sample) / 500


def main_part(package: Package) -> str:
    """The name of a package's document part. Raises ``Unreadable`` where it is a document of another program."""
    names = package.names()
    main = package.related("", "officeDocument") or ("word/document.xml" if "word/document.xml" in package else None)
    if main is not None:
        declared = package.content_type(main).lower()
        if "spreadsheetml" in declared or "ms-excel" in declared:
            raise Unreadable(_SHEET)
        if "presentationml" in declared or "ms-powerpoint" in declared:
            raise Unreadable(_SLIDES)
        return main
    if "ofd.xml" in names:
        raise Unreadable(_OFD)
    if any(name.startswith("xl/") for name in names):
        raise Unreadable(_SHEET)
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable(_SLIDES)
    if any(name.startswith("word/") for name in names) or "[content_types].xml" in names:
        raise Unreadable(BROKEN)
    raise Unreadable(_ARCHIVE if names else EMPTY)


def _kind_of_zip(content: bytes) -> Kind:
    package = Package(content)
    if "mimetype" in package and (package.read("mimetype") or b"").startswith(_OPEN_DOCUMENT):
        return Kind.OPEN_DOCUMENT
    main_part(package)
    return Kind.DOCX


def _kind_of_ole(content: bytes) -> Kind:
    """Word's old binary format, told by the names in the directory of the compound file."""
    if _ole_entry(content, "EncryptedPackage") is not None:
        raise Unreadable(ENCRYPTED)
    entry = _ole_entry(content, "WordDocument")
    if entry is None:
        for name, sentence in _OLE_STREAMS:
            if _ole_entry(content, name) is not None:
                raise Unreadable(sentence)
        # An old file of Works has a stream of another name; LibreOffice may know it.
        return Kind.WORKS
    # The file information block: 0x0A holds the flags, 0x0100 of them is fEncrypted ([MS-DOC] 2.5.2).
    sector = int.from_bytes(content[entry + 0x74 : entry + 0x78], "little")
    shift = min(int.from_bytes(content[30:32], "little"), 12)
    start = (sector + 1) << shift
    block = content[start : start + 12]
    if block[:2] in (b"\xec\xa5", b"\xdc\xa5") and len(block) == 12 and block[11] & 0x01:
        raise Unreadable(ENCRYPTED)
    return Kind.WORD_95 if block[:2] == b"\xdc\xa5" else Kind.DOC


def _ole_entry(content: bytes, name: str) -> int | None:
    """Where the directory entry with this name begins. Entries have 128 bytes; a stream's type is 2 ([MS-CFB] 2.6.1)."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    length = len(wanted).to_bytes(2, "little")
    at = content.find(wanted)
    while at >= 0:
        if at % 128 == 0 and content[at + 64 : at + 67] == length + b"\x02":
            return at
        at = content.find(wanted, at + 1)
    return None

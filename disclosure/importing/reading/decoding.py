"""The bytes of a page or a text → characters, whatever the office's system wrote them in."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from disclosure.importing.errors import Unreadable

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# By the name that Python's codecs have for it, what a page may say of itself. GB 18030 reads all that GB 2312 and GBK
# write, and the characters of names that these have not.
_KNOWN = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "cp950",
    "utf-8": "utf-8",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "ascii": "utf-8",
}
_LIKELY = ["utf_8", "gb18030", "big5", "big5hkscs", "cp950"]
_SAMPLE = 256 * 1024
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def decoded(content: bytes) -> str:
    """The text of ``content``. Raises ``Unreadable`` where no encoding of Chinese fits."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    sample = content[:4096]
    if 0 in sample:
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return content.decode(encoding, "replace")
    # Bytes that are UTF-8 throughout are UTF-8, whatever the page says of itself: pages are saved again and again.
    for encoding in ("utf-8", _declared(content), "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB 18030 has a meaning for nearly all pairs of bytes, and for what is not Chinese at all a private one.
        if len(_PRIVATE.findall(text)) * 100 <= len(text):
            return text
    for encoding in ("utf-8", _declared(content), "gb18030"):  # a few bytes lost on the way are no reason to give up
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") * 500 <= len(text) and len(_PRIVATE.findall(text)) * 100 <= len(text):
            return text
    guess = charset_normalizer.from_bytes(content[:_SAMPLE], cp_isolation=_LIKELY).best()
    if guess is None:
        raise Unreadable("认不出文件中文字的编码，请用 Word 打开，确认文字正常后另存为 .docx 再上传。")
    return content.decode(guess.encoding, "replace")


def _declared(content: bytes) -> str:
    match = _DECLARED.search(content[:8192])
    try:
        return _KNOWN.get(codecs.lookup(match[1].decode("ascii")).name, "utf-8") if match else "utf-8"
    except LookupError:
        return "utf-8"

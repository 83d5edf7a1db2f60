"""What must not become public: personal numbers and addresses, found and masked.

Source: the Personal Information Protection Law, Art. 6 and 25: the office phone is public, the mobile and the personal
mail are for the reviewers alone, and nothing of the kind may slip out through a text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

# Where people hold mailboxes of their own; a mailbox at the school's or an authority's domain is an office's.
PERSONAL_MAIL_DOMAINS = frozenset(
    [
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "vip.126.com",
        "188.com",
        "yeah.net",
        "sina.com",
        "sina.cn",
        "vip.sina.com",
        "sohu.com",
        "vip.sohu.com",
        "139.com",
        "189.cn",
        "wo.cn",
        "aliyun.com",
        "21cn.com",
        "tom.com",
        "263.net",
        "gmail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "live.cn",
        "msn.com",
        "icloud.com",
        "me.com",
        "yahoo.com",
        "yahoo.com.cn",
        "proton.me",
        "protonmail.com",
    ]
)

# What people put between the groups of a number, and what Word and web pages put there unseen.
_SEPARATOR = "[ \xa0\u2000-\u200b\u2010-\u2015\u2060\u3000\ufeff.-]?"
_MOBILE = re.compile(
    rf"(?<![0-9])(?:(?:\+|00)?86{_SEPARATOR})?"
    rf"(?:1[3-9][0-9]{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}"
    rf"|1[3-9][0-9]{{2}}{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{4}}"
    rf"|1[3-9][0-9]{_SEPARATOR}[0-9]{{3}}{_SEPARATOR}[0-9]{{5}})(?![0-9])"
)
_RESIDENT_ID = re.compile(rf"(?<![0-9])[1-9][0-9]{{5}}{_SEPARATOR}[0-9]{{8}}{_SEPARATOR}[0-9]{{3}}[0-9Xx](?![0-9])")
_BANK_CARD = re.compile(r"(?<![0-9])[0-9]{4}(?:[ -]?[0-9]{4}){2,3}(?:[ -]?[0-9]{1,4})?(?![0-9])")
_PARTING_TAG = re.compile(r"</?(?:p|h3|h4|ul|ol|li|tr|t[dh]|br|caption|table)\b")
_WHITESPACE = re.compile(r"[\t\n\r\f]")  # a browser shows each as a space
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"


@dataclass(frozen=True)
class PersonalDatum:
    """One personal number or address in a text: where it stands, what it is, and how it reads masked."""

    start: int
    end: int
    kind: str
    masked: str


def is_personal_mail(address: str) -> bool:
    """Whether a mailbox belongs to a person rather than to an office."""
    return address.rpartition("@")[2].strip().lower() in PERSONAL_MAIL_DOMAINS


def is_mobile(number: str) -> bool:
    """Whether a telephone number, however spaced, is a mobile."""
    return bool(_MOBILE.search(_ascii(number)))


def find(text: str) -> list[PersonalDatum]:
    """The personal data in plain ``text``, in order, without overlap.

    Masks keep of a resident ID the first 6 and last 4 characters, of a mobile 3 and 4, of a card 6 and 4.
    """
    plain = _ascii(text)
    found: list[PersonalDatum] = []
    for start, end, kind, keep in _candidates(plain):
        if all(end <= other.start or start >= other.end for other in found):
            found.append(PersonalDatum(start, end, kind, _mask(text[start:end], *keep)))
    return sorted(found, key=lambda datum: datum.start)


def mask(text: str) -> str:
    """``text`` with every personal datum masked; of the same length."""
    # Again, until nothing is left: one mailbox may have hidden behind another. Each time there are more stars.
    while found := find(text):
        for datum in found:
            text = text[: datum.start] + datum.masked + text[datum.end :]
    return text


def find_in_html(html: str) -> list[PersonalDatum]:
    """The personal data that a reader of cleaned ``html`` would see, also where tags cut a number in two."""
    return find("".join(_readable(_pieces(html))))


def mask_html(html: str) -> str:
    """Cleaned ``html`` with every personal datum masked, also one that tags cut in two or a link points to."""
    pieces = _pieces(html)
    readable = _readable(pieces)
    masked = mask("".join(readable))
    position = 0
    for index, words in enumerate(readable):
        now = masked[position : position + len(words)]
        if now != words:
            # A line break of the source, read as a space, is put back where it is not part of what is masked.
            before = unescape(pieces[index])
            kept = (old if new == read else new for old, read, new in zip(before, words, now, strict=True))
            pieces[index] = escape("".join(kept), quote=False).replace("\xa0", "&nbsp;")
        position += len(words)
    pieces[1::2] = [_mask_link(tag) for tag in pieces[1::2]]
    return "".join(pieces)


def _pieces(html: str) -> list[str]:
    """Text, tag, text, tag … text."""
    return re.split(r"(<[^>]*>)", html)


def _readable(pieces: list[str]) -> list[str]:
    """What a reader sees of each piece: a block's or a cell's end parts two numbers, an inline tag leaves one whole."""
    return [
        ("\n" if _PARTING_TAG.match(piece) else "") if index % 2 else _WHITESPACE.sub(" ", unescape(piece))
        for index, piece in enumerate(pieces)
    ]


def _mask_link(tag: str) -> str:
    """A link to a personal datum loses its target; the anchor and its text stay."""
    href = re.search(r'href="([^"]*)"', tag)
    return "<a>" if href and find(unescape(href[1])) else tag


def _ascii(text: str) -> str:
    """``text`` with full-width digits and signs narrowed, position by position."""
    return "".join(
        narrow if len(narrow := unicodedata.normalize("NFKC", character)) == 1 else character for character in text
    )


def _candidates(text: str) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """The strongest kinds first, so that a card number is not taken for a mobile inside it."""
    for match in _RESIDENT_ID.finditer(text):
        if _valid_resident_id(match[0]):
            yield *match.span(), "身份证号", (6, 4)
    for match in _BANK_CARD.finditer(text):
        if _valid_card(match[0]):
            yield *match.span(), "银行卡号", (6, 4)
    for match in _MAIL.finditer(text):
        if is_personal_mail(match[0]):
            name, _, domain = match[0].rpartition("@")
            yield *match.span(), "个人邮箱", (min(1, len(name) - 1), len(domain) + 1)
    for match in _MOBILE.finditer(text):
        yield *match.span(), "手机号码", (3, 4)


def _valid_resident_id(number: str) -> bool:
    """GB 11643: the last character is a checksum over the first seventeen."""
    characters = [character for character in number if character.isalnum()]
    total = sum(int(digit) * weight for digit, weight in zip(characters[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECK[total % 11] == characters[17].upper()


def _valid_card(number: str) -> bool:
    """Luhn's sum, over the 16 to 19 digits of a bank card."""
    digits = [int(character) for character in number if character.isdigit()]
    if not 16 <= len(digits) <= 19:
        return False
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _mask(text: str, head: int, tail: int) -> str:
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]

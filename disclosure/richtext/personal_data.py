"""What must not become public: personal numbers and addresses, found and masked.

Source: the Personal Information Protection Law, Art. 6 and 25: the office phone is public, the mobile and the personal
mail are for the reviewers alone, and nothing of the kind may slip out through a text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

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
        "aol.com",
        "ymail.com",
        "sina.com.cn",
        "vip.sina.com.cn",
        "88.com",
        "outlook.cn",
        "eyou.com",
        "sogou.com",
        "petalmail.com",
        "googlemail.com",
        "mail.com",
        "yandex.com",
        "yahoo.com",
        "yahoo.com.cn",
        "proton.me",
        "protonmail.com",
    ]
)

# What Word and web pages put into a text unseen: it is passed over wherever it stands.
_UNSEEN = re.compile("[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff]")
# How the end of a line within a paragraph or cell reads; cleaned text holds no such character.
_LINE_END = "\v"
# What people put between the groups of a number: a space, a sign, or a sign between two spaces. Neither a slash nor a
# wave is among them: 「138/1301/3800」 are three counts, 「1500～2000」 is a range. Each gap reads in one way
# only: with two, seventeen digits with a space between each would be tried in as many ways as a day has seconds.
_BETWEEN = "(?: ?[-.·•・_)\u2010-\u2015\u2212] ?| {0,2})"
_BEFORE_MOBILE = rf"(?:\(?(?:\+|00)?86\)?{_BETWEEN}|0)?"
_MOBILE = re.compile(
    rf"(?<![0-9]){_BEFORE_MOBILE}"
    rf"(?:1[3-9][0-9]{_BETWEEN}[0-9]{{4}}{_BETWEEN}[0-9]{{4}}"
    rf"|1[3-9][0-9]{{2}}{_BETWEEN}[0-9]{{3}}{_BETWEEN}[0-9]{{4}}"
    rf"|1[3-9][0-9]{_BETWEEN}[0-9]{{3}}{_BETWEEN}[0-9]{{5}}"
    rf"|1[3-9][0-9]{{5}}[ {_LINE_END}][0-9]{{4}}"
    rf"|1{_BETWEEN}[3-9](?:{_BETWEEN}[0-9]){{9}}(?<=[^0-9][0-9][^0-9][0-9]))"
    # An amount of money may have as many digits.
    r"(?![0-9])(?!\.[0-9]{2}(?![0-9]))(?! ?[万亿]?元)"
)
# Looked for from every digit on: what begins with a year may end with a number of this kind.
_RESIDENT_ID = re.compile(
    rf"(?<![0-9])(?=([1-9](?:(?:{_BETWEEN}|{_LINE_END})[0-9]){{16}}(?:{_BETWEEN}|{_LINE_END})[0-9Xx](?![0-9])))"
)
# The numbers that banks in China issue: UnionPay's, older ones of their own, Visa's and Mastercard's. What else has
# so many digits is a 统一社会信用代码 or the number of a document.
_BANK_CARD = tuple(
    re.compile(
        rf"(?<![0-9])(?=({first}[0-9]{{2}}(?:{_BETWEEN}[0-9]{{4}}){{3}}{rest}"
        rf"|{first}[0-9]{{4}}{_BETWEEN}[0-9]{{10}}{rest.replace(_BETWEEN, '')})(?![0-9]))"
    )
    for first, rest in (
        ("(?:4[0-9]|5[1-5]|35)", ""),
        *(("(?:6[0-9]|95)", f"{_BETWEEN}[0-9]{{{more}}}" if more else "") for more in range(4)),
    )
)
_PARTING_TAG = re.compile(r"</?(?:p|h3|h4|ul|ol|li|tr|t[dh]|caption|table)\b")
_WHITESPACE = re.compile(r"[\t\n\r\f]")  # a browser shows each as a space
# The end of a personal mailbox, also as those write it who hide it from robots; what stands before it is looked for
# backwards, since a long word is no mailbox at each of its letters.
_MAIL_END = re.compile(
    r" ?(?:@|#|\(at\)|\[at\]) ?(?:[a-z0-9-]{1,20}\.){0,2}(?:"
    + "|".join(re.escape(domain).replace(r"\.", r" ?\. ?") for domain in sorted(PERSONAL_MAIL_DOMAINS))
    + r")(?![a-z])(?!\.(?:cn|com|net|org|edu|gov|hk|tw)\b)",
    re.IGNORECASE,
)
_IN_MAILBOX = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-")
_LONGEST_MAILBOX = 64  # RFC 5321, 4.5.3.1.1

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_BIRTHDAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True)
class PersonalDatum:
    """One personal number or address in a text: where it stands, what it is, and how it reads masked."""

    start: int
    end: int
    kind: str
    masked: str


def is_personal_mail(address: str) -> bool:
    """Whether a mailbox belongs to a person rather than to an office."""
    plain, _ = _plain(address)
    return bool(_MAIL_END.search(plain))


def is_mobile(number: str) -> bool:
    """Whether a telephone number, however spaced, is a mobile."""
    plain, _ = _plain(number)
    return bool(_MOBILE.search(plain))


def find(text: str) -> list[PersonalDatum]:
    """The personal data in plain ``text``, in order, without overlap.

    Masks keep of a resident ID the first 6 and last 4 characters, of a mobile 3 and 4, of a card 6 and 4.
    """
    plain, places = _plain(text)
    found: list[PersonalDatum] = []
    taken = bytearray(len(text))
    for first, after, kind, keep in _candidates(plain):
        start, end = places[first], places[after - 1] + 1
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
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


def find_in_address(url: str) -> list[PersonalDatum]:
    """The personal data in a web or mail address, also where its signs are written as ``%40``."""
    return find(unquote(url))


def mask_html(html: str) -> str:
    """Cleaned ``html`` with every personal datum masked, also one that tags cut in two or a link points to."""
    pieces = _pieces(html)
    readable = _readable(pieces)
    masked = mask("".join(readable))
    position = 0
    for index, words in enumerate(readable):
        now = masked[position : position + len(words)]
        # Of a number that goes on in the next line the line break stays.
        if now != words and index % 2 == 0:
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
        _read_tag(piece) if index % 2 else _WHITESPACE.sub(" ", unescape(piece)) for index, piece in enumerate(pieces)
    ]


def _read_tag(tag: str) -> str:
    if tag.startswith("<br"):
        return _LINE_END
    return "\n" if _PARTING_TAG.match(tag) else ""


def _mask_link(tag: str) -> str:
    """A link to a personal datum loses its target; the anchor and its text stay."""
    href = re.search(r'href="([^"]*)"', tag)
    return "<a>" if href and find_in_address(unescape(href[1])) else tag


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """``text`` with its digits and signs as in ASCII and without what nobody sees, and where each of these stood."""
    narrow = text.translate(_NARROW)
    if not _UNSEEN.search(narrow):
        return narrow, range(len(narrow))
    kept = [(place, character) for place, character in enumerate(narrow) if not _UNSEEN.match(character)]
    return "".join(character for _, character in kept), [place for place, _ in kept]


class _Narrow(dict[int, int]):
    """１ → 1, ＠ → @, a space of any breadth → a space; what would become longer stays. Filled as it is asked."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        digit = unicodedata.decimal(character, None)
        narrow = unicodedata.normalize("NFKC", character) if digit is None else str(digit)
        self[code] = ord(narrow) if len(narrow) == 1 else code
        return self[code]


_NARROW = _Narrow()


def _candidates(text: str) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """The strongest kinds first, so that a card number is not taken for a mobile inside it."""
    for match in _RESIDENT_ID.finditer(text):
        if _valid_resident_id(match[1]):
            yield *match.span(1), "身份证号", (6, 4)
    for pattern in _BANK_CARD:
        for match in pattern.finditer(text):
            if _valid_card(match[1]):
                yield *match.span(1), "银行卡号", (6, 4)
    for match in _MAIL_END.finditer(text):
        name = _mailbox_before(text, match.start())
        if name:
            yield match.start() - len(name), match.end(), "个人邮箱", (min(1, len(name) - 1), len(match[0]))
    for match in _MOBILE.finditer(text):
        yield *match.span(), "手机号码", (3, 4)


def _mailbox_before(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < _LONGEST_MAILBOX and text[start - 1] in _IN_MAILBOX:
        start -= 1
    return text[start:end]


def _valid_resident_id(number: str) -> bool:
    """GB 11643: a day of birth from the seventh digit on; the last character is a checksum over the others."""
    characters = [character for character in number if character.isalnum()]
    if not _BIRTHDAY.fullmatch("".join(characters[6:14])):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(characters[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECK[total % 11] == characters[17].upper()


def _valid_card(number: str) -> bool:
    """Luhn's sum."""
    digits = [int(character) for character in number if character.isdigit()]
    doubled = [digit * 2 - 9 if digit > 4 else digit * 2 for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _mask(text: str, head: int, tail: int) -> str:
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]

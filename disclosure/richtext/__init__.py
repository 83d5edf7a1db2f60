"""The closed vocabulary of running text: what may stand in a body or a preamble, and text in and out of it."""

import re
from html import escape, unescape

import nh3

TAGS = frozenset(
    [
        "p",
        "h3",
        "h4",
        "ol",
        "ul",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "em",
        "sub",
        "sup",
        "br",
        "a",
    ]
)
# "*" is named so that nh3's own default there (lang, title) does not apply.
ATTRIBUTES = {"*": set(), "a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = frozenset({"http", "https", "mailto"})

_EMPTY_PARAGRAPH = re.compile(r"<(p|h3|h4)>(?:\s|&nbsp;|<br>|</?(?:strong|em|sub|sup|a)\b[^>]*>)*</\1>")
_CELL = re.compile(r'<t[hd](?: (?:colspan|rowspan)="[^"]*")+>')
_SPAN = re.compile(r' (?:colspan|rowspan)="(?!(?:[2-9]|[1-9][0-9])")[^"]*"')
_BLOCK_END = re.compile(r"</(?:p|h3|h4|li|tr|caption|table)>|<br>")
_CELL_END = re.compile(r"</t[hd]>")
_TAG = re.compile(r"</?[a-z][^>]*>")
# Where a line ends though nothing closes: an item's words before the list in it, words between blocks. First such words,
# with what marks them, and then, where there is one, the tag that ends their line.
_UNCLOSED = re.compile(
    r"(?<![^>])((?:[^<]++|</?(?:strong|em|sub|sup|a)\b[^>]*>)++)"
    r"(<(?:p|h3|h4|ul|ol|li|table|caption|thead|tbody|tr|t[dh])\b[^>]*>|</(?:ul|ol|thead|tbody)>)?"
)
# XML 1.0, which the PDF's metadata and the Word file are made of, knows no control characters but tab and newlines,
# and no half of a surrogate pair. The signs that turn the direction of writing can make a number read backwards.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# How deep text may be nested. Nobody writes a list in a list in a list a dozen times; what sets the PDF gives up at a
# hundred elements. What is sent may be nested deeper by elements that go; at many thousands it would take minutes to read.
DEEPEST = 24
_DEEPEST_SENT = 500
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)[^<>]*>")
# Elements that HTML lets stand without an end, or that have none.
_ENDED = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "br", "hr", "img", "col", "input"]
)

_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
    clean_content_tags={"script", "style"},
    strip_comments=True,
)


def clean(html: str) -> str:
    """Reduce ``html`` to the vocabulary of the interchange form; the text of what is cleaned away stays.

    Idempotent. Empty paragraphs, which editors and Word leave behind, go; a text without any word becomes "". Of what
    is nested deeper than ``DEEPEST`` the words alone stay, as paragraphs.
    「公布<高等学校信息公开事项清单>的通知」 is text and survives, escaped.
    """
    html = _CONTROL.sub("", html)
    cleaned = _parse(html if _depth(html, _ENDED) <= _DEEPEST_SENT else _words(html))
    if _depth(cleaned, frozenset()) > DEEPEST:
        cleaned = _parse(_words(cleaned))
    # Within the tag of a cell only: the same words may stand in the text.
    cleaned = _CELL.sub(lambda cell: _SPAN.sub("", cell[0]), cleaned)
    emptied = None
    while emptied != cleaned:  # a paragraph that held nothing but an empty one is empty now
        emptied, cleaned = cleaned, _EMPTY_PARAGRAPH.sub("", cleaned).strip()
    return cleaned if to_text(cleaned).strip() else ""


def _parse(html: str) -> str:
    """``html`` in the vocabulary, as a browser would read it again."""
    parsed = _cleaner.clean(html)
    # A heading in a div in a heading is a heading in a heading once the div is gone, which no parser lets stand.
    while (again := _cleaner.clean(parsed)) != parsed:
        parsed = again
    return parsed


def _depth(html: str, ended: frozenset[str]) -> int:
    """How many elements deep ``html`` is nested at most; those of ``ended`` are not counted."""
    depth = deepest = 0
    for tag in _ANY_TAG.finditer(html):
        if tag[2].lower() not in ended:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _words(html: str) -> str:
    """The words of ``html`` as paragraphs, without any other markup."""
    return "".join(f"<p>{line}</p>" for line in _ANY_TAG.sub("\n", html).splitlines() if line.strip())


def to_text(html: str) -> str:
    """The words of cleaned ``html``: one line a block, cells parted by a tab, entities resolved."""
    lines = _CELL_END.sub("\t", _BLOCK_END.sub("\n", _UNCLOSED.sub(_closed, html)))
    return unescape(_TAG.sub("", lines))


def _closed(found: re.Match[str]) -> str:
    words, tag = found.groups()
    return f"{words}\n{tag}" if tag and unescape(_TAG.sub("", words)).strip() else found[0]


def from_text(text: str) -> str:
    """Running text as paragraphs of the vocabulary, one for each line that holds a word."""
    escaped = (escape(line.strip(), quote=False) for line in text.splitlines() if line.strip())
    return "".join(f"<p>{line}</p>" for line in escaped)

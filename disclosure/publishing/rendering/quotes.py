"""Chinese quotation marks: where a line may end beside them."""

import re
from xml.etree.ElementTree import Element

ZERO_WIDTH_SPACE = "\u200b"

_CHINESE = "\u3001-\u303f\u3400-\u9fff\uff01-\uff60"
_OPENING = "（《〈「『【〔“‘"
# Before an opening mark and after a closing one, unless another sign holds on to it.
_PLACES = re.compile(
    rf"(?<=[{_CHINESE}])(?<![{_OPENING}])(?=[“‘])|(?<=[”’])(?=[\u3400-\u9fff{_OPENING}])",
)
_BLOCKS = ("p", "li", "td", "th")


def allow_breaks_at_quotes(root: Element) -> None:
    """Put a zero-width space beside the quotation marks of running text under ``root``, in place.

    “ and ” are the same characters in Chinese and in English, so Unicode's line breaking (UAX 14, class QU) allows no
    line to end beside them: 「、“通知公告”、“党建工作”栏目」 hangs together, and the line before it stays short. In
    Chinese a line may end before “ and after ”. Headings are left alone: their words go into the outline too.
    """
    for block in root.iter():
        if block.tag in _BLOCKS:
            for inner in block.iter():
                inner.text = _allow(inner.text)
                if inner is not block:
                    inner.tail = _allow(inner.tail)


def _allow(text: str | None) -> str | None:
    return text and _PLACES.sub(ZERO_WIDTH_SPACE, text)

"""The level of a heading, told by its number: the school's own numbers decide which face a heading is set in.

GB/T 9704-2012: 一、 in 黑体, （一） in 楷体, 1. and （1） in 仿宋. Where a school numbers one of the seven sections
（二）, its heading is of the second level, whatever element it is.
"""

import re
from xml.etree.ElementTree import Element

_NUMERAL = "[〇一二三四五六七八九十]+"
_LEVELS = (
    (re.compile(rf"\s*{_NUMERAL}\s*[、.．]"), "is-first-level"),
    (re.compile(rf"\s*[（(]\s*{_NUMERAL}\s*[)）]"), "is-second-level"),
    (re.compile(r"\s*[（(]?\s*[0-9０-９]+"), "is-third-level"),
)


def mark_levels(root: Element) -> None:
    """Give each h2, h3 and h4 under ``root`` that begins with a number the class of its level, in place."""
    for heading in root.iter():
        if heading.tag in ("h2", "h3", "h4"):
            text = "".join(heading.itertext())
            level = next((name for pattern, name in _LEVELS if pattern.match(text)), None)
            if level:
                heading.set("class", f"{heading.get('class', '')} {level}".strip())

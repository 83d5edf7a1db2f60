"""The markup in which contents are written, and the figures that stand in it.

    # overview: 信息公开工作概述       a heading of the first level; before the colon its section, or none ("-")
    #> proactive: 主动公开情况         a section's heading one level down, under a heading that holds several
    ## 加强组织领导                    a heading within a section; ``## 标题 || 正文`` is run in
    ### 招生信息                       one level deeper
    - 一项                             an item of a list
    | 渠道 | 数量 |                    a row of a table: ``^`` goes with the cell above, ``<`` with the one on its left
    anything else                      a paragraph

A figure stands in braces where the text says it: ``{website=1286}``; ``{wechat~2000|近2000}`` is approximate and written
so; ``{received=0|}`` is said by the words around it; ``{reports}`` is drawn by whoever fills the stock in. ``{?key=5}``
may be proposed but need not; ``{i.received=5}`` is by_applicant.individual's (c: campus, o: organisation); ``{#}``
is a drawn number that is no figure. ``{rule=《…》}`` names a rule.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from disclosure.report.enums import ChannelKind

CHANNELS = frozenset(ChannelKind.values)
SECTION_OF = {
    "overview": ("training_sessions", "training_departments", "training_staff", "liaison_staff", "rule"),
    "proactive": ("total", "items_listed", "items_not_applicable", *sorted(CHANNELS)),
    "on_request": (
        *("received", "carried_in", "granted", "partly_granted", "refused", "unavailable", "not_processed"),
        *("other_outcome", "carried_out", "refused_by", "by_applicant"),
        *("fees_charged", "fees_waived", "longest_days", "mean_days", "late_answers"),
    ),
    "evaluation": ("responses", "satisfaction_percent", "method"),
    "complaints": (
        *("reports", "reports_upheld", "reports_closed", "reconsiderations", "lawsuits"),
        *("reconsiderations_by", "lawsuits_by"),
    ),
}
_SHORT = {"c": "by_applicant.campus", "i": "by_applicant.individual", "o": "by_applicant.organisation"}
_SECTION = {key: section for section, keys in SECTION_OF.items() for key in keys}
_MARK = re.compile(r"\{(?P<may>\??)(?P<key>#|[a-z_.]+)(?:(?P<sign>[=~])(?P<value>[^|}]+)(?:\|(?P<words>[^}]*))?)?\}")


@dataclass(frozen=True)
class Fact:
    """A figure that a careful clerk would take (``must``), or may take without being wrong."""

    section: str
    key: str
    value: int | float | str
    approximate: bool = False
    must: bool = True
    sentence: str = field(default="", compare=False)


@dataclass
class Node:
    """One line of the contents: its kind (h1, h2, h3, p, li, table), its words, and where it belongs."""

    kind: str
    text: str = ""
    section: str | None = None
    run_in: str = ""
    deeper: bool = False  # a section's heading under a heading that holds several
    rows: list[list[str]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def fact(key: str, value: str, *, approximate: bool = False, must: bool = True) -> Fact:
    """The fact that a mark names: ``website`` → an entry of channels, ``received`` → that key."""
    first, dot, rest = key.partition(".")
    key = _SHORT.get(first, first) + dot + rest
    section = _SECTION[key.split(".")[0]]
    if key in ("rule", "method"):
        return Fact(section, key, value, must=must)
    number = float(value.replace(",", ""))
    return Fact(section, key, int(number) if number == int(number) else number, approximate, must)


class Numbers:
    """Draws the figures of the stock and writes them in one of the ways in which clerks write numbers."""

    RANGES = {
        "website": (120, 4800),
        "disclosure_column": (30, 900),
        "wechat": (60, 2600),
        "weibo": (40, 1500),
        "video": (20, 420),
        "intranet": (150, 3900),
        "board": (20, 480),
        "periodical": (4, 60),
        "minutes": (8, 70),
        "document": (40, 420),
        "press": (1, 12),
        "hotline": (15, 600),
        "total": (900, 9800),
        "training_sessions": (1, 9),
        "training_departments": (12, 48),
        "training_staff": (40, 460),
        "liaison_staff": (14, 66),
        "items_listed": (50, 50),
        "items_not_applicable": (2, 9),
        "received": (1, 24),
        "reports": (1, 6),
        "responses": (120, 2400),
        "satisfaction_percent": (82, 99),
        "#": (3, 9600),
    }
    WAYS = ("plain", "grouped", "full", "chinese", "approximate", "mixed")

    def __init__(self, seed: int, way: str = "plain") -> None:
        self._random = random.Random(seed)
        self._way = way

    def draw(self, key: str, may: bool) -> tuple[str, Fact | None]:
        low, high = self.RANGES.get(key, (1, 20))
        number = self._random.randint(low, high)
        way = self._random.choice(self.WAYS[:-1]) if self._way == "mixed" else self._way
        if key == "#":
            return self._write(number, "plain" if way == "approximate" else way), None
        if key == "satisfaction_percent":
            if way == "chinese":
                return "百分之" + chinese(number), fact(key, str(number), must=not may)
            return f"{number}%", fact(key, str(number), must=not may)
        approximate = way == "approximate" and key in CHANNELS | {"total"} and number >= 100
        if approximate:
            number = max(100, round(number, -2))
            words = self._random.choice(("近{}", "约{}", "{}余", "{}多")).format(number)
            return words, fact(key, str(number), approximate=True, must=not may)
        return self._write(number, way), fact(key, str(number), must=not may)

    def _write(self, number: int, way: str) -> str:
        if way == "grouped":
            return f"{number:,}"
        if way == "full":
            return str(number).translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
        if way == "chinese":
            return chinese(number)
        return str(number)


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese: 930 → 九百三十, 1006 → 一千零六, 12 → 十二."""
    digits, written, gap = "零一二三四五六七八九", "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + name
        gap = not digit
    return (written.removeprefix("一") if 10 <= number < 20 else written) or "零"


def resolve(text: str, numbers: Numbers) -> tuple[str, list[Fact]]:
    """The words of ``text`` without its marks, and the facts that they named."""
    facts = []

    def words(mark: re.Match[str]) -> str:
        key, may = mark["key"], bool(mark["may"])
        if mark["sign"] is None:
            written, drawn = numbers.draw(key, may)
            if drawn:
                facts.append(drawn)
            return written
        # A rule named in passing may be one of this year or not: nobody is asked to tell.
        must = not may and key != "rule"
        facts.append(fact(key, mark["value"], approximate=mark["sign"] == "~", must=must))
        return mark["value"] if mark["words"] is None else mark["words"]

    written = _MARK.sub(words, text)
    return written, [replace(said, sentence=written) for said in facts]


def parse(text: str, numbers: Numbers) -> Iterator[Node]:
    """The nodes of contents written in the markup, in order; a table's rows are one node."""
    section: str | None = None
    rows: list[str] = []

    def table() -> Iterator[Node]:
        if rows:
            node = Node("table", section=section)
            for row in rows:
                cells = []
                for cell in row.strip().strip("|").split(" | "):
                    words, facts = resolve(cell.strip(), numbers)
                    cells.append(words)
                    node.facts += facts
                node.rows.append(cells)
            rows.clear()
            yield node

    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("|"):
            rows.append(line)
            continue
        yield from table()
        if match := re.match(r"#(>?) ([a-z_+]+|-): (.*)", line):
            section = None if match[2] == "-" else match[2]
            yield Node("h1", match[3], section, deeper=bool(match[1]))
            continue
        kind, _, words = line.partition(" ")
        kind = {"##": "h2", "###": "h3", "-": "li"}.get(kind, "p")
        words, facts = resolve(line if kind == "p" else words, numbers)
        words, _, run_in = words.partition(" || ")
        yield Node(kind, words, section, run_in, facts=facts)
    yield from table()

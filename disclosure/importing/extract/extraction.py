"""A figure on its way to being proposed, and what says 「none」 in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from disclosure.importing.extract.passages import Count, Passage, shown
from disclosure.importing.proposal import ProposedFigure
from disclosure.report.document import LARGEST_COUNT
from disclosure.report.enums import SectionKey

# 未收到, 没有收到, 无, 从未发生; not the 未 of 未来 and 未成年, the 无 of 无论 and 无偿.
NONE = re.compile(
    r"未(?!来|成年|能|经|必|按|及时|涉及|列入|央|知)|没有|没(?=收|发|接|出)"
    r"|(?<!有)无(?!论|偿|障|缝|线|私|形|锡|法提供|正当|关|故|条件|需|须|误)"
    r"|零(?=申请|投诉|举报|诉讼|复议|报告)|(?<!是否)不存在(?!的)"
)
ZERO = re.compile(
    r"(?:数量?|件数|情况|总数|均|都|全|皆|信息|事项)?(?:为|是|：|:|均为|都是)?"
    r"(?:零(?!距|报告|售)|＃(?:件|份|项|例|起|次|条|宗)?|无)(?=$|[，,。；;！、）)])"
)


_MOST_DENIALS = 12  # in one clause; nobody writes more
_REACH = 80  # characters behind a 「none」 that it may be about


def denials(words: str) -> list[tuple[str, str]]:
    """The words of ``words`` that say 「none」, each with what stands behind it."""
    return [(none[0], words[none.end() : none.end() + _REACH]) for none in islice(NONE.finditer(words), _MOST_DENIALS)]


@dataclass(frozen=True)
class Found:
    """One figure, and where in its passage it was read."""

    passage: Passage
    section: SectionKey
    key: str
    value: Any
    approximate: bool = False
    position: int = 0

    def proposed(self) -> ProposedFigure:
        return ProposedFigure(
            section=self.section,
            key=self.key,
            value=self.value,
            sentence=shown(self.passage.sentence, self.position),
            block=self.passage.block,
            approximate=self.approximate,
        )


def count_found(passage: Passage, section: SectionKey, key: str, count: Count) -> Found | None:
    """The whole number of ``count`` as the figure ``key``; None where it is no such number."""
    value = count.value
    if value is None or value > LARGEST_COUNT:
        return None
    return Found(passage, section, key, value, count.number.approximate, count.number.start)


def decimal_found(passage: Passage, section: SectionKey, key: str, value: Decimal, count: Count) -> Found:
    """A decimal figure as a JSON number."""
    plain = int(value) if value == value.to_integral_value() else float(value)
    return Found(passage, section, key, plain, count.number.approximate, count.number.start)

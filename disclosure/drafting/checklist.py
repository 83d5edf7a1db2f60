"""The findings as the page before handing in lists them: by what is to be done with them, then by part."""

from dataclasses import dataclass

from disclosure.findings.presentation import Shown
from disclosure.report.sections import SECTIONS, Section

# A table of numbers pasted where it does not belong makes hundreds of findings in a part.
LISTED = 30


@dataclass(frozen=True)
class Group:
    """Findings that stand alike: ``name`` is the anchor, ``lead`` what to do with them."""

    name: str
    title: str
    lead: str
    parts: list[tuple[Section, list[Shown]]]
    count: int
    keeps_back: bool

    def listed(self) -> list[tuple[Section, list[Shown], list[Shown]]]:
        """By part: the findings with what can be done about them, and, beyond ``LISTED``, the others as links."""
        return [(section, found[:LISTED], found[LISTED:]) for section, found in self.parts]


def groups(shown: list[Shown], beside_text: bool) -> list[Group]:
    """The findings as the page lists them, what keeps the report back first.

    What was explained or waived stands beside the text where a leader reads that (``beside_text``).
    """
    kinds = [
        ("errors", "须改正", "改正之后才能提交。", lambda one: one.blocks and not one.is_asked, True),
        (
            "warnings",
            "请核对",
            "不一定有错：改正，或者写明不改的理由，之后才能提交。",
            lambda one: one.wants_answer,
            True,
        ),
        ("asked", "已申请豁免", "审核人同意之后，不改也能提交；也可以现在就改正。", lambda one: one.is_asked, True),
        (
            "told",
            "已说明理由",
            "审核人会连同报告一起看到这些理由。",
            lambda one: not one.finding.blocks and one.answer,
            False,
        ),
        ("waived", "已豁免", "审核人同意这些地方不改。", lambda one: one.is_waived, False),
    ]
    return [
        Group(name, title, lead, by_part(found), len(found), keeps_back)
        for name, title, lead, belongs, keeps_back in kinds
        if (keeps_back or not beside_text) and (found := [one for one in shown if belongs(one.judged)])
    ]


def by_part(shown: list[Shown], all_parts: bool = False) -> list[tuple[Section, list[Shown]]]:
    """The findings by the part they are on, in report order; ``all_parts``: also parts without any."""
    grouped = [
        (section, [one for one in shown if one.judged.finding.section == key]) for key, section in SECTIONS.items()
    ]
    return [(section, found) for section, found in grouped if found or all_parts]

"""What an import proposes: each block of the source with the place it belongs to, and the figures and contacts found.

The second step's result. The author confirms it, or moves blocks; ``assemble`` makes of it what would be written.
"""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices

from disclosure.report.document import Contact, Period
from disclosure.report.enums import SectionKey
from disclosure.report.values import Value


class BlockRole(TextChoices):
    """What a block is within its place."""

    TEXT = "text", "正文"
    HEADING = "heading", "本部分标题"
    TITLE = "title", "报告标题"
    ADDRESSEE = "addressee", "主送机关"
    PREAMBLE = "preamble", "引言"
    ORGANISATION = "organisation", "落款单位"
    DATE = "date", "落款日期"
    FIGURES = "figures", "数据表"
    CONTACTS = "contacts", "联系方式表"
    LEFT_OUT = "left_out", "不导入"


class ProposedBlock(Value):
    """One block of the source with the place that is proposed for it.

    ``html`` is the block in the vocabulary of running text (p, h3, h4, ul, ol, table …), ``place`` the part it goes to,
    None where it is left out: a letterhead, the note of the annex, a heading that only holds others. ``reason`` says in
    Chinese why it is proposed so; ``is_certain`` is False where the author should look. ``moved`` is set when a person
    has put it elsewhere, ``is_ours`` in a file that this portal wrote, whose words are taken as they stand.
    """

    html: str
    text: str
    role: BlockRole
    place: SectionKey | None = None
    reason: str = ""
    is_certain: bool = True
    moved: bool = False
    is_ours: bool = False


# Figures of which a section has a list.
LISTS = frozenset({"channels", "rules", "methods"})


class ProposedFigure(Value):
    """A figure found in the text or in a table.

    ``key`` is its path within the section's figures in the interchange form (``received``, ``refused_by.privacy``,
    ``by_applicant.campus.received``); of one of ``LISTS`` ``value`` is an entry. ``value``
    is a JSON value of that form. ``sentence`` is the passage it was read from, ``block`` the index of its block.
    ``approximate``: the text says 近, 余, 约 or the like.
    """

    section: SectionKey
    key: str
    value: Any
    sentence: str
    block: int
    approximate: bool = False


class ProposedPeriod(Value):
    """The period as the text states it; ``is_assumed`` where only the school year of the title speaks for it."""

    period: Period
    sentence: str = ""
    is_assumed: bool = False


class Proposal(Value):
    """All that is proposed for a report. ``year`` is the year in which the report is due, None where nothing tells."""

    blocks: tuple[ProposedBlock, ...] = ()
    year: int | None = None
    label: str = ""
    school: str = ""
    period: ProposedPeriod | None = None
    figures: tuple[ProposedFigure, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notices: tuple[str, ...] = ()

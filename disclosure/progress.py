"""How far a report has come: the state of each part, from what the checks say."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import TextChoices

from disclosure.document import Document
from disclosure.enums import SectionKey, Status
from disclosure.frozen import judgement_shown
from disclosure.judging import Judged, Judgement
from disclosure.permissions import editable_sections
from disclosure.sections import SECTIONS, Section


class PartState(TextChoices):
    """How one part stands."""

    EMPTY = "empty", "未填写"
    CARRIED = "carried", "沿用上年，待更新"
    INCOMPLETE = "incomplete", "待完善"
    COMPLETE = "complete", "已填好"


TONES = {
    PartState.EMPTY: "neutral",
    PartState.CARRIED: "attention",
    PartState.INCOMPLETE: "attention",
    PartState.COMPLETE: "done",
}


@dataclass(frozen=True)
class PartProgress:
    """One part with its state and what the checks found in it.

    ``remarks_open`` counts what the reviewer asked of it on returning the report and nobody has answered yet.
    """

    section: Section
    state: PartState
    findings: tuple[Judged, ...]
    is_editable: bool
    remarks_open: int = 0

    @property
    def errors(self) -> int:
        return sum(one.blocks for one in self.findings)

    @property
    def unanswered(self) -> int:
        return sum(one.wants_answer for one in self.findings)

    @property
    def asks_for_reasons(self) -> bool:
        """Whether nothing is wrong for certain, and something is to be mended or explained."""
        return self.state == PartState.COMPLETE and self.unanswered > 0

    @property
    def label(self) -> str:
        if self.remarks_open:
            return "待修改"
        if self.state == PartState.INCOMPLETE:
            return f"须改正 {self.errors} 处"
        if self.asks_for_reasons:
            return f"请核对 {self.unanswered} 处"
        return self.state.label

    @property
    def short_label(self) -> str:
        """The label as it fits a side list."""
        is_carried = self.state == PartState.CARRIED and not self.remarks_open
        return "待更新" if is_carried else self.label

    @property
    def tone(self) -> str:
        return "attention" if self.remarks_open or self.asks_for_reasons else TONES[self.state]


@dataclass(frozen=True)
class Progress:
    """All parts of a report, in order, with what they were judged by."""

    parts: tuple[PartProgress, ...]
    judgement: Judgement

    @property
    def document(self) -> Document:
        return self.judgement.document

    @property
    def done(self) -> int:
        return sum(part.state == PartState.COMPLETE for part in self.parts)

    def of(self, key: SectionKey) -> PartProgress:
        return next(part for part in self.parts if part.section.key == key)


def progress_of(report) -> Progress:
    """Every part of ``report`` (loaded by ``assembling.complete``) by what the checks found."""
    judgement = judgement_shown(report)
    editable = editable_sections(report)
    asked = _open_remarks(report)
    parts = []
    for key, section in SECTIONS.items():
        own = judgement.of(key)
        parts.append(PartProgress(section, _state(section.of(report), own), own, key in editable, asked[key]))
    return Progress(tuple(parts), judgement)


def _open_remarks(report) -> Counter:
    """How many remarks of the return the school is working on wait for an answer, by part."""
    returned = report.open_return() if report.status == Status.RETURNED else None
    if returned is None:
        return Counter()
    return Counter(returned.remarks.filter(settled_at__isnull=True).values_list("section", flat=True))


def _state(part, findings) -> PartState:
    if part.carried_from:
        return PartState.CARRIED
    if any(one.blocks for one in findings):
        return PartState.INCOMPLETE if part.version else PartState.EMPTY
    return PartState.COMPLETE

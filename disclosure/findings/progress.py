"""How far a report has come: the state of each part, from what the checks say."""

from dataclasses import dataclass

from django.db.models import TextChoices

from disclosure.evaluation import Judged, Judgement
from disclosure.evaluation.frozen import judgement_shown
from disclosure.models import Remark
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Status
from disclosure.report.sections import SECTIONS, Section
from disclosure.workflow.permissions import editable_sections


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

    ``remarks`` are those of the open return on it that nobody has answered yet.
    """

    section: Section
    state: PartState
    findings: tuple[Judged, ...]
    is_editable: bool
    remarks: tuple[Remark, ...] = ()

    @property
    def errors(self) -> int:
        return sum(one.blocks for one in self.findings)

    @property
    def unanswered(self) -> int:
        return sum(one.wants_answer for one in self.findings)

    @property
    def is_open(self) -> bool:
        """Whether something on it keeps the report from being handed in."""
        return bool(self.errors or self.unanswered or self.remarks)

    @property
    def asks_for_reasons(self) -> bool:
        """Whether nothing is wrong for certain, and something is to be mended or explained."""
        return self.state == PartState.COMPLETE and self.unanswered > 0

    @property
    def label(self) -> str:
        if self.remarks:
            return "待修改"
        if self.state == PartState.INCOMPLETE:
            return f"须改正 {self.errors} 处"
        if self.asks_for_reasons:
            return f"请核对 {self.unanswered} 处"
        return self.state.label

    @property
    def short_label(self) -> str:
        """The label as it fits a side list."""
        is_carried = self.state == PartState.CARRIED and not self.remarks
        return "待更新" if is_carried else self.label

    @property
    def tone(self) -> str:
        return "attention" if self.remarks or self.asks_for_reasons else TONES[self.state]


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
        """How many parts need nothing more before the report can be handed in."""
        return sum(not part.is_open for part in self.parts)

    @property
    def remarks(self) -> list[Remark]:
        """The reviewer's remarks that nobody has answered yet, in report order."""
        return [remark for part in self.parts for remark in part.remarks]

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps the report from being handed in: what ``workflow`` refuses, said before."""
        return not self.judgement.open and not self.remarks

    def of(self, key: SectionKey) -> PartProgress:
        return next(part for part in self.parts if part.section.key == key)


def progress_of(report) -> Progress:
    """Every part of ``report`` (loaded by ``assembly.complete``) by what the checks found."""
    judgement = judgement_shown(report)
    editable = editable_sections(report)
    remarks = report.open_remarks() if report.status == Status.RETURNED else []
    parts = []
    for key, section in SECTIONS.items():
        own = judgement.of(key)
        asked = tuple(remark for remark in remarks if remark.section == key)
        parts.append(PartProgress(section, _state(section.of(report), own), own, key in editable, asked))
    return Progress(tuple(parts), judgement)


def _state(part, findings) -> PartState:
    if part.carried_from:
        return PartState.CARRIED
    if any(one.blocks for one in findings):
        return PartState.INCOMPLETE if part.version else PartState.EMPTY
    return PartState.COMPLETE

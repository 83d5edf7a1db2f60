"""How far a report has come: the state of each part, from what the checks say."""

from dataclasses import dataclass

from django.db.models import TextChoices

from disclosure import checks
from disclosure.assembling import assemble
from disclosure.enums import SectionKey
from disclosure.permissions import editable_sections
from disclosure.sections import SECTIONS, Section
from disclosure.workflow import check_context


class PartState(TextChoices):
    """How one part stands."""

    EMPTY = "empty", "未填写"
    INCOMPLETE = "incomplete", "待完善"
    COMPLETE = "complete", "已填好"


TONES = {PartState.EMPTY: "neutral", PartState.INCOMPLETE: "attention", PartState.COMPLETE: "done"}


@dataclass(frozen=True)
class PartProgress:
    """One part with its state and what the checks found in it."""

    section: Section
    state: PartState
    findings: tuple[checks.Finding, ...]
    is_editable: bool

    @property
    def errors(self) -> int:
        return sum(finding.blocks for finding in self.findings)

    @property
    def label(self) -> str:
        if self.state == PartState.INCOMPLETE:
            return f"还差 {self.errors} 处"
        return self.state.label

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True)
class Progress:
    """All parts of a report, in order, with the document they were judged by."""

    parts: tuple[PartProgress, ...]
    document: object

    @property
    def findings(self) -> list[checks.Finding]:
        return [finding for part in self.parts for finding in part.findings]

    @property
    def errors(self) -> list[checks.Finding]:
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self) -> list[checks.Finding]:
        return [finding for finding in self.findings if not finding.blocks]

    @property
    def done(self) -> int:
        return sum(part.state == PartState.COMPLETE for part in self.parts)

    def of(self, key: SectionKey) -> PartProgress:
        return next(part for part in self.parts if part.section.key == key)


def progress_of(report) -> Progress:
    """Judge every part of ``report`` (loaded by ``assembling.complete``) by the checks."""
    document = assemble(report)
    findings = checks.run(document, check_context(report))
    editable = editable_sections(report)
    parts = []
    for key, section in SECTIONS.items():
        own = tuple(finding for finding in findings if finding.section == key)
        parts.append(PartProgress(section, _state(section.of(report), own), own, key in editable))
    return Progress(tuple(parts), document)


def _state(part, findings) -> PartState:
    if any(finding.blocks for finding in findings):
        return PartState.INCOMPLETE if part.version else PartState.EMPTY
    return PartState.COMPLETE

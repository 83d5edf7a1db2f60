"""What a check is: one rule, one function, with its why. Pure: a document in, findings out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from disclosure.document import Document
from disclosure.enums import SectionKey, Severity


@dataclass(frozen=True)
class Context:
    """What a rule may know besides the document.

    ``unparsed`` holds, by part and field name, the words typed where a number or a date belongs; ``period`` is the
    campaign's own; ``today`` decides what lies in the future. ``carried`` holds, by part, the year of the report whose text
    was taken over and has been neither changed nor confirmed since.
    """

    backfilled: bool = False
    unparsed: dict[SectionKey, dict[str, str]] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    today: date | None = None
    carried: dict[SectionKey, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What a rule finds: where (part, and field name or "") and the sentence that says what is wrong and what to do."""

    section: SectionKey
    sentence: str
    field: str = ""


@dataclass(frozen=True)
class Finding:
    """A problem with its rule and its weight."""

    rule: str
    severity: Severity
    section: SectionKey
    sentence: str
    field: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.ERROR


@dataclass(frozen=True)
class Rule:
    """A check in the registry.

    ``holds_for_backfill`` is False for what a report of a past year may lack: it was accepted as it is, and says
    「本报告未包含此部分」 instead.
    """

    name: str
    severity: Severity
    find: Callable[[Document, Context], Iterable[Problem]]
    holds_for_backfill: bool


RULES: list[Rule] = []


def rule(severity: Severity, holds_for_backfill: bool = True):
    """Register a check. Its name is the function's; its docstring begins with WHY."""

    def register(find):
        RULES.append(Rule(find.__name__, severity, find, holds_for_backfill))
        return find

    return register


def run(document: Document, context: Context | None = None) -> list[Finding]:
    """All findings on ``document``, in report order, errors before warnings within a part."""
    context = context or Context()
    findings = [
        Finding(one.name, one.severity, problem.section, problem.sentence, problem.field)
        for one in RULES
        if one.holds_for_backfill or not context.backfilled
        for problem in one.find(document, context)
    ]
    order = list(SectionKey)
    return sorted(findings, key=lambda finding: (order.index(finding.section), not finding.blocks))

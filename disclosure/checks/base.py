"""What a check is: one rule, one function, with its why. Pure: a document in, findings out."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from disclosure.checks.slips import SLIPS, Slip
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity


@dataclass(frozen=True)
class Published:
    """A public report of another school that may share passages with the one that is checked.

    ``address`` is its public address; ``texts`` are its running texts by part, as ``richtext.to_text`` gives them.
    ``uncounted`` are sentences of the report that is checked, word for word, that do not count as copied from this one:
    many schools have them, or the school that is checked had them in public first.
    """

    school: str
    year: int
    address: str
    texts: Mapping[SectionKey, str]
    uncounted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Context:
    """What a rule may know besides the document. Whoever calls fetches it; the rules fetch nothing.

    ``unparsed`` holds, by part and field name, the words typed where a number or a date belongs; ``period`` is the
    campaign's own; ``today`` decides what lies in the future. ``carried`` holds, by part, the year of the report whose
    text was taken over and has been neither changed nor confirmed since. ``previous`` is the school's report of the
    year before, ``schools`` are the names of all schools (the own one may be among them), ``slips`` the typing slips to
    look for, ``published`` the public reports of other schools that share passages with this one. ``severities`` are
    a province's own, by the name of the rule.
    """

    backfilled: bool = False
    unparsed: dict[SectionKey, dict[str, str]] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    today: date | None = None
    carried: dict[SectionKey, int] = field(default_factory=dict)
    previous: Document | None = None
    schools: frozenset[str] = frozenset()
    slips: Sequence[Slip] = SLIPS
    published: Sequence[Published] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True)
class Passage:
    """Words of a field, and where they stand.

    ``start`` and ``end`` count characters in the text of the field: ``richtext.to_text`` of running text, a line as it
    is. ``texts.places`` says where that is for an editor.
    """

    section: SectionKey
    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Elsewhere:
    """Words of another school's public report, which a passage is compared with."""

    school: str
    year: int
    address: str
    section: SectionKey
    text: str


@dataclass(frozen=True)
class Edit:
    """``old``, which stands from ``start`` to ``end`` in the text of the field, becomes ``new``."""

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True)
class Fix:
    """What may be done with one click: the words on the button, and the edits, all in the finding's own field.

    Data, not code: it can be shown, sent and applied (``fixes``), and is refused where the text has changed since.
    """

    label: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Problem:
    """What a rule finds: where (part, and field name or "") and the sentence that says what is wrong and what to do.

    ``passages`` are the words it is about, in the same field; ``beside`` those of the same report that they are
    compared with (another section, another paragraph), ``elsewhere`` those of other reports, one a passage.
    ``is_measured`` says that the sentence tells how much there is of something, which changes with every edit beside it,
    so that the passages alone say which problem it is. ``share`` is, of a text that was copied, how much of the part's
    own words it is, from 0 to 1; 0 of everything else.
    """

    section: SectionKey
    sentence: str
    field: str = ""
    passages: tuple[Passage, ...] = ()
    beside: tuple[Passage, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    fix: Fix | None = None
    is_measured: bool = False
    share: float = 0.0


@dataclass(frozen=True)
class Finding:
    """A problem with its rule and its weight.

    ``known_as`` is the key under which it was put on record; without it the key is made of what the finding says.
    """

    rule: str
    severity: Severity
    section: SectionKey
    sentence: str
    field: str = ""
    passages: tuple[Passage, ...] = ()
    beside: tuple[Passage, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    fix: Fix | None = None
    is_measured: bool = False
    share: float = 0.0
    known_as: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.ERROR

    @cached_property
    def key(self) -> str:
        """What this finding is known by, 32 hexadecimal digits: the same words found by the same rule in the same place.

        An answer holds for it, and no longer when what it was given for is another. So the words count, and the sentence,
        which names the figures that they are compared with: what was said to 「未收到申请」 beside 3 does not hold beside
        30. The number of a row and the position of a passage do not count, so that a line put in above changes nothing.
        """
        if self.known_as:
            return self.known_as
        quoted = [one.text for one in self.passages]
        others = [one.school for one in self.elsewhere]
        said = [*quoted, *others] if quoted and self.is_measured else [*quoted, _ORDINAL.sub("第", self.sentence)]
        parts = [self.rule, self.section.value, _ROW.sub("-", self.field), *said]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

    def to_json(self) -> dict[str, Any]:
        """This finding as plain JSON values, with the rule's why."""
        quoted = {
            name: [
                {"section": one.section.value, "field": one.field, "start": one.start, "end": one.end, "text": one.text}
                for one in passages
            ]
            for name, passages in (("passages", self.passages), ("beside", self.beside))
        }
        edits = [vars(edit) for edit in self.fix.edits] if self.fix else []
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "section": self.section.value,
            "field": self.field,
            "sentence": self.sentence,
            "why": BY_NAME[self.rule].why,
            "source": BY_NAME[self.rule].source,
            **quoted,
            "elsewhere": [vars(one) | {"section": one.section.value} for one in self.elsewhere],
            "fix": {"label": self.fix.label, "edits": edits} if self.fix else None,
        }


_ROW = re.compile(r"-[0-9]+-")
_ORDINAL = re.compile(r"第[0-9]+(?=[项个行])")


Find = Callable[[Document, Context], Iterable[Problem]]


@dataclass(frozen=True)
class Rule:
    """A check in the registry.

    ``title`` (what is right), ``why`` (which real fault it stops) and ``source`` are Chinese, for the people who meet
    it. ``holds_for_backfill`` is False for what a report of a past year may lack: it was accepted as it is, and says
    「本报告未包含此部分」 instead. ``is_fixed`` is True for what nothing may make lighter, since the portal itself could
    not publish the report: no province's severity, no reviewer's waiver.
    """

    name: str
    severity: Severity
    find: Find
    holds_for_backfill: bool
    title: str
    why: str
    source: str
    is_fixed: bool = False

    @property
    def group(self) -> str:
        """The module it stands in: what kind of rule it is."""
        return self.find.__module__.rpartition(".")[2]


RULES: list[Rule] = []
BY_NAME: dict[str, Rule] = {}


def rule(
    severity: Severity, title: str, why: str, source: str, holds_for_backfill: bool = True, is_fixed: bool = False
) -> Callable[[Find], Find]:
    """Register a check. Its name is the function's; its docstring begins with WHY."""

    def register(find: Find) -> Find:
        one = Rule(find.__name__, severity, find, holds_for_backfill, title, why, source, is_fixed)
        RULES.append(one)
        BY_NAME[one.name] = one
        return find

    return register


def run(
    document: Document, context: Context | None = None, broken: Callable[[Rule], None] | None = None
) -> list[Finding]:
    """All findings on ``document``, in report order, errors before warnings within a part.

    A rule that breaks raises what it raises; where ``broken`` is given, that is called with the rule while the exception
    is at hand, and the other rules go on.
    """
    context = context or Context()
    findings = [
        Finding(
            one.name,
            one.severity if one.is_fixed else context.severities.get(one.name, one.severity),
            problem.section,
            problem.sentence,
            problem.field,
            problem.passages,
            problem.beside,
            problem.elsewhere,
            problem.fix,
            problem.is_measured,
            problem.share,
        )
        for one in RULES
        if one.holds_for_backfill or not context.backfilled
        for problem in _problems(one, document, context, broken)
    ]
    order = list(SectionKey)
    return sorted(findings, key=lambda finding: (order.index(finding.section), not finding.blocks))


def _problems(
    one: Rule, document: Document, context: Context, broken: Callable[[Rule], None] | None
) -> Sequence[Problem]:
    try:
        return list(one.find(document, context))
    except Exception:
        if broken is None:
            raise
        broken(one)
        return ()

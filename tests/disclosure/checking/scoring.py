"""What the rules find in the corpus, beside what was put into it.

A label is found where a finding of its section touches the quoted words: by a passage in the same field, or by
quoting them in its sentence. What has no words (something absent, a figure of the form, a period) is found where the
finding's rule or sentence speaks of it (``ABOUT``). A finding about copied text touches many words and counts only
for labels about copying.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from disclosure import checks
from disclosure.checks import Finding
from disclosure.report.enums import MANDATED, SectionKey, Severity
from disclosure.richtext import to_text
from tests.disclosure.checking.reading import Case, Label, cases, right_sentences, wrong_sentences

_SUM = "相加|不平衡|多于|相差|之和|超过"
# By the kind of label: what the rule or the sentence of a finding has to say.
ABOUT = {
    "no-date": "落款日期",
    "no-signature": "落款",
    "odd-period": "^period_",
    "period-gap": "上年报告的统计期限",
    "period-overlap": "上年报告的统计期限",
    "date-in-period": "落款日期",
    "confidentiality": "保密审查",
    "missing-section": "还没有正文",
    "jump": "上年|上一年",
    "label": "报告年度",
    "channel-sum": _SUM,
    "balance": "不平衡|相差",
    "column-sum": _SUM,
    "refused-sum": _SUM,
    "cases-sum": _SUM,
    "mean-over-longest": _SUM,
    "late-answers": _SUM,
    "upheld-over": _SUM,
    "office-phone-mobile": "手机",
    "heading": "序号|编号",
    "figure-empty": "没有填写|还没有填",
    "percent-without-asked": "多少人|人数|份数|几份|收回|答复数",
}
COPIES = frozenset(
    [
        "copied-last-year",
        "copied-from-school",
        "same-section",
        "near-same-section",
        "duplicate-paragraph",
        "wrong-section",
    ]
)
COPYING = frozenset(
    [
        "sections_are_not_last_years",
        "sections_are_not_the_same",
        "sections_are_not_another_schools",
        "paragraphs_stand_once",
        "texts_stand_in_their_sections",
    ]
)
# Kinds that another rule may report at the part where the figure stands, or at the other of two texts.
OF_TWO_PARTS = {"same-section": {SectionKey.EVALUATION}, "near-same-section": {SectionKey.EVALUATION}}


@dataclass(frozen=True)
class Read:
    """One report as the rules see it: each label with the findings that found it, and the findings left over."""

    case: Case
    found: tuple[tuple[Label, tuple[Finding, ...]], ...]
    rest: tuple[Finding, ...]


@cache
def read(part: str, kind: str) -> tuple[Read, ...]:
    """Every report of ``part`` and ``kind``, checked."""
    return tuple(_read(case) for case in cases(part, kind))


def _read(case: Case) -> Read:
    findings = checks.run(case.document, case.context)
    found = tuple((label, tuple(one for one in findings if finds(one, label, case))) for label in case.labels)
    matched = {id(one) for _, ones in found for one in ones}
    return Read(case, found, tuple(one for one in findings if id(one) not in matched))


def finds(finding: Finding, label: Label, case: Case) -> bool:
    """Whether ``finding`` says what ``label`` says."""
    if finding.section not in {label.section} | OF_TWO_PARTS.get(label.kind, set()):
        return False
    if (finding.rule in COPYING) != (label.kind in COPIES):
        return False
    if label.field in ("body", "preamble", "title"):
        if label.words and not _touches(finding, label, case):
            return False
        return (label.kind not in ABOUT and label.words != "") or _speaks(finding, label)
    if label.field == "heading":
        return finding.field == "heading" and _speaks(finding, label)
    return _speaks(finding, label) and (label.field != "figures" or label.words in finding.sentence)


def _speaks(finding: Finding, label: Label) -> bool:
    """Whether the rule or its sentence is about what the label is about."""
    about = ABOUT.get(label.kind) or re.escape(label.words)
    return re.search(about, f"{finding.rule} {finding.sentence}") is not None


def _touches(finding: Finding, label: Label, case: Case) -> bool:
    if finding.section is label.section and len(label.words) > 1 and _plain(label.words) in _plain(finding.sentence):
        return True
    text = text_of(case, label)
    spans = [(at.start(), at.end()) for at in re.finditer(re.escape(label.words), text)]
    return any(
        passage.section is label.section
        and passage.field in (label.field, "")
        and any(passage.start < end and start < passage.end for start, end in spans)
        for passage in (*finding.passages, *finding.beside)
    )


def _plain(words: str) -> str:
    """``words`` without the commas that part thousands: sentences write a number without them."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", words)


def text_of(case: Case, label: Label) -> str:
    """The text in which the words of ``label`` stand."""
    document = case.document
    if label.section is SectionKey.HEAD:
        return to_text(getattr(document, label.field))
    section = document.sections[label.section]
    return to_text(section.body) if label.field == "body" else section.heading


@dataclass(frozen=True)
class Score:
    """How well the rules do on a part of the corpus. Counts; the properties are shares in percent."""

    labels: int
    found: int
    errors_labelled: int
    errors_found: int
    clean: int
    false_errors: int
    false_warnings: int
    clean_flagged: int

    @property
    def recall(self) -> float:
        return 100 * self.found / self.labels

    @property
    def warnings_a_report(self) -> float:
        """Findings on a clean report that are no errors, on average."""
        return self.false_warnings / self.clean


def score(part: str) -> Score:
    """The figures of ``part``; every finding on a clean report is a false alarm."""
    faulty, clean = read(part, "faulty"), read(part, "clean")
    labels = [(label, ones) for report in faulty for label, ones in report.found]
    alarms = [finding for report in clean for finding in report.rest]
    errors = [(label, ones) for label, ones in labels if label.severity is Severity.ERROR]
    return Score(
        labels=len(labels),
        found=sum(bool(ones) for _, ones in labels),
        errors_labelled=len(errors),
        errors_found=sum(any(one.blocks for one in ones) for _, ones in errors),
        clean=len(clean),
        false_errors=sum(one.blocks for one in alarms),
        false_warnings=sum(not one.blocks for one in alarms),
        clean_flagged=sum(bool(report.rest) for report in clean),
    )


@cache
def alarms_on_right_sentences(part: str) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Each right sentence of ``part`` with what is found only because it is there.

    Figures that are not filled in are no matter of the sentence: the report around it has none.
    """
    bare, *others = right_sentences(part)
    known = {(finding.rule, finding.section) for finding in checks.run(bare.document, bare.context)}
    return tuple(
        (
            to_text(_told_section(case, bare)).strip().rpartition("\n")[2],
            tuple(one for one in checks.run(case.document, case.context) if (one.rule, one.section) not in known),
        )
        for case in others
    )


def _told_section(case: Case, bare: Case) -> str:
    """The body that ``case`` has and ``bare`` has not."""
    bodies = (case.document.sections[key].body for key in MANDATED)
    return next(body for key, body in zip(MANDATED, bodies, strict=True) if body != bare.document.sections[key].body)


@cache
def read_wrong_sentences(part: str) -> tuple[Read, ...]:
    """Each wrong sentence of ``part``, checked."""
    return tuple(_read(case) for case in wrong_sentences(part))


def wrong_sentences_found(part: str) -> list[bool]:
    """Of each wrong sentence of ``part``, whether it is found."""
    return [bool(findings) for report in read_wrong_sentences(part) for _, findings in report.found]


def by_kind(parts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """By the kind of fault: how many of the labels were found, of how many."""
    every = [(label.kind, bool(ones)) for part in parts for one in read(part, "faulty") for label, ones in one.found]
    asked, found = Counter(kind for kind, _ in every), Counter(kind for kind, is_found in every if is_found)
    return {kind: (found[kind], asked[kind]) for kind in sorted(asked)}

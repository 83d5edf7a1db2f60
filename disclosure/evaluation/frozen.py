"""What was found of a report when it was handed in: put on record with the submission, and read from there ever after.

A report that lies with the office says what its school could see and answer. What the checks find of it later, since
another report was published, a rule, a slip or a province's severity changed, or time went by, is told apart
(``Judgement.later``) and is no debt of the school. Only what the reviewer decides is laid over the record.

Records are never rewritten. Those from before this was so have the rule, the sentence and the reasons alone; what else a
page shows of them is taken from the same finding of today, where there is one.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from disclosure.checks import BY_NAME, Elsewhere, Finding, Passage
from disclosure.evaluation import Judged, Judgement, RecordedRule, judge
from disclosure.evaluation.score import criterion_of
from disclosure.models import Answer, Report, Submission, Waiver
from disclosure.models.assembly import assemble
from disclosure.report.enums import Decision, SectionKey, Severity, Status

# Who said what an old record does not tell.
SCHOOL, REVIEWER = "学校", "审核人"


# --- writing ----------------------------------------------------------------------------------------------------------


def to_record(one: Judged) -> dict[str, Any]:
    """What a submission keeps of a finding: all that a page shows of it, and what the score asks.

    No fix: what was handed in is not changed by a click.
    """
    finding, answer, waiver = one.finding, one.answer, one.waiver if one.is_waived else None
    record = finding.to_json() | {
        "key": finding.key,
        "share": finding.share,
        "group": one.rule.group,
        "is_fixed": one.rule.is_fixed,
        "criterion": criterion_of(one.rule),
        "answer": answer.reason if answer else "",
        "waiver": waiver.reason if waiver else "",
    }
    del record["fix"]
    if answer:
        record |= {
            "answer_severity": answer.severity,
            "answered_by": answer.said_by_name,
            "answered_at": answer.said_at.isoformat(),
        }
    if waiver:
        record |= {"waived_by": waiver.said_by_name, "waived_at": waiver.said_at.isoformat()}
    return record


# --- reading ----------------------------------------------------------------------------------------------------------


def recorded(submission: Submission, waivers: Iterable[Waiver] = ()) -> tuple[Judged, ...]:
    """The findings ``submission`` was handed in with, from its record alone; no query.

    Of ``waivers``, those of its report, what the reviewer decided while it lay with the office is laid over.
    """
    decided = _decided(submission, waivers)
    return tuple(_read(record, None, submission, decided) for record in submission.findings)


def judgement_of(report: Report, submission: Submission) -> Judgement:
    """What was found of ``submission`` when it was handed in, and apart from it what is found only today."""
    return _judgement(report, submission, judge(report, submission.read(), submission.submitted_at))


def judgement_shown(report: Report) -> Judgement:
    """What the school sees of ``report`` (loaded by ``assembly.complete``): of what it writes, what is found today; of
    what lies with the office or is public, what was found when it was handed in.
    """
    submission = _handed_in(report)
    if submission is None:
        return judge(report)
    if all("key" in record for record in submission.findings):
        return Judgement(assemble(report), recorded(submission, report.waivers.all()))
    return replace(_judgement(report, submission, judge(report, handed_in=submission.submitted_at)), later=())


def _handed_in(report: Report) -> Submission | None:
    """The submission whose document is what stands in the parts, where these may not be written; else None."""
    submissions = report.submissions.defer("document").order_by("-number")
    if report.status == Status.SUBMITTED:
        return submissions.filter(decision=Decision.PENDING).first()
    approved = submissions.filter(decision=Decision.APPROVED)
    if report.status == Status.PUBLISHED:
        return approved.first()
    if report.status == Status.WITHDRAWN:
        # A correction that was under way may stand in the parts.
        return approved.filter(sha256=assemble(report).hash).first()
    return None


def _judgement(report: Report, submission: Submission, today: Judgement) -> Judgement:
    """The record of ``submission``, with what else is found ``today``."""
    found = _same(submission.findings, today.judged)
    decided = _decided(submission, report.waivers.all())
    judged = [
        _read(record, None if at is None else today.judged[at], submission, decided)
        for record, at in zip(submission.findings, found, strict=True)
    ]
    known = {at: one for at, one in zip(found, judged, strict=True) if at is not None}
    later = [
        one
        for at, one in enumerate(today.judged)
        if at not in known or (one.finding.blocks and not known[at].finding.blocks)
    ]
    order = list(SectionKey)
    judged.sort(key=lambda one: order.index(one.finding.section))
    return Judgement(today.document, tuple(judged), tuple(later))


def _decided(submission: Submission, waivers: Iterable[Waiver]) -> dict[str, Waiver]:
    """By the key of its finding, what the reviewer decided while ``submission`` lay with the office."""
    end = submission.decided_at
    return {
        one.key: one for one in waivers if one.said_at > submission.submitted_at and (end is None or one.said_at <= end)
    }


def _same(records: list[dict[str, Any]], today: tuple[Judged, ...]) -> list[int | None]:
    """For each record the place of the finding of today that is the same, if there is one; none is taken twice.

    The same by its key; where that is made otherwise today or was not recorded, by its sentence; where the sentence was
    reworded or tells how much there is, by the words it is about.
    """
    found: list[int | None] = [None] * len(records)
    taken: set[int] = set()
    for of_record, of_finding in _SAMENESS:
        places = defaultdict(deque)
        for at, one in enumerate(today):
            if at not in taken and (sign := of_finding(one.finding)):
                places[sign].append(at)
        for number, record in enumerate(records):
            if found[number] is None and (here := places.get(of_record(record))):
                found[number] = here.popleft()
                taken.add(found[number])
    return found


def _words(finding: Finding) -> tuple | None:
    quoted = tuple(one.text for one in finding.passages)
    return (finding.rule, finding.section.value, finding.field, quoted) if quoted else None


def _recorded_words(record: dict[str, Any]) -> tuple | None:
    quoted = tuple(one["text"] for one in record.get("passages", ()))
    return (record["rule"], record["section"], record["field"], quoted) if quoted else None


# What makes a record and a finding of today the same, the surest first: a sign of each, None where it has none.
_SAMENESS = (
    (lambda record: record.get("key"), lambda finding: finding.key),
    (
        lambda record: (record["rule"], record["section"], record["sentence"]),
        lambda finding: (finding.rule, finding.section.value, finding.sentence),
    ),
    (_recorded_words, _words),
    # The oldest records have the sentence alone; those after them no words beside a sentence that tells how much.
    (lambda record: None if record["rule"] else record["sentence"], lambda finding: finding.sentence),
    (
        lambda record: None if "key" in record else (record["rule"], record["section"]),
        lambda finding: (finding.rule, finding.section.value) if finding.is_measured else None,
    ),
)


def _read(
    record: dict[str, Any],
    today: Judged | None,
    submission: Submission,
    decided: dict[str, Waiver],
) -> Judged:
    """One record as a finding; ``today`` is the same finding as it is found now, where it is."""
    finding = _finding(record, today)
    answer = waiver = None
    if record["answer"]:
        answer = _answer(record, today and today.answer, submission)
    if record["waiver"]:
        waiver = _waiver(record, today and today.waiver, submission)
    return Judged(finding, answer, decided.get(finding.key, waiver), _rule(record, finding))


def _finding(record: dict[str, Any], today: Judged | None) -> Finding:
    severity = Severity(record["severity"])
    if "key" not in record and today is not None:
        key = today.finding.key
        return replace(today.finding, severity=severity, sentence=record["sentence"], fix=None, known_as=key)
    return Finding(
        record["rule"],
        severity,
        _section(record["section"]),
        record["sentence"],
        record.get("field", ""),
        _passages(record.get("passages", ())),
        _passages(record.get("beside", ())),
        tuple(Elsewhere(**one | {"section": _section(one["section"])}) for one in record.get("elsewhere", ())),
        share=record.get("share", 0.0),
        known_as=record.get("key", ""),
    )


def _passages(records: Iterable[dict[str, Any]]) -> tuple[Passage, ...]:
    return tuple(Passage(**one | {"section": _section(one["section"])}) for one in records)


def _section(key: str) -> SectionKey:
    """The part that a record names; the first for the oldest records, which name none."""
    return SectionKey(key) if key in SectionKey.values else SectionKey.HEAD


def _rule(record: dict[str, Any], finding: Finding) -> RecordedRule | None:
    """The rule as it is on record; None for an old record whose rule there still is."""
    if "key" in record:
        return RecordedRule(
            record["rule"],
            record["group"],
            record["why"],
            record["source"],
            record["is_fixed"],
            record["criterion"],
        )
    return None if finding.rule in BY_NAME else RecordedRule(finding.rule)


def _answer(record: dict[str, Any], today: Answer | None, submission: Submission) -> Answer:
    if "key" not in record and today and today.reason == record["answer"]:
        return today
    return Answer(
        reason=record["answer"],
        severity=record.get("answer_severity", record["severity"]),
        said_by_name=record.get("answered_by", SCHOOL),
        said_at=_moment(record.get("answered_at"), submission),
    )


def _waiver(record: dict[str, Any], today: Waiver | None, submission: Submission) -> Waiver:
    if "key" not in record and today and today.is_granted and today.reason == record["waiver"]:
        return today
    return Waiver(
        reason=record["waiver"],
        is_granted=True,
        said_by_name=record.get("waived_by", REVIEWER),
        said_at=_moment(record.get("waived_at"), submission),
    )


def _moment(recorded: str | None, submission: Submission) -> datetime:
    """When something was said; by the time of handing in at the latest."""
    return datetime.fromisoformat(recorded) if recorded else submission.submitted_at

"""The story of one report as people read it: its audit events as entries, and the mails that told of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Max, Q

from disclosure.report.enums import WITH_SCHOOL, Decision, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow.transitions import TRANSITIONS
from schools.audit import events_of, type_name
from schools.enums import EventType, MailStatus, Role
from schools.models import OutgoingMail

# What a person said with an event, by the name it has in the event's detail, and how the story says it.
_SAID = (
    ("publication", "第 {} 版"),
    ("comment", "{}"),
    ("text", "{}"),
    ("author", "这条意见由同事写下：{}"),
    ("late_reason", "逾期原因：{}"),
)
# Beside a finding, what was said is the reason for it.
_SAID_OF_FINDINGS = (("sentence", "检查结果：{}"), ("text", "理由：{}"))


class Reader(Enum):
    """Who reads the story of a report."""

    SCHOOL = "school"
    OFFICE = "office"


class Audience(Enum):
    """Whose an event is. How a draft comes about is the school's, what a reviewer notes while reading is the office's."""

    BOTH = "both"
    SCHOOL = "school"
    OFFICE = "office"
    HANDED_IN = "handed in"  # quotes the draft: the school's, and the office's once the report was handed in with it
    NOBODY = "nobody"  # happens to an account, a school, a campaign: no part of a report's story


# Who may see what, event by event: a type that is not named here is shown to nobody, and a test asks for its place.
AUDIENCES = {
    EventType.REPORT_STARTED: Audience.BOTH,
    EventType.REPORT_LOADED: Audience.BOTH,
    EventType.REPORT_CARRIED_OVER: Audience.SCHOOL,
    EventType.CARRIED_CONFIRMED: Audience.SCHOOL,
    EventType.SECTION_SAVED: Audience.SCHOOL,
    EventType.SOURCE_UPLOADED: Audience.SCHOOL,
    EventType.IMPORT_APPLIED: Audience.SCHOOL,
    EventType.IMPORT_UNDONE: Audience.SCHOOL,
    EventType.FINDING_ANSWERED: Audience.HANDED_IN,
    EventType.ANSWER_REMOVED: Audience.HANDED_IN,
    EventType.WAIVER_ASKED: Audience.BOTH,
    EventType.WAIVER_GRANTED: Audience.BOTH,
    EventType.WAIVER_DECLINED: Audience.BOTH,
    EventType.REMARK_ADDED: Audience.OFFICE,
    EventType.REMARK_REMOVED: Audience.OFFICE,
    EventType.REMARK_ANSWERED: Audience.BOTH,
    # What passes between the authors and their leader, the leader's objections above all, stays in the school.
    EventType.SIGNOFF_REQUESTED: Audience.SCHOOL,
    EventType.SIGNOFF_DECLINED: Audience.SCHOOL,
    EventType.SIGNED_OFF: Audience.BOTH,
    EventType.SUBMITTED: Audience.BOTH,
    EventType.RECALLED: Audience.BOTH,
    EventType.RETURNED: Audience.BOTH,
    EventType.PUBLISHED: Audience.BOTH,
    EventType.WITHDRAWN: Audience.BOTH,
    EventType.VERSION_WITHDRAWN: Audience.BOTH,
    EventType.REOPENED: Audience.BOTH,
    EventType.CORRECTION_STARTED: Audience.BOTH,
    EventType.CORRECTION_DISCARDED: Audience.BOTH,
    **dict.fromkeys(
        (
            EventType.SIGNED_IN,
            EventType.SIGNED_OUT,
            EventType.SIGN_IN_FAILED,
            EventType.LOCKED_OUT,
            EventType.PASSWORD_CHANGED,
            EventType.ORGANISATION_CHOSEN,
            EventType.DENIED,
            EventType.ACCOUNT_INVITED,
            EventType.ACCOUNT_ACTIVATED,
            EventType.ACCOUNT_CHANGED,
            EventType.ACCOUNT_DEACTIVATED,
            EventType.ACCOUNT_REACTIVATED,
            EventType.LINK_ISSUED,
            EventType.PROVINCE_ADDED,
            EventType.PROVINCE_CHANGED,
            EventType.SCHOOL_ADDED,
            EventType.SCHOOL_CHANGED,
            EventType.CAMPAIGN_ADDED,
            EventType.CAMPAIGN_CHANGED,
            EventType.SEVERITIES_CHANGED,
        ),
        Audience.NOBODY,
    ),
}

_AUDIENCES_OF = {
    Reader.SCHOOL: {Audience.BOTH, Audience.SCHOOL, Audience.HANDED_IN},
    Reader.OFFICE: {Audience.BOTH, Audience.OFFICE, Audience.HANDED_IN},
}


def types_for(reader: Reader) -> list[EventType]:
    """The types of events that ``reader`` may see of a report, some only once it was handed in."""
    return [type for type, audience in AUDIENCES.items() if audience in _AUDIENCES_OF[reader]]


def _events_for(report, reader: Reader):
    """The events of ``report`` that ``reader`` may see, newest first."""
    events = events_of(report).filter(type__in=types_for(reader))
    if reader is Reader.SCHOOL:
        return events
    # A report that was recalled from the leader in charge had not left the school.
    events = events.exclude(type=EventType.RECALLED, detail__source=Status.AWAITING_SIGNOFF)
    if report.status in WITH_SCHOOL:
        # What was taken back is the school's draft again.
        handed_in = report.submissions.exclude(decision=Decision.RECALLED).aggregate(at=Max("submitted_at"))["at"]
        drafted = Q(type__in=[type for type, audience in AUDIENCES.items() if audience is Audience.HANDED_IN])
        events = events.exclude(drafted & Q(at__gt=handed_in) if handed_in else drafted)
    return events


# The events that move a report from one status to another, or bring it into being.
STEPS = frozenset({transition.event for transition in TRANSITIONS.values()}) | {
    EventType.REPORT_STARTED,
    EventType.REPORT_LOADED,
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened, or a run of saves by one person.

    ``at`` is when it happened last, ``since`` when the run began; ``parts`` are the short titles of the parts it
    touched; ``said`` what the person wrote.
    """

    at: datetime
    since: datetime
    who: str
    role: str
    what: str
    parts: tuple[str, ...]
    said: tuple[str, ...]
    count: int = 1

    @property
    def is_run(self) -> bool:
        return self.count > 1


def story_of(report, reader: Reader) -> list[Entry]:
    """The events of ``report`` that ``reader`` may see, newest first; saves of one person that follow each other are
    one entry.
    """
    entries: list[Entry] = []
    run: list = []
    for event in _events_for(report, reader):
        is_save = event.type == EventType.SECTION_SAVED
        if run and not (is_save and event.actor_id == run[-1].actor_id):
            entries.append(_entry(run))
            run = []
        if is_save:
            run.append(event)
        else:
            entries.append(_entry([event]))
    if run:
        entries.append(_entry(run))
    return entries


def last_step(report, reader: Reader) -> Entry | None:
    """Who moved the report last, and how, as far as ``reader`` may know."""
    event = _events_for(report, reader).filter(type__in=STEPS).first()
    return _entry([event]) if event else None


def _entry(events: list) -> Entry:
    """One entry of ``events``, newest first."""
    newest = events[0]
    keys = {key for event in events for key in (event.detail.get("section"), *event.detail.get("sections", ()))}
    return Entry(
        at=newest.at,
        since=events[-1].at,
        # The trail names the account as well: 「张三（zhangsan）」.
        who=newest.actor_name.partition("（")[0],
        role=Role(newest.role).label if newest.role else "",
        what=EventType(newest.type).label,
        parts=tuple(SECTIONS[key].short_title for key in SectionKey if key in keys),
        said=tuple(
            words.format(newest.detail[name])
            for name, words in (_SAID_OF_FINDINGS if "sentence" in newest.detail else _SAID)
            if newest.detail.get(name)
        ),
        count=len(events),
    )


@dataclass(frozen=True)
class MailState:
    """A mail of the outbox with how it stands, in words and in a tone of the components."""

    mail: OutgoingMail
    label: str
    tone: str


def mails_of(report, reader: Reader) -> list[MailState]:
    """The mails about ``report`` that tell of what ``reader`` may see, newest first."""
    mails = OutgoingMail.objects.filter(object_type=type_name(report), object_id=report.pk, event__in=types_for(reader))
    return [MailState(mail, *_state(mail)) for mail in mails]


def _state(mail: OutgoingMail) -> tuple[str, str]:
    label = mail.status.label
    match mail.status:
        case MailStatus.SENT:
            return label, "done"
        case MailStatus.FAILED:
            return f"{label}（试过 {mail.attempts} 次）", "error"
        case MailStatus.WAITING:
            return ("发送失败，稍后重试", "attention") if mail.last_error else (label, "waiting")

"""The story of one report as people read it: its audit events as entries, and the mails that told of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from disclosure.enums import SectionKey
from disclosure.sections import SECTIONS
from disclosure.workflow import TRANSITIONS
from schools.audit import events_of, type_name
from schools.enums import EventType, MailStatus, Role
from schools.models import OutgoingMail

# What a person said with an event, by the name it has in the event's detail.
_SAID = (("comment", ""), ("text", ""), ("late_reason", "逾期原因："))
# Beside a finding, what was said is the reason for it.
_SAID_OF_FINDINGS = (("sentence", "检查结果："), ("text", "理由："))


# What a reviewer notes while reading is theirs until the report is returned.
REVIEWERS_NOTES = frozenset({EventType.REMARK_ADDED, EventType.REMARK_REMOVED})

# What the school says to the findings on its draft quotes the draft, and is the school's until it is handed in.
SCHOOLS_NOTES = frozenset({EventType.FINDING_ANSWERED, EventType.ANSWER_REMOVED})


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


def story_of(report, hidden: frozenset[EventType] = frozenset(), since: datetime | None = None) -> list[Entry]:
    """The events of ``report``, newest first; saves of one person that follow each other are one entry.

    Types in ``hidden`` are left out; with ``since`` only what happened after it.
    """
    left_out = Q(type__in=hidden)
    entries: list[Entry] = []
    run: list = []
    for event in events_of(report).exclude(left_out & Q(at__gt=since) if since else left_out):
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


def last_step(report) -> Entry | None:
    """Who moved the report last, and how."""
    event = events_of(report).filter(type__in=STEPS).first()
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
            f"{words}{newest.detail[name]}"
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


def mails_of(report) -> list[MailState]:
    """The mails about ``report``, newest first."""
    mails = OutgoingMail.objects.filter(object_type=type_name(report), object_id=report.pk)
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

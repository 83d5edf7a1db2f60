"""Saving one part of a report so that nothing is lost and nothing overwritten.

A save carries the version it is based on. It is written only if that is still the version in the database; otherwise
nothing is written and the caller gets what is there now, to be shown side by side.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from disclosure.drafting import carry_over
from disclosure.models import Report
from disclosure.models.assembly import complete, replace_rows
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow import permissions
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType


class Locked(Exception):
    """The part may not be written now; the text says why."""


class Clash(Exception):
    """Somebody saved the part after the version this save is based on; ``part`` is what they saved."""

    def __init__(self, part):
        super().__init__("这一部分已被他人修改。")
        self.part = part


@dataclass(frozen=True)
class Content:
    """What a form says a part should hold.

    ``values`` are model fields; ``rows`` maps the name of a reverse relation to the field values of its rows, in
    order; ``unparsed`` maps a form field's name to the words typed there that are no value of its column.
    """

    values: dict
    rows: dict[str, list[dict]] = field(default_factory=dict)
    unparsed: dict[str, str] = field(default_factory=dict)


def save_part(report_id: int, key: SectionKey, content: Content, base_version: int, actor: Actor) -> Report:
    """Write ``content`` over version ``base_version`` of one part; the report, complete, as it is then.

    Raises ``Locked`` or ``Clash``; then nothing has changed.
    """
    with transaction.atomic():
        report = _locked(report_id)
        part = _write(report, key, content, base_version, actor)
        record(EventType.SECTION_SAVED, actor, report, section=key.value, version=part.version)
    return complete(Report.objects.filter(pk=report_id)).get()


def save_parts(report_id: int, contents: dict[SectionKey, tuple[Content, int]], actor: Actor) -> dict[SectionKey, int]:
    """Write several parts at once, each over the version given with it; the version each has then.

    Call it within a transaction, and record there what the parts were written for. Raises ``Locked`` or ``Clash``;
    then the transaction is to be undone.
    """
    report = _locked(report_id)
    return {
        key: _write(report, key, content, base_version, actor).version
        for key, (content, base_version) in contents.items()
    }


def _locked(report_id: int) -> Report:
    """The report; the lock keeps a submission from freezing it between the question and the write."""
    return Report.objects.with_context().select_for_update(of=("self",)).get(pk=report_id)


def _write(report: Report, key: SectionKey, content: Content, base_version: int, actor: Actor):
    """Write one part of a locked report; the part as it is then. Raises ``Locked`` or ``Clash``."""
    if reason := permissions.why_not_edit(actor, report, key):
        raise Locked(reason)
    parts = SECTIONS[key].model.objects.filter(report=report).select_related("saved_by")
    values = content.values | {
        "unparsed": content.unparsed,
        "version": F("version") + 1,
        "saved_at": timezone.now(),
        "saved_by": actor.user,
    }
    # Nearly every save is of a part that took nothing over, and costs no question more.
    written = parts.filter(version=base_version, carried_from=None).update(**values)
    part = parts.get()
    if not written and part.version == base_version:
        if "carried_from" not in values and carry_over.is_changed(key, part, content.values, content.rows):
            values["carried_from"] = None  # what was taken over has been worked on
        written = parts.filter(version=base_version).update(**values)
        part = parts.get()
    if not written:
        raise Clash(part)
    for relation, rows in content.rows.items():
        replace_rows(getattr(part, relation), rows)
    return part

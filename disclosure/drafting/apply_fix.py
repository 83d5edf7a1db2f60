"""Taking the fixes that findings offer: what a click does to the draft.

The checks are run again under the report's lock, and the part is written as any save writes it: over the version the
page has seen, with its audit event. What cannot be taken any more is refused, and nothing has changed then.
"""

from dataclasses import dataclass

from django.db import transaction

from disclosure.checks import fixes
from disclosure.checks.texts import Outdated
from disclosure.drafting import saving
from disclosure.evaluation import judge
from disclosure.findings.presentation import groups_of
from disclosure.models import Report
from disclosure.models.assembly import complete, content_of
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow import permissions
from disclosure.workflow.transitions import Refused
from schools.actor import Actor

GONE = "没有修改：这一条检查结果已经不在了，内容刚刚改过。请看最新的检查结果。"


@dataclass(frozen=True)
class Mended:
    """What became of it: the report, complete, as it is then; how many findings were mended; the field of the first."""

    report: Report
    count: int
    field: str


def mend(report_id: int, key: SectionKey, ident: str, is_all: bool, base_version: int, actor: Actor) -> Mended:
    """Take the fix of the finding that ``ident`` names in part ``key``, or those of all of its rule in the part.

    Raises ``Refused``, ``saving.Locked`` or ``saving.Clash``; then nothing has changed.
    """
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report_id)
        report = complete(Report.objects.filter(pk=report_id)).get()
        if reason := permissions.why_not_edit(actor, report, key):
            raise saving.Locked(reason)
        part = SECTIONS[key].of(report)
        if part.version != base_version:
            raise saving.Clash(part)
        judgement = judge(report)
        one = dict(zip(judgement.idents, judgement.judged, strict=True)).get(ident)
        if one is None or one.finding.section != key or one.finding.fix is None:
            raise Refused(GONE)
        chosen = groups_of(judgement).get((key, one.finding.rule), ()) if is_all else (one,)
        try:
            document = fixes.all_fixed(judgement.document, [judged.finding for judged in chosen])
        except Outdated as outdated:
            raise Refused(GONE) from outdated
        values, rows = content_of(document, key)
        if why := _too_long(key, values, rows):
            raise Refused(why)
        saved = saving.save_part(report_id, key, saving.Content(values, rows, part.unparsed), base_version, actor)
    return Mended(saved, len(chosen), one.finding.field)


def _too_long(key: SectionKey, values: dict, rows: dict[str, list[dict]]) -> str:
    """Which field could not hold what the fix makes of it, as a sentence; "" where all can."""
    model = SECTIONS[key].model
    contents = [(model, values)]
    contents += [
        (model._meta.get_field(relation).related_model, row) for relation, lines in rows.items() for row in lines
    ]
    for held_by, content in contents:
        for name, value in content.items():
            column = held_by._meta.get_field(name)
            if isinstance(value, str) and column.max_length and len(value) > column.max_length:
                return f"没有修改：改过之后「{column.verbose_name}」超过 {column.max_length} 字，请自己改写。"
    return ""

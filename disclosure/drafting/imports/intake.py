"""Taking a file in: it is kept, and what is proposed of it waits for the author. An open import gives way to the next."""

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from disclosure.drafting import sources
from disclosure.importing import assemble
from disclosure.importing.errors import Unreadable
from disclosure.importing.proposal import Proposal, ProposedFigure
from disclosure.models import Import, Report
from disclosure.report.document import Sections
from disclosure.report.enums import MANDATED, ImportState
from disclosure.workflow import permissions
from disclosure.workflow.transitions import Refused
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType
from schools.lines import one_line, storable

LONGEST_NAME = Import._meta.get_field("name").max_length
PASTED = "粘贴的内容.html"
# A long report has 300 blocks and 60,000 characters. Beyond this neither a page nor a form can hold it.
MOST_BLOCKS = 1_500
MOST_CHARACTERS = 1_500_000
TOO_LONG = "文件里的内容太多，不像一份年度报告。请只保留报告的正文和附件，另存后再上传。"
NO_TEXT = "文件里没有可以导入的文字。如果内容是图片或扫描件，请改用文字版。"


def take_in(
    report_id: int, content: bytes, name: str, proposal: Proposal, actor: Actor, pasted: bool = False
) -> Import:
    """Keep ``content`` and what was ``proposal``-ed of it, in the place of an import that is still open.

    Raises ``Unreadable`` where there is nothing, or far too much, to look through, ``Refused`` where the report takes
    no import any more, and the storage's ``Unavailable``, all without having changed anything.
    """
    proposal = sound(proposal)
    _must_be_of_a_size(proposal)
    sha256 = sources.keep(content)
    with transaction.atomic():
        report = Report.objects.with_context().select_for_update(of=("self",)).get(pk=report_id)
        if reason := permissions.why_not_import(actor, report):
            raise Refused(reason)
        # An older import of the same file may have been cleared since the file was kept, and the file with it.
        Import.objects.lock_source(sha256)
        if not sources.is_kept(sha256, len(content)):
            sources.keep(content)
        now = timezone.now()
        Import.objects.filter(report=report, state=ImportState.OPEN).update(
            state=ImportState.ABANDONED, ended_at=now, ended_by=actor.user
        )
        one = Import.objects.create(
            report=report,
            name=_name(name),
            sha256=sha256,
            size=len(content),
            is_pasted=pasted,
            uploaded_at=now,
            uploaded_by=actor.user,
            proposal=storable(proposal.model_dump(mode="json")),
            choices=_ticked_beforehand(proposal, report),
        )
        record(EventType.SOURCE_UPLOADED, actor, report, text=one.name, sha256=sha256, size=len(content))
    return one


def is_of_another_year(proposal: Proposal, report: Report) -> bool:
    """Whether the file names another year than the report's."""
    return proposal.year not in (None, report.campaign.year)


def is_of_another_school(proposal: Proposal, report: Report) -> bool:
    """Whether the file speaks for another school; 「本院」 and a shortened name are no other."""
    found, name = proposal.school, report.school.name
    return bool(found) and found not in name and name not in found


def _ticked_beforehand(proposal: Proposal, report: Report) -> dict[str, bool]:
    """What is taken unless the author says no: what is read and not guessed, and of this report."""
    is_ours = not is_of_another_school(proposal, report)
    is_stated = proposal.period is not None and not proposal.period.is_assumed
    return {"period": is_stated and is_ours and not is_of_another_year(proposal, report), "contacts": is_ours}


def abandon(one: Import, actor: Actor) -> None:
    """Give an open import up. Nothing happens to one that somebody has ended or written meanwhile."""
    Import.objects.filter(pk=one.pk, state=ImportState.OPEN).update(
        state=ImportState.ABANDONED, ended_at=timezone.now(), ended_by=actor.user
    )


def _name(name: str) -> str:
    """The file's own name as one line; browsers of old sent the whole path. Of a long one the end stays, for its ending."""
    line = one_line(name.replace("\\", "/").rpartition("/")[2])
    return (line if len(line) <= LONGEST_NAME else f"…{line[1 - LONGEST_NAME :]}") or "未命名"


def _must_be_of_a_size(proposal: Proposal) -> None:
    if not proposal.blocks:
        raise Unreadable(NO_TEXT)
    if len(proposal.blocks) > MOST_BLOCKS or sum(len(block.html) for block in proposal.blocks) > MOST_CHARACTERS:
        raise Unreadable(TOO_LONG)


def sound(proposal: Proposal) -> Proposal:
    """``proposal`` without figures that no report could hold: of a block that is not there, of a key nobody knows."""
    figures = tuple(figure for figure in proposal.figures if _is_sound(figure, len(proposal.blocks)))
    return proposal if figures == proposal.figures else proposal.model_copy(update={"figures": figures})


def _is_sound(figure: ProposedFigure, blocks: int) -> bool:
    if not 0 <= figure.block < blocks or figure.section not in MANDATED:
        return False
    told = assemble.figures_of([figure])
    try:
        read = type(Sections()[figure.section].figures).model_validate(told)
    except ValidationError:
        return False
    return not read.is_empty

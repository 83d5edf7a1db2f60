"""Rules on what a report must contain."""

from collections.abc import Iterator

from disclosure.checks.base import Context, Problem, rule
from disclosure.document import Document
from disclosure.enums import MANDATED, MANDATED_CONTACTS, SectionKey, Severity
from disclosure.richtext import to_text
from disclosure.sections import SECTIONS

LONGEST_TEXT = 50_000  # characters
MOST_PIECES = 6_000  # elements


@rule(Severity.ERROR, holds_for_backfill=False)
def head_is_complete(document: Document, context: Context):
    """WHY: three of the five real reports carry neither signature nor date; some carry no period."""
    head = SectionKey.HEAD
    if not document.title:
        yield Problem(head, "还没有填写报告标题。", "title")
    if document.period.start is None:
        yield Problem(head, "还没有填写统计期限的开始日期。", "period_start")
    if document.period.end is None:
        yield Problem(head, "还没有填写统计期限的结束日期。", "period_end")
    if not document.preamble:
        yield Problem(head, "还没有填写引言。引言说明报告依据的文件和统计期限。", "preamble")
    if not document.signature.organisation:
        yield Problem(head, "还没有填写落款单位。", "signature_organisation")
    if document.signature.date is None:
        yield Problem(head, "还没有填写落款日期。", "signature_date")


# What to write in a part that has nothing to tell; the others always have something.
_WHERE_NOTHING_HAPPENED = {
    SectionKey.ON_REQUEST: "没有收到申请的，也请用一句话说明。",
    SectionKey.EVALUATION: "没有开展评议的，也请用一句话说明。",
    SectionKey.COMPLAINTS: "没有发生的，也请用一句话说明。",
    SectionKey.OTHER: "没有的话，请写「无其他需要报告的事项。」",
}


@rule(Severity.ERROR, holds_for_backfill=False)
def mandated_sections_are_written(document: Document, context: Context):
    """WHY: the notice 教办厅函〔2018〕80号 asks for seven sections; report 002 has neither 依申请公开 nor 其他."""
    for key in MANDATED:
        if document.sections[key].body:
            continue
        section = SECTIONS[key]
        sentence = f"第{section.numeral}部分「{section.title}」还没有正文。{_WHERE_NOTHING_HAPPENED.get(key, '')}"
        yield Problem(key, sentence, "body")


@rule(Severity.ERROR, holds_for_backfill=False)
def key_figures_are_filled_in(document: Document, context: Context):
    """WHY: without these four no two schools can be compared, and a blank is not a zero."""
    sections = document.sections
    asked = (
        (SectionKey.ON_REQUEST, sections.on_request.figures.received, "total-received", "本期新收的信息公开申请"),
        (SectionKey.COMPLAINTS, sections.complaints.figures.reports, "reports", "收到的举报"),
        (SectionKey.COMPLAINTS, sections.complaints.figures.reconsiderations, "reconsiderations", "行政复议"),
        (SectionKey.COMPLAINTS, sections.complaints.figures.lawsuits, "lawsuits", "行政诉讼"),
    )
    for key, value, name, words in asked:
        if value is None:
            yield Problem(key, f"还没有填写{words}的件数。没有发生请填 0。", name)


@rule(Severity.WARNING, holds_for_backfill=False)
def comparable_figures_are_filled_in(document: Document, context: Context):
    """WHY: the count of what was published and the satisfaction are what readers look for first."""
    proactive = document.sections.proactive.figures
    if proactive.total is None and not proactive.channels:
        yield Problem(SectionKey.PROACTIVE, "没有填写主动公开信息的数量，读者将无法与其他学校比较。", "total")
    evaluation = document.sections.evaluation.figures
    if evaluation.satisfaction_percent is None:
        yield Problem(SectionKey.EVALUATION, "没有填写满意率。没有做过调查的，请选「不适用」。", "satisfaction_percent")


@rule(Severity.ERROR, holds_for_backfill=False)
def mandated_contacts_are_named(document: Document, context: Context):
    """WHY: the annex asks for three people; readers need at least a name, a position and an office phone."""
    for role in MANDATED_CONTACTS:
        index, person = next(((i, one) for i, one in enumerate(document.contacts) if one.role == role), (None, None))
        if person is None or person.is_empty:
            yield Problem(SectionKey.CONTACTS, f"联系方式附件里还没有填写{role.label}。", _field(index, "name"))
            continue
        for name, words in (("name", "姓名"), ("position", "职务"), ("office_phone", "办公电话")):
            if not getattr(person, name):
                yield Problem(SectionKey.CONTACTS, f"{role.label}的{words}还没有填写。", _field(index, name))


def _field(index: int | None, name: str) -> str:
    return "" if index is None else f"people-{index}-{name}"


def oversized(document: Document) -> Iterator[Problem]:
    """The texts that are too long, or made of too many pieces, to be set as a PDF while somebody waits."""
    texts = [(SectionKey.HEAD, "引言", document.preamble, "preamble")]
    texts += [(key, "正文", document.sections[key].body, "body") for key in MANDATED]
    for key, words, html, name in texts:
        length = len(to_text(html))
        pieces = html.count("<") - html.count("</")
        if length > LONGEST_TEXT:
            yield Problem(key, f"{words}有 {length} 字，最多 {LONGEST_TEXT} 字。请精简，附件材料可以改为链接。", name)
        elif pieces > MOST_PIECES:
            yield Problem(
                key,
                f"{words}的段落、列表项、单元格等共有 {pieces} 个，最多 {MOST_PIECES} 个。请精简，附件材料可以改为链接。",
                name,
            )


@rule(Severity.ERROR)
def texts_can_be_set(document: Document, context: Context):
    """WHY: the longest real text has 2,000 characters; a pasted appendix of a hundred pages holds up every PDF."""
    yield from oversized(document)


@rule(Severity.ERROR)
def everything_typed_is_readable(document: Document, context: Context):
    """WHY: 「近2000条」 in a field for a number is kept while it is a draft, but cannot be published as a figure."""
    for key, fields in context.unparsed.items():
        for name, words in fields.items():
            yield Problem(key, f"填写的「{words[:40]}」不能识别，请改成要求的格式。", name)

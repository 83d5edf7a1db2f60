"""Rules on what was taken over from an earlier report."""

from collections.abc import Iterator

from disclosure.checks.base import Context, Problem, rule
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey, Severity
from disclosure.report.sections import SECTIONS
from disclosure.richtext.placeholders import BLANK, count


def blanks_in(document: Document) -> Iterator[tuple[SectionKey, str, str, int]]:
    """Where blanks are left: part, field, what the field is called, how many."""
    head = SectionKey.HEAD
    texts = [
        (head, "title", "报告标题", document.title),
        (head, "label", "报告年度", document.label),
        (head, "addressee", "主送机关", document.addressee),
        (head, "preamble", "引言", document.preamble),
        (head, "signature_organisation", "落款单位", document.signature.organisation),
    ]
    for key in MANDATED:
        section = document.sections[key]
        texts += [(key, "heading", "标题", section.heading), (key, "body", "正文", section.body)]
    for index, one in enumerate(document.sections.overview.figures.rules):
        words = f"第{index + 1}项制度"
        texts.append((SectionKey.OVERVIEW, f"rules-{index}-name", words, f"{one.name}{one.number}"))
    for index, channel in enumerate(document.sections.proactive.figures.channels):
        texts.append((SectionKey.PROACTIVE, f"channels-{index}-name", f"第{index + 1}个渠道的名称", channel.name))
    proactive = document.sections.proactive.figures
    texts.append((SectionKey.PROACTIVE, "total_reason", "总数不一致的原因", proactive.total_reason))
    texts.append((SectionKey.EVALUATION, "methods", "评议方式", "".join(document.sections.evaluation.figures.methods)))
    for index, person in enumerate(document.contacts):
        said = f"{person.name}{person.position}{person.office_phone}{person.mobile}{person.email}"
        texts.append((SectionKey.CONTACTS, f"people-{index}-name", str(person.role.label), said))
    yield from ((key, name, words, count(text)) for key, name, words, text in texts if count(text))


def _part(key: SectionKey) -> str:
    section = SECTIONS[key]
    return f"第{section.numeral}部分「{section.title}」" if section.numeral else f"「{section.title}」"


@rule(
    Severity.ERROR,
    title="没有留下待填的空白",
    why="沿用上年文字时，数字处留有空白，不能带着空白公开。",
    source="本系统的沿用功能",
    is_fixed=True,
)
def no_blank_is_left(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: text taken over from last year has blanks where its figures stood; a report may not be published with them."""
    for key, name, words, number in blanks_in(document):
        yield Problem(
            key,
            f"{_part(key)}的{words}里还有 {number} 处{BLANK}，请改成今年的内容；不需要的，请连同前后文字删去。",
            name,
        )


@rule(
    Severity.ERROR,
    title="沿用的内容已经核对",
    why="照抄上年而未看一遍，年份、机构都可能是旧的。",
    source="本系统的沿用功能",
    holds_for_backfill=False,
)
def carried_text_was_looked_through(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: reports repeat last year's sentences unread: 「2022年」 in a report on 2023, offices that no longer exist.

    Where blanks are left, filling them in is the work on the part, and the rule above asks for that already.
    """
    with_blanks = {key for key, _, _, _ in blanks_in(document)}
    for key, year in context.carried.items():
        if key not in with_blanks:
            yield Problem(
                key,
                f"{_part(key)}沿用了{year}年报告的文字，还没有更新。请修改；不用改的，打开这一部分，"
                "点「内容仍然适用，确认」。",
            )

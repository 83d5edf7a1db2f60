"""Rules on personal data in what will be public."""

from collections.abc import Iterator

from disclosure import privacy
from disclosure.checks.base import Context, Problem, rule
from disclosure.document import Document
from disclosure.enums import MANDATED, SectionKey, Severity


@rule(Severity.WARNING)
def texts_hold_no_personal_data(document: Document, context: Context):
    """WHY: mobiles, ID numbers and private mail slip into texts; the law forbids publishing them (PIPL Art. 25)."""
    texts = [(SectionKey.HEAD, document.preamble, "preamble")]
    texts += [(key, document.sections[key].body, "body") for key in MANDATED]
    for key, html, name in texts:
        for datum in privacy.find_in_html(html):
            yield Problem(key, f"正文里有{datum.kind}「{datum.masked}」。公开时会这样遮盖；建议直接删去。", name)


@rule(Severity.WARNING)
def lines_hold_no_personal_data(document: Document, context: Context):
    """WHY: what will be masked in a title or in the name of a rule is better mended by who wrote it."""
    for key, name, words, line in _lines(document):
        for datum in privacy.find(line):
            yield Problem(key, f"{words}里有{datum.kind}「{datum.masked}」。公开时会这样遮盖；建议直接删去。", name)
    for index, one in enumerate(document.sections.overview.figures.rules):
        if privacy.find_in_address(one.url):
            yield Problem(
                SectionKey.OVERVIEW,
                f"第{index + 1}项制度的链接含有个人信息，不会公开。请换一个链接。",
                f"rules-{index}-url",
            )


def _lines(document: Document) -> Iterator[tuple[SectionKey, str, str, str]]:
    """The single lines that become public: part, field, what it is called, what it says."""
    sections = document.sections
    yield SectionKey.HEAD, "title", "报告标题", document.title
    yield SectionKey.HEAD, "addressee", "主送机关", document.addressee
    yield SectionKey.HEAD, "signature_organisation", "落款单位", document.signature.organisation
    for key in MANDATED:
        yield key, "heading", "标题", sections[key].heading
    for index, one in enumerate(sections.overview.figures.rules):
        yield SectionKey.OVERVIEW, f"rules-{index}-name", f"第{index + 1}项制度的名称", one.name
        yield SectionKey.OVERVIEW, f"rules-{index}-number", f"第{index + 1}项制度的文号", one.number
    for index, channel in enumerate(sections.proactive.figures.channels):
        yield SectionKey.PROACTIVE, f"channels-{index}-name", f"第{index + 1}个渠道的名称", channel.name
    yield SectionKey.PROACTIVE, "total_reason", "总数不一致的原因", sections.proactive.figures.total_reason
    yield SectionKey.EVALUATION, "methods", "评议方式", "、".join(sections.evaluation.figures.methods)
    for index, person in enumerate(document.contacts):
        yield SectionKey.CONTACTS, f"people-{index}-name", f"{person.role.label}的姓名", person.name
        yield SectionKey.CONTACTS, f"people-{index}-position", f"{person.role.label}的职务", person.position


@rule(Severity.WARNING)
def office_phones_are_no_mobiles(document: Document, context: Context):
    """WHY: the office phone is public, so a mobile typed there would be withheld and leave no number at all."""
    for index, person in enumerate(document.contacts):
        if privacy.is_mobile(person.office_phone):
            yield Problem(
                SectionKey.CONTACTS,
                f"{person.role.label}的办公电话填的是手机号码，不会公开。请填办公室座机，手机填在「移动电话」。",
                f"people-{index}-office_phone",
            )

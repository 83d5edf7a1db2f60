"""Rules on personal data in what will be public."""

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
def office_phones_are_no_mobiles(document: Document, context: Context):
    """WHY: the office phone is public, so a mobile typed there would be withheld and leave no number at all."""
    for index, person in enumerate(document.contacts):
        if privacy.is_mobile(person.office_phone):
            yield Problem(
                SectionKey.CONTACTS,
                f"{person.role.label}的办公电话填的是手机号码，不会公开。请填办公室座机，手机填在「移动电话」。",
                f"people-{index}-office_phone",
            )

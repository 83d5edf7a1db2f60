"""Taking the fix that a finding offers: shown first, then applied. Pure: a document in, a document out."""

from disclosure.checks.base import Finding
from disclosure.checks.texts import Text, everything
from disclosure.document import Document
from disclosure.enums import SectionKey
from disclosure.textdiff import Fold, Paragraph, Piece, compare_html, compare_line


def text_of(document: Document, section: SectionKey, field: str) -> Text:
    """The text that a finding is about. Raises ``KeyError`` where the field is none."""
    for text in everything(document):
        if (text.section, text.field) == (section, field):
            return text
    raise KeyError(f"{section}.{field}")


def new_value(document: Document, finding: Finding) -> str:
    """What the field would hold after the fix. Raises ``texts.Outdated`` where the text has changed since."""
    return text_of(document, finding.section, finding.field).edited(finding.fix.edits)


def preview(document: Document, finding: Finding) -> tuple[Paragraph | Fold, ...] | tuple[Piece, ...]:
    """The fix before it is taken, as the change it would make: paragraphs of running text, pieces of a line."""
    text = text_of(document, finding.section, finding.field)
    new = text.edited(finding.fix.edits)
    return compare_html(text.value, new) if text.is_html else compare_line(text.value, new)


def fixed(document: Document, finding: Finding) -> Document:
    """``document`` with the fix taken."""
    data = document.to_json()
    holder, key = _holder(data, finding.section, finding.field)
    holder[key] = new_value(document, finding)
    return Document.model_validate(data)


def _holder(data: dict, section: SectionKey, field: str) -> tuple[dict, str]:
    """The object of the interchange form that holds ``field``, and its key there."""
    if section is SectionKey.HEAD:
        return (data["signature"], "organisation") if field == "signature_organisation" else (data, field)
    list_name, _, rest = field.partition("-")
    if section is SectionKey.CONTACTS:
        index, _, key = rest.partition("-")
        return data["contacts"][int(index)], key
    section_data = data["sections"][section.value]
    if field in ("heading", "body"):
        return section_data, field
    if not rest:
        return section_data["figures"], field
    index, _, key = rest.partition("-")
    return section_data["figures"][list_name][int(index)], key

"""Our own Word file come back: its styles say what each block is, and nothing is guessed.

What goes out as Word must come in again without loss, whatever a heading says. The styles are those of
``publishing.rendering``'s Word form.
"""

from collections.abc import Iterator, Sequence

from disclosure.importing.blocks import AnyBlock, Paragraph, Table
from disclosure.importing.classify.contacts import is_contacts_table
from disclosure.importing.classify.layout import list_html, table_html
from disclosure.importing.classify.splitting import trimmed
from disclosure.importing.extract import is_figures_table
from disclosure.importing.proposal import BlockRole, ProposedBlock
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.richtext import clean, to_text

HEADING, DEFAULT_HEADING = "Heading 1", "Heading 1 Default"
_MARKS = frozenset({"Report Text", "Absent", "Annex Label", "Annex Note", "Table Text", "Table Note"})
_MARK = "disclosure:"
_HEAD = {
    "Title": BlockRole.TITLE,
    "Salutation": BlockRole.ADDRESSEE,
    "Signature": BlockRole.ORGANISATION,
    "Date": BlockRole.DATE,
}
_LEFT_OUT = {
    "Absent": "本部分在原报告中没有。",
    "Table Note": "表格下面的注由平台写出，不导入。",
    "Annex Note": "附件说明不导入。",
    "Annex Label": "附件标记不导入。",
    "Annex Title": "附件标题不导入。",
}
_TAGS = {"Heading 2": "h3", "Heading 3": "h4"}


def is_ours(blocks: Sequence[AnyBlock]) -> bool:
    """Whether a file was written by this portal: seven headings in our styles, and a style only we have."""
    count, marked = 0, False
    for block in blocks:
        if isinstance(block, Paragraph):
            count += block.style in (HEADING, DEFAULT_HEADING)
            marked = marked or block.style in _MARKS
        else:
            marked = marked or block.style == "Report Table" or block.description.startswith(_MARK)
    return marked and count == len(MANDATED)


def place_ours(blocks: Sequence[AnyBlock]) -> list[ProposedBlock]:
    """The blocks of a file of ours, each where its style says."""
    return list(_place(blocks))


def _place(blocks: Sequence[AnyBlock]) -> Iterator[ProposedBlock]:
    keys = iter(MANDATED)
    place = SectionKey.HEAD
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Table):
            yield _table(block, place, "")
        elif block.style == "Caption" and index + 1 < len(blocks) and isinstance(captioned := blocks[index + 1], Table):
            index += 1
            yield _table(captioned, place, block.text.replace("\n", " "))
        elif block.style in (HEADING, DEFAULT_HEADING):
            place = next(keys)
            if block.style == HEADING:
                yield _block(block, "h3", BlockRole.HEADING, place)
            else:
                yield _block(block, "h3", BlockRole.LEFT_OUT, None, "学校没有为这一部分写标题，用的是规定的标题。")
        elif block.list_kind:
            items = [block]
            while index + 1 < len(blocks) and isinstance(item := blocks[index + 1], Paragraph) and item.list_kind:
                items.append(item)
                index += 1
            yield _made(list_html(items), _role_in(place), place)
        elif block.origin == "header" or block.style in _LEFT_OUT:
            if block.style == "Annex Title":
                place = SectionKey.CONTACTS
            reason = _LEFT_OUT.get(block.style, "页眉、页脚不导入。")
            yield _block(block, "p", BlockRole.LEFT_OUT, None, reason)
        elif block.style in _HEAD:
            yield _block(block, "p", _HEAD[block.style], SectionKey.HEAD)
        else:
            yield _block(block, _TAGS.get(block.style, "p"), _role_in(place), place)
        index += 1


def _role_in(place: SectionKey) -> BlockRole:
    if place is SectionKey.HEAD:
        return BlockRole.PREAMBLE
    return BlockRole.CONTACTS if place is SectionKey.CONTACTS else BlockRole.TEXT


def _table(table: Table, place: SectionKey, caption: str) -> ProposedBlock:
    html = table_html(table, caption)
    if table.description == f"{_MARK}contacts" or (place is SectionKey.CONTACTS and is_contacts_table(html)):
        return _made(html, BlockRole.CONTACTS, SectionKey.CONTACTS)
    return _made(html, BlockRole.FIGURES if is_figures_table(html) else _role_in(place), place)


def _block(
    paragraph: Paragraph, tag: str, role: BlockRole, place: SectionKey | None, reason: str = ""
) -> ProposedBlock:
    return _made(f"<{tag}>{trimmed(paragraph.html)}</{tag}>", role, place, reason)


def _made(html: str, role: BlockRole, place: SectionKey | None, reason: str = "") -> ProposedBlock:
    html = clean(html)
    return ProposedBlock(html=html, text=to_text(html).strip(), role=role, place=place, reason=reason, is_ours=True)

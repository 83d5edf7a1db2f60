"""A report taken apart: blocks of a file → a proposal of where each belongs. Pure; reads neither database nor settings.

Runs in the process that reads hostile files, so it is linear in the length of the text and imports little.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from disclosure.chinese import dates
from disclosure.chinese.enumeration import Form, compact
from disclosure.importing.blocks import Source, Table
from disclosure.importing.classify import head, headings
from disclosure.importing.classify.contacts import (
    does_not_fit,
    find_contacts,
    is_contacts_line,
    is_contacts_table,
)
from disclosure.importing.classify.layout import is_drawn_list, list_html, table_html
from disclosure.importing.classify.naming import is_title_of_a_table, name, names_contacts, names_items
from disclosure.importing.classify.own import is_ours, place_ours
from disclosure.importing.classify.splitting import Line, Look, at_offset, lines_of
from disclosure.importing.extract import find_figures, is_figures_table
from disclosure.importing.proposal import BlockRole, Proposal, ProposedBlock
from disclosure.report.enums import SectionKey
from disclosure.richtext import clean, to_text

_ANNEX_MARKS = ("附件", "附表", "附录", "附:")


def propose(source: Source) -> Proposal:
    """Where each block of ``source`` belongs, and what the head, the annex and the figures say.

    Every word of the source is in exactly one block, in the order of the source; what would not be imported is there
    too, with role ``LEFT_OUT``.
    """
    if is_ours(source.blocks):
        blocks = place_ours(source.blocks)
    else:
        lines = _cut_signature(headings.split_run_in(lines_of(source.blocks, headings.names_a_section)))
        blocks = _blocks(_place(lines))
    return refresh(Proposal(blocks=tuple(blocks), notices=source.notices))


def refresh(proposal: Proposal) -> Proposal:
    """The proposal with all that follows from its blocks found anew: head, period, contacts, figures."""
    blocks = proposal.blocks
    facts = head.facts_of(blocks)
    contacts = find_contacts(blocks)
    period = head.period_of(blocks, facts)
    year = facts.year or (period.period.end.year if period and period.period.end else None)
    notices = [notice for notice in proposal.notices if not notice.startswith(_NOT_HELD)]
    missing = does_not_fit(blocks, contacts)
    if missing:
        notices.append(f"{_NOT_HELD}{'、'.join(missing[:10])}。请核对。")
    return proposal.model_copy(
        update={
            "year": year,
            "label": facts.label,
            "school": facts.school,
            "period": period,
            "contacts": contacts,
            # A file of ours that has no figures says that there are none, whatever its text tells.
            "figures": find_figures(blocks, tables_only=any(block.is_ours for block in blocks)),
            "notices": tuple(notices),
        }
    )


_NOT_HELD = "联系方式中有号码或邮箱未能归入："


# --- where each line belongs ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """A line with its part, its role there and its tag in running text."""

    line: Line
    role: BlockRole
    place: SectionKey | None = None
    tag: str = "p"
    reason: str = ""
    is_certain: bool = True


def _left_out(line: Line, reason: str, is_certain: bool = True) -> Placed:
    return Placed(line, BlockRole.LEFT_OUT, None, "p", reason, is_certain)


def _place(lines: Sequence[Line]) -> list[Placed]:
    """Where each line belongs."""
    apart: dict[int, Placed] = {}
    for index in head.table_of_contents(lines):
        apart[index] = _left_out(lines[index], "目录不导入。")
    for index, line in enumerate(lines):
        if line.paragraph and line.paragraph.origin == "header":
            apart[index] = _left_out(line, "页眉、页脚不导入。")
        elif line.paragraph and head.is_page_number(line.plain):
            apart[index] = _left_out(line, "页码不导入。")
    kept = [index for index in range(len(lines)) if index not in apart]
    for index, placed in zip(kept, _place_kept([lines[index] for index in kept]), strict=True):
        apart[index] = placed
    return [apart[index] for index in range(len(lines))]


def _place_kept(lines: list[Line]) -> list[Placed]:
    found = headings.find(lines)
    if not found:
        return _place_without_headings(lines)
    first, last = found[0].line, found[-1].line
    placed = _place_above(lines[:first])
    school = compact(_school_of(placed))
    end = _annex_start(lines, last + 1)
    top = lines[first].numbered.form
    body = headings.body_look(lines)
    for order, heading in enumerate(found):
        stop = found[order + 1].line if order + 1 < len(found) else end
        placed += _place_section(lines[heading.line : stop], heading, found, order, top, body)
    tail_start = last + 1
    placed[tail_start:end] = _place_tail(placed[tail_start:end], school)
    placed += _place_annexes(lines[end:], found[-1].key, body)
    if BlockRole.DATE not in {one.role for one in placed}:
        placed = _date_under_title(_signature_behind_annexes(placed, end, school))
    return placed


def _date_under_title(placed: list[Placed]) -> list[Placed]:
    """Where no date stands at the end, the one below the title is the report's."""
    if BlockRole.DATE in {one.role for one in placed}:
        return placed
    return [
        Placed(one.line, BlockRole.DATE, SectionKey.HEAD, "p", "标题下的日期，文末没有落款日期。", False)
        if one.reason == head.UNDER_TITLE and dates.is_day_alone(one.line.text)
        else one
        for one in placed
    ]


def _place_above(lines: Sequence[Line]) -> list[Placed]:
    return [
        Placed(
            line,
            one.role,
            None if one.role is BlockRole.LEFT_OUT else SectionKey.HEAD,
            "p",
            one.reason,
            one.is_certain,
        )
        for line, one in zip(lines, head.place_head(lines), strict=True)
    ]


def _school_of(placed: Sequence[Placed]) -> str:
    title = "".join(one.line.text for one in placed if one.role is BlockRole.TITLE)
    return head.school_in(title)


def _place_without_headings(lines: list[Line]) -> list[Placed]:
    """A text in which no section can be told: all of it in the first, for the author to move."""
    end = next((index for index, line in enumerate(lines) if line.paragraph and len(line.plain) > 40), len(lines))
    above = head.place_head(lines[:end])
    titled = max((index for index, one in enumerate(above) if one.role in _ABOVE), default=-1) + 1
    placed = _place_above(lines[:titled])
    annex = _annex_start(lines, titled)
    reason = "没有认出各部分的标题，请逐段选择所属部分。"
    body = [_text(line, SectionKey.OVERVIEW, "p", reason, is_certain=False) for line in lines[titled:annex]]
    placed += _place_tail(body, compact(_school_of(placed)))
    return placed + _place_annexes(lines[annex:], SectionKey.OVERVIEW, headings.body_look(lines))


_ABOVE = (BlockRole.TITLE, BlockRole.ADDRESSEE)


def _text(line: Line, key: SectionKey, tag: str, reason: str = "", is_certain: bool = True) -> Placed:
    if line.table:
        html = table_html(line.table)
        if is_contacts_table(html):
            return Placed(line, BlockRole.CONTACTS, SectionKey.CONTACTS, "", "列有姓名和电话的表格。")
        if is_figures_table(_with_caption(line.table)):
            return Placed(line, BlockRole.FIGURES, key, "", reason, is_certain)
        return Placed(line, BlockRole.TEXT, key, "", reason, is_certain)
    return Placed(line, BlockRole.TEXT, key, tag, reason, is_certain)


def _with_caption(table: Table) -> str:
    return table_html(table, table.description if not table.description.startswith("disclosure:") else "")


def _place_section(
    lines: Sequence[Line],
    heading: headings.Heading,
    found: Sequence[headings.Heading],
    order: int,
    top: Form,
    body: Look,
) -> list[Placed]:
    """One section with its heading, the first of ``lines``."""
    first, rest = lines[0], lines[1:]
    key = heading.key
    tags = headings.tags(rest, top if not _is_inner(found, lines, top) else first.numbered.form, body)
    reason, is_certain = "", True
    if heading.is_container:
        placed = [_left_out(first, heading.reason, is_certain=True)]
        # Text between a heading that holds others and the first of them.
        reason, is_certain = "位于总标题之下、各部分之前。", False
    elif not heading.is_own:
        key = found[order - 1].key
        placed = [Placed(first, BlockRole.TEXT, key, "h3", heading.reason, False)]
    else:
        placed = [Placed(first, BlockRole.HEADING, key, "h3", heading.reason, heading.is_certain)]
    return placed + [_text(line, key, tag, reason, is_certain) for line, tag in zip(rest, tags, strict=True)]


def _is_inner(found: Sequence[headings.Heading], lines: Sequence[Line], top: Form) -> bool:
    """Whether a section's heading stands one level below the others, within one that holds several."""
    return lines[0].numbered.form is not top and any(one.is_container for one in found)


# --- the end ----------------------------------------------------------------------------------------------------------


def _place_tail(placed: Sequence[Placed], school: str) -> list[Placed]:
    """The last section with what is no text of it: the closing formula, the annex note, the signature."""
    result = list(placed)
    for index in range(len(result)):
        line = result[index].line
        if line.paragraph is None or result[index].role is not BlockRole.TEXT:
            continue
        if head.is_closing(line.plain):
            result[index] = _left_out(line, "公文结束语不导入。")
        elif head.is_junk(line.plain) and index > len(result) - 20:
            result[index] = _left_out(line, "网页上的信息，不属于报告。")
        elif is_contacts_line(line.text):
            result[index] = Placed(
                line, BlockRole.CONTACTS, SectionKey.CONTACTS, "p", "写有联系人和电话的文字。", is_certain=False
            )
    for index in _annex_note([one.line for one in result]):
        result[index] = _left_out(result[index].line, "附件说明不导入，附件的内容另行归入。")
    # The rest of the line that was the last section's heading never belongs to the signature.
    open_ = [index for index, one in enumerate(result) if one.role is BlockRole.TEXT]
    signature = head.find_signature([result[index].line for index in open_], school)
    for at, role in signature.items():
        result[open_[at]] = Placed(result[open_[at]].line, role, SectionKey.HEAD, "p", "位于文末的落款。")
    if signature:
        behind = open_[max(signature)]
        for index in range(behind + 1, len(result)):
            if result[index].role is BlockRole.TEXT and result[index].line.paragraph and result[index].place:
                result[index] = replace(result[index], reason="位于落款之后，请核对。", is_certain=False)
    return result


def _signature_behind_annexes(placed: list[Placed], end: int, school: str) -> list[Placed]:
    """The signature where it stands behind the annexes."""
    open_ = [
        index
        for index in range(end, len(placed))
        if placed[index].line.paragraph and not head.is_closing(placed[index].line.plain)
    ][-4:]
    if not any(dates.is_day_alone(placed[index].line.text) for index in open_):
        return placed
    result = list(placed)
    for at, role in head.find_signature([placed[index].line for index in open_], school).items():
        result[open_[at]] = Placed(placed[open_[at]].line, role, SectionKey.HEAD, "p", "位于文末的落款。")
    return result


def _is_annex_label(line: Line) -> bool:
    """「附件」, 「附件1：」, or 「附件2 信息公开工作联系方式」 as a line of its own."""
    if line.paragraph is None or len(line.plain) > 50:
        return False
    # 「八、附表」 is one too.
    plain = line.numbered.rest or line.plain
    return plain.startswith(_ANNEX_MARKS) and plain[-1:] not in "。;,"


def _annex_note(lines: Sequence[Line]) -> list[int]:
    """The note 「附件：1.…… 2.……」 above or below the signature, over several lines."""
    found = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if (
            line.paragraph
            and line.plain.startswith(("附件:", "附件1", "附件一", "附:", "附表:", "附录:"))
            and len(line.plain) <= 80
        ):
            found.append(index)
            while (
                index + 1 < len(lines)
                and lines[index + 1].paragraph
                and lines[index + 1].numbered.form in (Form.ARABIC, Form.HAN, Form.PAREN_ARABIC, Form.PAREN_HAN)
                and len(lines[index + 1].plain) <= 60
                and lines[index + 1].plain[-1:] != "。"
            ):
                index += 1
                found.append(index)
        index += 1
    return found


def _annex_start(lines: Sequence[Line], start: int) -> int:
    """Where the annexes begin: at a line 「附件1」 that no signature follows, or the title of the contacts."""
    last_day = max(
        (
            index
            for index in range(start, len(lines))
            if lines[index].paragraph and dates.is_day_alone(lines[index].text)
        ),
        default=-1,
    )
    labels = [index for index in range(start, len(lines)) if _is_annex_label(lines[index])]
    last_bare = max((index for index in labels if _is_bare_label(lines[index])), default=-1)
    for index in range(start, len(lines)):
        line = lines[index]
        if line.paragraph is None:
            continue
        if _is_annex_label(line):
            is_bare, followed = _is_bare_label(line), index + 1 < len(lines)
            # With a name it may be the note of an annex whose own label comes further down.
            is_note = not is_bare and (index < last_bare or _is_last_note(lines, index))
            if index > last_day and followed and not is_note:
                return index
            if is_bare and line.paragraph.page_break_before:
                return index
        elif index + 1 < len(lines) and _is_annex_title(line, is_last=-1 < last_day < index):
            behind = lines[index + 1]
            if behind.table or is_contacts_line(behind.text):
                return index
    return len(lines)


def _is_last_note(lines: Sequence[Line], index: int) -> bool:
    """Whether nothing but a few short lines follows a label with a name: its annex came as another file."""
    behind = lines[index + 1 : index + 12]
    return len(behind) < 11 and all(line.paragraph and len(line.plain) <= 40 for line in behind)


def _is_bare_label(line: Line) -> bool:
    """Whether a line is 「附件1：」 and names nothing."""
    return len(line.plain.strip(":")) <= 5


def _is_annex_title(line: Line, is_last: bool) -> bool:
    """Whether a line may be the title of an annex without a label; ``is_last``: it stands below the signature."""
    plain = line.plain
    if line.paragraph is None or len(plain) > 40 or plain[-1:] in "。;,:":
        return False
    return (
        is_last or names_contacts(plain) or (is_title_of_a_table(plain) and (line.look.centred or names_items(plain)))
    )


# --- the annexes ------------------------------------------------------------------------------------------------------


def _place_annexes(lines: Sequence[Line], last: SectionKey, body: Look) -> list[Placed]:
    """The annexes: contacts to their part, the items to proactive disclosure, tables of a section to that section."""
    placed: list[Placed] = []
    key, reason, certain, named = SectionKey.OTHER, "附件没有对应的部分，暂归入这里。", False, False
    for line in lines:
        if line.table:
            placed.append(_text(line, key, "", reason, certain))
            continue
        if head.is_junk(line.plain) or head.is_closing(line.plain):
            reason_out = "公文结束语、版记或网页上的信息，不导入。"
            placed.append(_left_out(line, reason_out))
            continue
        words = line.plain
        if _is_annex_label(line):
            key, reason, certain, named = SectionKey.OTHER, "附件没有对应的部分，暂归入这里。", False, False
            words = line.numbered.rest.split(":", 1)[-1] if ":" in words else words
            words = words.lstrip("附件表录:0123456789一二三四五六七八九十.、")
            if not words:
                placed.append(_left_out(line, "附件标记不导入。"))
                continue
        if not named and len(words) <= 60 and words[-1:] not in "。;":
            named = True
            if names_contacts(words):
                key, reason, certain = SectionKey.CONTACTS, "联系方式附件。", True
                placed.append(_left_out(line, "附件标题不导入，联系方式归入附件部分。"))
                continue
            found = name(words)
            if names_items(words) and found.key in (None, SectionKey.PROACTIVE):
                key, certain = SectionKey.PROACTIVE, False
                reason = "清单事项公开情况没有单独的部分，归入主动公开情况。"
            elif found.key:
                key, reason, certain = found.key, "按附件标题归入。", False
            placed.append(Placed(line, BlockRole.TEXT, key, "h3", reason, False))
            continue
        if key is SectionKey.CONTACTS or is_contacts_line(line.text):
            role = BlockRole.CONTACTS
            placed.append(Placed(line, role, SectionKey.CONTACTS, "p", "联系方式附件。", certain))
            continue
        placed.append(_text(line, key, "p", reason, certain))
    return placed


# --- lines into blocks ------------------------------------------------------------------------------------------------


def _cut_signature(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with a last line cut in two that holds the school's name and the date."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        at = head.signature_with_date(line.text) if line.paragraph and index > len(lines) - 30 else None
        if at is None:
            out.append(line)
        else:
            before, behind = at_offset(line.html, at)
            out += [replace(line, html=before.rstrip(), is_cut=True), replace(line, html=behind, is_cut=True)]
    return out


def _blocks(placed: Sequence[Placed]) -> list[ProposedBlock]:
    """The placed lines as blocks; the items of one drawn list are one block, a caption goes into its table."""
    blocks: list[ProposedBlock] = []
    index = 0
    while index < len(placed):
        one = placed[index]
        run = _run_of_items(placed, index)
        if run:
            html = list_html([item.line.paragraph for item in placed[index : index + run] if item.line.paragraph])
            blocks.append(_block(one, html))
            index += run
            continue
        captioned = placed[index + 1] if _is_caption(placed, index) else None
        if captioned and captioned.line.table:
            html = table_html(captioned.line.table, one.line.text.replace("\n", " "))
            role = BlockRole.FIGURES if is_figures_table(html) else captioned.role
            blocks.append(_block(replace(captioned, role=role), html))
            index += 2
            continue
        blocks.append(_block(one, table_html(one.line.table) if one.line.table else _tagged(one)))
        index += 1
    # A line of control characters alone says nothing.
    return [block for block in blocks if block.html]


def _run_of_items(placed: Sequence[Placed], index: int) -> int:
    """How many lines from ``index`` are the items of one drawn list; 0 where it is none.

    A generated number that is among the words stays text: a list that text interrupts would begin anew at 1.
    """
    first = placed[index]
    end = index
    while (
        end < len(placed)
        and placed[end].role is BlockRole.TEXT
        and placed[end].tag == ""
        and placed[end].place is first.place
        and is_drawn_list(placed[end].line)
        and not placed[end].line.is_cut
    ):
        end += 1
    return end - index


def _is_caption(placed: Sequence[Placed], index: int) -> bool:
    one = placed[index]
    if one.line.paragraph is None or index + 1 >= len(placed) or placed[index + 1].line.table is None:
        return False
    style = one.line.paragraph.style.lower()
    return style in ("caption", "题注") and one.role is BlockRole.TEXT and placed[index + 1].place is one.place


def _tagged(one: Placed) -> str:
    tag = one.tag or "p"
    html = one.line.html
    if tag != "p" and html.startswith("<strong>") and html.endswith("</strong>") and html.count("<strong>") == 1:
        html = html[len("<strong>") : -len("</strong>")]  # a heading is set in its own face anyway
    return f"<{tag}>{html}</{tag}>"


def _block(one: Placed, html: str) -> ProposedBlock:
    html = clean(html)
    return ProposedBlock(
        html=html,
        text=to_text(html).strip(),
        role=one.role,
        place=one.place,
        reason=one.reason,
        is_certain=one.is_certain,
    )

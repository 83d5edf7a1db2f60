"""What a proposal would write: the parts of the report from its blocks, by their place and role."""

from collections.abc import Collection, Iterable
from typing import Any

from disclosure.chinese.enumeration import compact
from disclosure.importing.classify import head, refresh
from disclosure.importing.classify.regions import Region, province_of
from disclosure.importing.proposal import LISTS, BlockRole, Proposal, ProposedBlock, ProposedFigure
from disclosure.report.document import SCHEMA
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.richtext import clean

_HEADING_STOPS = "。：:；;，, 　"

# What a block may be in each part; the first is what it becomes where nobody says otherwise.
ROLES_OF: dict[SectionKey | None, tuple[BlockRole, ...]] = {
    None: (BlockRole.LEFT_OUT,),
    SectionKey.HEAD: (
        BlockRole.PREAMBLE,
        BlockRole.TITLE,
        BlockRole.ADDRESSEE,
        BlockRole.ORGANISATION,
        BlockRole.DATE,
    ),
    **dict.fromkeys(MANDATED, (BlockRole.TEXT, BlockRole.HEADING, BlockRole.FIGURES)),
    SectionKey.EXPERIENCE: (BlockRole.TEXT, BlockRole.HEADING),
    SectionKey.OTHER: (BlockRole.TEXT, BlockRole.HEADING),
    SectionKey.CONTACTS: (BlockRole.CONTACTS,),
}


def move(
    proposal: Proposal, indexes: Collection[int], place: SectionKey | None, role: BlockRole | None = None
) -> Proposal:
    """The proposal after a person has put the blocks at ``indexes`` into ``place`` as ``role``.

    Without ``role`` it is the usual one of the place. Head, contacts and figures are found anew. Raises ``ValueError``
    where the place has no such role, ``IndexError`` where there is no such block.
    """
    role = role or ROLES_OF[place][0]
    if role not in ROLES_OF[place]:
        raise ValueError(f"{place} has no {role}")
    blocks = list(proposal.blocks)
    for index in indexes:
        if not 0 <= index < len(blocks):
            raise IndexError(index)
        blocks[index] = blocks[index].model_copy(
            update={"place": place, "role": role, "moved": True, "is_certain": True, "reason": ""}
        )
    return refresh(proposal.model_copy(update={"blocks": tuple(blocks)}))


def compose(proposal: Proposal) -> dict[str, Any]:
    """The interchange form of what is proposed: only keys for which something is.

    Text is as long as it is in the source, also where a field of the report takes less.
    """
    blocks = proposal.blocks
    facts = head.facts_of(blocks)
    found: dict[str, Any] = {
        "title": facts.title,
        "label": proposal.label,
        "addressee": facts.addressee,
        "preamble": _html(block for block in blocks if block.role is BlockRole.PREAMBLE),
    }
    if proposal.period:
        found["period"] = proposal.period.period.model_dump(mode="json")
    sections = {}
    for key in MANDATED:
        section = _section(proposal, key)
        if section:
            sections[key.value] = section
    found["sections"] = sections
    found["contacts"] = [contact.model_dump(mode="json") for contact in proposal.contacts]
    signature = {"organisation": facts.organisation, "date": facts.signed.isoformat() if facts.signed else ""}
    found["signature"] = {name: value for name, value in signature.items() if value}
    return {name: value for name, value in found.items() if value}


def _section(proposal: Proposal, key: SectionKey) -> dict[str, Any]:
    here = [block for block in proposal.blocks if block.place is key]
    section = {
        "heading": " / ".join(_heading(block) for block in here if block.role is BlockRole.HEADING),
        "body": _html(block for block in here if block.role is BlockRole.TEXT),
        "figures": figures_of(figure for figure in proposal.figures if figure.section is key),
    }
    return {name: value for name, value in section.items() if value}


def _heading(block: ProposedBlock) -> str:
    """The words of a heading; a run-in one loses the stop that parts it from its text."""
    words = " ".join(block.text.split("\n")).strip()
    return words if block.is_ours else words.rstrip(_HEADING_STOPS)


def _html(blocks: Iterable[ProposedBlock]) -> str:
    return clean("".join(block.html for block in blocks))


def figures_of(figures: Iterable[ProposedFigure]) -> dict[str, Any]:
    """The figures of one section as the interchange form nests them; a later value of the same key goes last."""
    result: dict[str, Any] = {}
    for figure in figures:
        if figure.key in LISTS:
            result.setdefault(figure.key, []).append(figure.value)
            continue
        *path, name = figure.key.split(".")
        inside = result
        for step in path:
            inside = inside.setdefault(step, {})
        inside[name] = figure.value
    return result


def to_interchange(proposal: Proposal) -> dict[str, Any]:
    """The proposal in the whole interchange form ``disclosure-report/1``, as ``manage.py import_word`` prints it.

    What the file does not tell is empty or absent, and ``notes`` says what was assumed; so it need not be loadable as
    it is.
    """
    from schools.slugs import suggest_slug  # loads the models, which nothing else of an import needs

    composed = compose(proposal)
    province = province_of(proposal.school, _said(proposal))
    sections = composed.get("sections", {})
    empty = {"heading": "", "body": "", "figures": {}}
    return {
        "schema": SCHEMA,
        **({"province": province.head()} if province else {}),
        "school": {"slug": suggest_slug(proposal.school), "name": proposal.school},
        "year": proposal.year,
        "label": composed.get("label", ""),
        "period": composed.get("period", {"start": None, "end": None}),
        "title": composed.get("title", ""),
        "addressee": composed.get("addressee", ""),
        "preamble": composed.get("preamble", ""),
        "sections": {key.value: empty | sections.get(key.value, {}) for key in MANDATED},
        "contacts": composed.get("contacts", []),
        "signature": {"organisation": "", "date": None} | composed.get("signature", {}),
        "notes": "".join(_notes(proposal, province)),
    }


def _said(proposal: Proposal) -> str:
    """The words in which the province may be named: the head, and what speaks of its office."""
    return "\n".join(
        block.text for block in proposal.blocks if block.place is SectionKey.HEAD or block.role is BlockRole.LEFT_OUT
    )


def _notes(proposal: Proposal, province: Region | None) -> Iterable[str]:
    if not proposal.school:
        yield "没有认出学校名称。"
    if province is None:
        yield "没有认出所在省份。"
    if proposal.year is None:
        yield "没有认出报告年度。"
    if proposal.period and proposal.period.is_assumed:
        yield "文中没有写明统计期限，按学年推定。"
    for block in proposal.blocks:
        if block.role is BlockRole.LEFT_OUT:
            yield f"未导入：「{compact(block.text)[:40]}」（{block.reason}）"
    yield from proposal.notices

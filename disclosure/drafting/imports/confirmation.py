"""What the author sees of an import that is open, block by block, and what they change of it.

Nothing here touches the draft: moves and ticks are kept with the import until it is written.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from django.db import transaction

from disclosure.drafting.imports.intake import sound
from disclosure.drafting.imports.labels import label_of, value_of
from disclosure.importing import assemble
from disclosure.importing.proposal import LISTS, BlockRole, Proposal, ProposedBlock, ProposedFigure
from disclosure.models import Import, Report
from disclosure.report.enums import MANDATED, SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow import permissions
from disclosure.workflow.transitions import Refused
from schools.actor import Actor

OUTDATED = "这次导入在另一个窗口里改动过。下面是现在的样子，请再做一次刚才的改动。"
NOT_OPEN = "这次导入已经结束，没有再改动。"

# What is taken as a whole or not at all, besides blocks and figures.
TAKEN_WHOLE = ("period", "contacts")


class Broken(Exception):
    """What was sent is not what the page sends."""


# --- reading what is kept ---------------------------------------------------------------------------------------------


def proposal_of(one: Import) -> Proposal:
    """What is proposed, with the author's moves."""
    return Proposal.read(one.proposal)


def adopted(one: Import) -> Proposal:
    """What the author takes of the proposal: its blocks, and of figures, period and contacts what is ticked."""
    proposal = proposal_of(one)
    ticked = set(one.choices.get("figures", ()))
    return proposal.model_copy(
        update={
            "figures": tuple(figure for figure in proposal.figures if _name_of(figure) in ticked),
            "period": proposal.period if one.choices.get("period") else None,
            "contacts": proposal.contacts if one.choices.get("contacts") else (),
        }
    )


def _name_of(figure: ProposedFigure) -> str:
    """A figure's name in the form and among the choices, which the moving of other blocks does not change."""
    key, value = figure.key, json.dumps(figure.value, ensure_ascii=False, sort_keys=True)
    if key in ("total", "total_is_approximate"):
        # That the total is a round one goes with the total, which is ticked alone.
        key, value = "total", ""
    told = f"{figure.section}/{key}/{figure.block}/{value}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


# --- the places ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """One thing a block may become: ``value`` travels in the form."""

    value: str
    label: str


@dataclass(frozen=True)
class TargetGroup:
    """What a block may become within one part of the report."""

    label: str
    targets: tuple[Target, ...]


def _value(place: SectionKey | None, role: BlockRole) -> str:
    return f"{place or ''}:{role}"


def _title(place: SectionKey) -> str:
    section = SECTIONS[place]
    return f"{section.numeral}、{section.short_title}" if section.numeral else section.short_title


def _target(place: SectionKey | None, role: BlockRole) -> Target:
    if place is None:
        return Target(_value(place, role), "不导入")
    return Target(_value(place, role), f"{_title(place)}：{_SHORT_ROLES.get(role, role.label)}")


# As they fit a list beside the name of a part.
_SHORT_ROLES = {BlockRole.HEADING: "标题", BlockRole.FIGURES: "数据表，只取数字"}


def target_groups() -> tuple[TargetGroup, ...]:
    """Every place with the roles that a block may have there, and last to be left out."""
    groups = [
        TargetGroup(_title(key), tuple(_target(key, role) for role in assemble.ROLES_OF[key])) for key in SectionKey
    ]
    return (*groups, TargetGroup("不导入", (_target(None, BlockRole.LEFT_OUT),)))


def _places() -> dict[str, tuple[SectionKey | None, BlockRole]]:
    known = {_value(key, role): (key, role) for key in SectionKey for role in assemble.ROLES_OF[key]}
    return known | {_value(None, BlockRole.LEFT_OUT): (None, BlockRole.LEFT_OUT)}


# --- the page -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One value found for a figure, with the passage and the block it stands in; ``name`` travels in the form.

    ``marked`` is the passage as the HTML of its block has it, "" where it does not stand there in one piece.
    """

    name: str
    value: str
    sentence: str
    block: int
    is_ticked: bool
    marked: str


@dataclass(frozen=True)
class Question:
    """One figure of the report with what was found for it; with several values the author has to choose.

    ``place`` is where the passage goes from which it was read, ``section`` the part that has the figure.
    """

    number: int
    section: SectionKey
    place: SectionKey | None
    label: str
    options: tuple[Option, ...]

    @property
    def part(self) -> str:
        """The part that has the figure, where that is not the one its passage stands in, else ""."""
        return "" if self.section == self.place else SECTIONS[self.section].short_title

    @property
    def is_conflict(self) -> bool:
        return len(self.options) > 1

    @property
    def is_answered(self) -> bool:
        return any(option.is_ticked for option in self.options)


@dataclass(frozen=True)
class Row:
    """One block of the source with what becomes of it.

    ``marked`` are the passages in its HTML from which figures were read; ``along`` counts the blocks behind it that may
    follow it to where it was just moved; ``extra`` is its own target where it is none that one could choose.
    """

    index: int
    block: ProposedBlock
    target: str
    questions: tuple[Question, ...]
    marked: tuple[str, ...]
    extra: Target | None = None
    along: int = 0

    @property
    def needs_a_look(self) -> bool:
        return not self.block.is_certain and not self.block.moved


@dataclass(frozen=True)
class Group:
    """Blocks that follow each other and go to one place."""

    place: SectionKey | None
    title: str
    anchor: str
    rows: tuple[Row, ...]

    @property
    def questions(self) -> int:
        """How many figures found here could be ticked by one button."""
        asked = [question for row in self.rows for question in row.questions]
        return sum(not question.is_conflict and not question.is_answered for question in asked)


@dataclass(frozen=True)
class Entry:
    """One line of the outline: a part, and how much of it was found. ``anchor`` is "" where nothing was."""

    title: str
    blocks: int
    anchor: str
    open_looks: int
    figures: int
    ticked: int


@dataclass(frozen=True)
class ToCheck:
    """Something the author should look at: a sentence, and where it stands on the page."""

    sentence: str
    anchor: str


@dataclass(frozen=True)
class Sheet:
    """The whole page."""

    proposal: Proposal
    groups: tuple[Group, ...]
    outline: tuple[Entry, ...]
    to_check: tuple[ToCheck, ...]
    questions: tuple[Question, ...] = field(repr=False)

    @property
    def shown(self) -> str:
        """The names of all figures on the page, in one field: a browser sends no box that is not ticked."""
        return " ".join(option.name for question in self.questions for option in question.options)

    @property
    def ticked(self) -> int:
        """How many figures will be written."""
        return sum(question.is_answered for question in self.questions)


def sheet(one: Import, moved: int | None = None) -> Sheet:
    """The page of an open import; ``moved`` is the block that was moved last."""
    proposal = proposal_of(one)
    questions = tuple(_questions(proposal, set(one.choices.get("figures", ()))))
    rows = tuple(_rows(proposal, questions, moved))
    groups = tuple(_groups(rows))
    return Sheet(proposal, groups, tuple(_outline(groups, questions)), tuple(_to_check(rows)), questions)


def _questions(proposal: Proposal, ticked: set[str]) -> Iterator[Question]:
    found: dict[tuple, dict[str, int]] = {}
    for index, figure in enumerate(proposal.figures):
        if figure.key == "total_is_approximate":
            continue
        words = value_of(figure)
        # An entry of a list stands for itself; of any other figure the report holds one value.
        name = (figure.section, figure.key, words if figure.key in LISTS else "")
        found.setdefault(name, {}).setdefault(words, index)
    for number, indexes in enumerate(found.values()):
        figures = proposal.figures
        first = figures[next(iter(indexes.values()))]
        names = {words: _name_of(figures[index]) for words, index in indexes.items()}
        options = tuple(
            Option(
                names[words],
                words,
                figures[index].sentence,
                figures[index].block,
                names[words] in ticked,
                _marked(figures[index].sentence, proposal.blocks[figures[index].block]),
            )
            for words, index in indexes.items()
        )
        place = proposal.blocks[first.block].place
        yield Question(number, first.section, place, label_of(first), options)


def _marked(sentence: str, block: ProposedBlock) -> str:
    """The passage as the HTML of its block has it; "" where markup cuts it, or cells of a table make it up."""
    words = escape(sentence.strip("…"), quote=False)
    return words if words in block.html else ""


def _rows(proposal: Proposal, questions: tuple[Question, ...], moved: int | None) -> Iterator[Row]:
    known = _places()
    asked: dict[int, list[Question]] = {}
    told: dict[int, list[str]] = {}
    for question in questions:
        asked.setdefault(question.options[0].block, []).append(question)
        for option in question.options:
            if option.marked:
                told.setdefault(option.block, []).append(option.marked)
    for index, block in enumerate(proposal.blocks):
        target = _value(block.place, block.role)
        yield Row(
            index,
            block,
            target,
            tuple(asked.get(index, ())),
            tuple(told.get(index, ())),
            None if target in known else _target(block.place, block.role),
            len(_following(proposal.blocks, index)) if index == moved else 0,
        )


def _following(blocks: tuple[ProposedBlock, ...], index: int) -> list[int]:
    """The blocks behind one that belong together and elsewhere: up to the next heading, or the next place."""
    rest = range(index + 1, len(blocks))
    if not rest or blocks[rest[0]].place == blocks[index].place:
        return []
    place = blocks[rest[0]].place
    following = []
    for one in rest:
        if blocks[one].place != place or blocks[one].role in (BlockRole.HEADING, BlockRole.TITLE):
            break
        following.append(one)
    return following


def _groups(rows: tuple[Row, ...]) -> Iterator[Group]:
    for number, (place, together) in enumerate(groupby(rows, key=lambda row: row.block.place)):
        title = "不导入" if place is None else SECTIONS[place].heading
        yield Group(place, title, f"group-{number}", tuple(together))


def _outline(groups: tuple[Group, ...], questions: tuple[Question, ...]) -> Iterator[Entry]:
    for place in (*SectionKey, None):
        own = [group for group in groups if group.place == place]
        rows = [row for group in own for row in group.rows]
        asked = [question for question in questions if question.section == place]
        yield Entry(
            "不导入" if place is None else _title(place),
            len(rows),
            own[0].anchor if own else "",
            sum(row.needs_a_look for row in rows),
            len(asked),
            sum(question.is_answered for question in asked),
        )


def _to_check(rows: tuple[Row, ...]) -> Iterator[ToCheck]:
    for row in rows:
        if row.needs_a_look:
            place = _target(row.block.place, row.block.role).label
            yield ToCheck(f"「{_shortened(row.block.text)}」→ {place}", f"block-{row.index}")
        for question in row.questions:
            if question.is_conflict and not question.is_answered:
                values = "、".join(option.value for option in question.options)
                yield ToCheck(f"「{question.label}」在文件里有不同的数：{values}", f"block-{row.index}")


def _shortened(text: str, length: int = 24) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length]}…"


# --- changing it ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """What the page sends: where each block is to go, what is ticked, and the button that was pressed."""

    revision: int
    places: dict[int, str]
    shown: frozenset[str]
    ticked: frozenset[str]
    taken: dict[str, bool]
    along: int | None
    confirmed: int | None
    adopt: str

    @classmethod
    def read(cls, data: Mapping) -> "Sent":
        """``data`` is a QueryDict. Raises ``Broken``."""
        try:
            return cls(
                revision=int(data["revision"]),
                places={int(name.removeprefix("place-")): data[name] for name in data if name.startswith("place-")},
                shown=frozenset(data.get("shown", "").split()),
                ticked=frozenset(
                    value
                    for name in data
                    if name == "figure" or name.startswith("figure-")
                    for value in data.getlist(name)
                ),
                taken={name: name in data for name in data.getlist("asked") if name in TAKEN_WHOLE},
                along=int(data["along"]) if "along" in data else None,
                confirmed=int(data["confirm"]) if "confirm" in data else None,
                adopt=data.get("adopt", ""),
            )
        except (KeyError, ValueError):
            raise Broken("the form is not whole") from None


def change(one: Import, sent: Sent, actor: Actor) -> int | None:
    """Keep what the author changed; the block that was moved, where it was one.

    Raises ``Refused`` where the import is no longer open or was changed in another window, ``Broken`` where a place or
    a block is named that does not exist.
    """
    with transaction.atomic():
        report = Report.objects.with_context().get(pk=one.report_id)
        if reason := permissions.why_not_import(actor, report):
            raise Refused(reason)
        locked = Import.objects.select_for_update().get(pk=one.pk)
        if not locked.is_open:
            raise Refused(NOT_OPEN)
        if locked.revision != sent.revision:
            raise Refused(OUTDATED)
        proposal = proposal_of(locked)
        changed, moved = _moved(proposal, sent)
        choices = locked.choices | {
            "figures": sorted(_ticked(proposal, set(locked.choices.get("figures", ())), sent)),
            **sent.taken,
        }
        if changed == proposal and choices == locked.choices:
            return None
        locked.proposal, locked.choices = changed.model_dump(mode="json"), choices
        locked.revision += 1
        locked.save(update_fields=["proposal", "choices", "revision"])
        return moved


def _moved(proposal: Proposal, sent: Sent) -> tuple[Proposal, int | None]:
    known, blocks = _places(), proposal.blocks
    for index in (*sent.places, *(one for one in (sent.along, sent.confirmed) if one is not None)):
        if not 0 <= index < len(blocks):
            raise Broken(f"there is no block {index}")
    moved = None
    by_target: dict[str, list[int]] = {}
    for index, target in sent.places.items():
        if target != _value(blocks[index].place, blocks[index].role):
            by_target.setdefault(target, []).append(index)
    for target, indexes in by_target.items():
        if target not in known:
            raise Broken(f"there is no place {target!r}")
        proposal = assemble.move(proposal, indexes, *known[target])
        moved = indexes[0]
    if sent.along is not None:
        place = proposal.blocks[sent.along].place
        proposal = assemble.move(proposal, _following(proposal.blocks, sent.along), place)
    if sent.confirmed is not None:
        proposal = _confirmed(proposal, sent.confirmed)
    return sound(proposal), moved if len(sent.places) and sum(map(len, by_target.values())) == 1 else None


def _confirmed(proposal: Proposal, index: int) -> Proposal:
    """The author has looked at a block, and it is right where it is."""
    blocks = list(proposal.blocks)
    blocks[index] = blocks[index].model_copy(update={"is_certain": True})
    return proposal.model_copy(update={"blocks": tuple(blocks)})


def _ticked(proposal: Proposal, before: set[str], sent: Sent) -> set[str]:
    """The names of the figures that are ticked now; those that the page did not show stay as they were."""
    ticked = (before - sent.shown) | (sent.ticked & sent.shown & {_name_of(figure) for figure in proposal.figures})
    if sent.adopt in MANDATED:
        ticked |= {
            question.options[0].name
            for question in _questions(proposal, ticked)
            if question.place == sent.adopt and not question.is_conflict
        }
    return ticked

"""Figures found in the text and the tables of a report, each with the passage it was read from.

Proposals, for a person to take: nothing is guessed from what the text does not say. What is planned, asked for, of
another year, or of another matter gives no figure. Needs no settings and no database; linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.importing.extract import complaints, evaluation, on_request, overview, proactive
from disclosure.importing.extract.extraction import Found
from disclosure.importing.extract.passages import Passage, passages
from disclosure.importing.extract.tables import is_figures_table, read_own_tables, read_table, without_tables
from disclosure.importing.proposal import BlockRole, ProposedBlock, ProposedFigure
from disclosure.report.enums import SectionKey
from disclosure.richtext import to_text

__all__ = ["find_figures", "is_figures_table"]

# A whole report has twenty thousand characters, its tables as much again in markup; of more the beginning is searched.
MOST_CHARACTERS = 200_000
MOST_MARKUP = 600_000
_READ = frozenset(
    {SectionKey.OVERVIEW, SectionKey.PROACTIVE, SectionKey.ON_REQUEST, SectionKey.EVALUATION, SectionKey.COMPLAINTS}
)
_ROLES = frozenset({BlockRole.TEXT, BlockRole.FIGURES, BlockRole.HEADING})


def find_figures(blocks: Sequence[ProposedBlock], *, tables_only: bool = False) -> tuple[ProposedFigure, ...]:
    """The figures of a report's sections, in the order in which they stand, each once.

    ``blocks`` are all blocks of the proposal: a figure names its block by the index. Two passages that give one
    figure different values are both proposed; the reader chooses. A report that carries tables of our own Word form
    states its figures there, and its text is not searched for more; ``tables_only`` says so of a file of ours that
    has no figures at all.
    """
    tables = list(_tables(blocks))
    own = [figure for index, _, html in tables for figure in read_own_tables(html, index)]
    if own or tables_only:
        return tuple(own)
    by_section: dict[SectionKey, list[Passage]] = {key: [] for key in _READ}
    for passage in passages(_lines(blocks)):
        by_section[passage.section].append(passage)
    found: list[Found] = [
        *overview.find(by_section[SectionKey.OVERVIEW]),
        *proactive.find(by_section[SectionKey.PROACTIVE], by_section[SectionKey.OVERVIEW]),
        *on_request.find(by_section[SectionKey.ON_REQUEST]),
        *evaluation.find(by_section[SectionKey.EVALUATION]),
        *complaints.find(
            [
                passage
                for key in (SectionKey.ON_REQUEST, SectionKey.EVALUATION, SectionKey.COMPLAINTS)
                for passage in by_section[key]
            ]
        ),
    ]
    figures = [(one.passage.block, 0, one.position, one.proposed()) for one in found]
    for index, place, html in tables:
        figures += [(index, 1, at, figure) for at, figure in enumerate(read_table(html, place, index))]
    return _each_once(figures, blocks)


def _tables(blocks: Sequence[ProposedBlock]) -> Iterator[tuple[int, SectionKey, str]]:
    read = 0
    for index, block in enumerate(blocks):
        if block.place in _READ and block.role in _ROLES and "<table" in block.html:
            read += len(block.html)
            if read <= MOST_MARKUP:
                yield index, block.place, block.html


def _lines(blocks: Sequence[ProposedBlock]) -> Iterator[tuple[int, SectionKey, str, bool, str]]:
    heading: dict[SectionKey, str] = {}
    read = 0
    for index, block in enumerate(blocks):
        if block.place not in _READ or block.role not in _ROLES:
            continue
        if block.role is BlockRole.HEADING:
            heading[block.place] = block.text
            continue
        is_heading = block.html.startswith(("<h3", "<h4"))
        for line in to_text(without_tables(block.html)).splitlines():
            read += len(line)
            if line.strip() and read <= MOST_CHARACTERS:
                yield index, block.place, line, is_heading, heading.get(block.place, "")


def _each_once(
    figures: list[tuple[int, int, int, ProposedFigure]], blocks: Sequence[ProposedBlock]
) -> tuple[ProposedFigure, ...]:
    order = list(SectionKey)
    ranked = sorted(
        range(len(figures)),
        # What the section itself says comes before what another says of it.
        key=lambda at: (
            order.index(figures[at][3].section),
            blocks[figures[at][0]].place is not figures[at][3].section,
            *figures[at][:2],
            at,
        ),
    )
    seen: set[str] = set()
    kept = []
    for at in ranked:
        figure = figures[at][3]
        said = f"{figure.section}:{figure.key}:{figure.value!r}"
        if said not in seen:
            seen.add(said)
            kept.append(figure)
    return tuple(kept)

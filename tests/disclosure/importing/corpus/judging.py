"""Runs the import on cases and tells how it did: overall, shown and kept back, and feature by feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from disclosure.importing.assemble import to_interchange
from disclosure.importing.classify import propose
from disclosure.importing.reading import read_blocks
from tests.disclosure.importing.corpus import office
from tests.disclosure.importing.corpus.cases import Case, files, kept_back, shown
from tests.disclosure.importing.corpus.scoring import Score, score

MEASURES = (
    *("blocks in place", "headings", "subheadings", "paragraphs", "list items", "left out", "not read"),
    *("title", "school", "label", "year", "period", "addressee", "preamble", "organisation", "date"),
    *("contacts", "figures found", "figures right"),
)


def judge(cases: Iterable[Case]) -> list[tuple[Case, Score]]:
    """The score of each case. A case whose file the import cannot take apart at all raises."""
    cases = list(cases)
    contents = files(cases)
    judged = []
    for case in cases:
        proposal = propose(read_blocks(contents[case.name], case.filename))
        judged.append((case, score(case.name, case.truth, proposal, to_interchange(proposal))))
    return judged


def sums(judged: Iterable[tuple[Case, Score]]) -> tuple[Counter[str], Counter[str], int, int]:
    right, asked, lost, doubled = Counter(), Counter(), 0, 0
    for _, one in judged:
        right.update(one.right)
        asked.update(one.asked)
        lost += one.lost
        doubled += one.doubled
    return right, asked, lost, doubled


def report(options) -> str:
    """The table, or the faults that were asked for."""
    groups = shown(options.seeds) | (kept_back(options.seeds) if options.kept_back else {})
    groups = {
        group: [
            case
            for case in cases
            if (not options.names or case.name in options.names)
            and (case.writing.kind not in office.FILTERS or (office.is_there() and not options.no_office))
        ]
        for group, cases in groups.items()
    }
    judged = {group: judge(cases) for group, cases in groups.items() if cases}
    if not (options.names or options.faults):
        return table(judged)
    told = []
    for case, one in chain.from_iterable(judged.values()):
        faults = [fault for fault in one.faults if not options.faults or fault.startswith(f"[{options.faults}]")]
        if faults:
            told += [f"{case.name}: {', '.join(case.writing.features())}", *(f"    {fault}" for fault in faults)]
    return "\n".join(told)


def table(judged: dict[str, list[tuple[Case, Score]]]) -> str:
    """Right of asked, measure by measure and group by group; then the main measures feature by feature."""
    totals = {group: sums(pairs) for group, pairs in judged.items()}
    lines = [f"{'':16}" + "".join(f"{f'{group} ({len(pairs)})':>24}" for group, pairs in judged.items())]
    for measure in MEASURES:
        cells = ""
        for right, asked, *_ in totals.values():
            share = f"{right[measure] / asked[measure]:.2%}" if asked[measure] else "–"
            cells += f"{share:>10}{f'{right[measure]}/{asked[measure]}':>14}"
        lines.append(f"{measure:16}{cells}")
    for at, name in ((2, "letters lost"), (3, "letters doubled")):
        lines.append(f"{name:16}" + "".join(f"{total[at]:>24}" for total in totals.values()))
    lines.append("")
    lines.append(
        f"{'feature':34}{'cases':>6}{'blocks':>9}{'headings':>10}{'found':>8}{'right':>8}{'contacts':>10}{'lost':>6}{'doubled':>8}"
    )
    pairs = list(chain.from_iterable(judged.values()))
    features = Counter(feature for case, _ in pairs for feature in case.writing.features())
    for feature in sorted(features):
        right, asked, lost, doubled = sums(pair for pair in pairs if feature in pair[0].writing.features())
        shares = [
            f"{right[name] / asked[name]:.1%}" if asked[name] else "–"
            for name in ("blocks in place", "headings", "figures found", "figures right", "contacts")
        ]
        lines.append(
            f"{feature:34}{features[feature]:>6}{shares[0]:>9}{shares[1]:>10}{shares[2]:>8}{shares[3]:>8}{shares[4]:>10}"
            f"{lost:>6}{doubled:>8}"
        )
    return "\n".join(lines)

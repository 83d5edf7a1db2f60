"""Runs the import on cases and tells how it did: overall, shown and kept back, and feature by feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from disclosure.importing.composing import to_interchange
from disclosure.importing.proposing import propose
from disclosure.importing.reading import read_blocks
from tests.disclosure.importing.corpus import office
from tests.disclosure.importing.corpus.cases import Case, drawn, files, handmade
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
    cases = handmade() + drawn(range(options.seeds))
    if options.names:
        cases = [case for case in cases if case.name in options.names]
    if options.no_office or not office.is_there():
        cases = [case for case in cases if case.writing.kind not in office.FILTERS]
    judged = judge(cases)
    if options.names or options.faults:
        told = []
        for case, one in judged:
            faults = [fault for fault in one.faults if not options.faults or fault.startswith(f"[{options.faults}]")]
            if faults:
                told += [f"{case.name}: {', '.join(case.writing.features())}", *(f"    {fault}" for fault in faults)]
        return "\n".join(told)
    return table(judged)


def table(judged: list[tuple[Case, Score]]) -> str:
    groups = {
        "hand-made": [pair for pair in judged if not pair[0].name.startswith("combined")],
        "combined": [pair for pair in judged if pair[0].name.startswith("combined")],
    }
    lines = [f"{'':16}" + "".join(f"{f'{name} ({len(pairs)})':>24}" for name, pairs in groups.items())]
    for measure in MEASURES:
        cells = ""
        for pairs in groups.values():
            right, asked, *_ = sums(pairs)
            share = f"{right[measure] / asked[measure]:.2%}" if asked[measure] else "–"
            cells += f"{share:>10}{f'{right[measure]}/{asked[measure]}':>14}"
        lines.append(f"{measure:16}{cells}")
    for at, name in ((2, "letters lost"), (3, "letters doubled")):
        lines.append(f"{name:16}" + "".join(f"{sums(pairs)[at]:>24}" for pairs in groups.values()))
    lines += [
        "",
        f"{'feature':34}{'cases':>6}{'blocks':>9}{'headings':>10}{'found':>8}{'right':>8}{'contacts':>10}{'lost':>6}{'doubled':>8}",
    ]
    features = Counter(feature for case, _ in judged for feature in case.writing.features())
    for feature in sorted(features):
        right, asked, lost, doubled = sums(pair for pair in judged if feature in pair[0].writing.features())
        shares = [
            f"{right[name] / asked[name]:.1%}" if asked[name] else "–"
            for name in ("blocks in place", "headings", "figures found", "figures right", "contacts")
        ]
        lines.append(
            f"{feature:34}{features[feature]:>6}{shares[0]:>9}{shares[1]:>10}{shares[2]:>8}{shares[3]:>8}{shares[4]:>10}"
            f"{lost:>6}{doubled:>8}"
        )
    return "\n".join(lines)

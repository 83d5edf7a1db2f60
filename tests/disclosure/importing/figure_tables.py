"""Reads the tables of sentences beside it: ``section | sentence | expected figures``, one a line.

``key=value`` is a figure of the section, with ``~`` where it is approximate; ``kind:name=count`` a channel (no kind where
several are named together); ``rule:name#number`` a rule; ``section/key=value`` a figure of another section. ``@none``
stands for the six zeros of 「未收到申请」, ``@quiet`` for the three of 「未受到举报」.
"""

from dataclasses import dataclass
from pathlib import Path

from disclosure.importing.extract import find_figures
from disclosure.importing.extract.complaints import MATTERS
from disclosure.importing.extract.on_request import NOTHING
from disclosure.importing.proposal import BlockRole, ProposedBlock, ProposedFigure
from disclosure.report.enums import SectionKey
from disclosure.richtext import from_text, to_text

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    section: str
    sentence: str
    expected: frozenset


def cases(name: str) -> list[Case]:
    """The lines of one table."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [_case(*(part.strip() for part in line.split("|"))) for line in lines if line and not line.startswith("#")]


def _case(section: str, sentence: str, expected: str) -> Case:
    figures = set()
    for token in expected.split():
        if token == "@none":
            figures |= {("on_request", key, 0, False) for key in NOTHING}
        elif token == "@quiet":
            figures |= {("complaints", key, 0, False) for key in MATTERS}
        elif token.startswith("rule:"):
            figures.add(("overview", "rules", token.removeprefix("rule:"), False))
        else:
            figures.add(_figure(section, token))
    return Case(section, sentence, frozenset(figures))


def _figure(section: str, token: str):
    key, value = token.rsplit("=", 1)
    number = float(value.rstrip("~")) if "." in value else int(value.rstrip("~"))
    if ":" in key:
        return section, "channels", (key, number), value.endswith("~")
    place, _, name = key.rpartition("/")
    return place or section, name, number, value.endswith("~")


def plain(figure: ProposedFigure):
    """A proposed figure as the tables write it."""
    value = figure.value
    if figure.key == "channels":
        value = (f"{value.get('channel', '')}:{value['name']}", value["count"])
    elif figure.key == "rules":
        value = f"{value['name']}#{value['number']}"
    return figure.section.value, figure.key, value, figure.approximate


def block(section: str, html: str, role: BlockRole = BlockRole.TEXT) -> ProposedBlock:
    return ProposedBlock(html=html, text=to_text(html).strip(), role=role, place=SectionKey(section))


def found_in(section: str, sentence: str) -> frozenset:
    """The figures found in one sentence; that a total is approximate stands with the total."""
    figures = find_figures([block(section, from_text(sentence))])
    return frozenset(plain(figure) for figure in figures if figure.key != "total_is_approximate")


def score(name: str) -> tuple[int, int, int]:
    """How many figures of a table are found, how many are found that are none, how many are missed."""
    right = wrong = missed = 0
    for case in cases(name):
        found = found_in(case.section, case.sentence)
        right += len(found & case.expected)
        wrong += len(found - case.expected)
        missed += len(case.expected - found)
    return right, wrong, missed

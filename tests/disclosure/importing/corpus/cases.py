"""The cases: hand-made ones and combined ones, shown and kept back, each as its file and its truth."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.disclosure.importing.corpus import office, stock, stock_kept_back
from tests.disclosure.importing.corpus.combining import combined
from tests.disclosure.importing.corpus.docx_writing import docx_bytes
from tests.disclosure.importing.corpus.handmade import HANDMADE
from tests.disclosure.importing.corpus.html_writing import html_bytes
from tests.disclosure.importing.corpus.kept_back import KEPT_BACK
from tests.disclosure.importing.corpus.laying import Layout, lay
from tests.disclosure.importing.corpus.truth import Truth
from tests.disclosure.importing.corpus.writing import Contents, Writing

SUFFIXES = {
    "docx": ".docx",
    "word_html": ".doc",
    "cms_html": ".html",
    "pasted": ".html",
    "text": ".txt",
    **office.SUFFIXES,
}
CACHE = Path(tempfile.gettempdir()) / "disclosure-corpus"


@dataclass(frozen=True)
class Case:
    contents: Contents
    writing: Writing
    seed: int = 0
    hidden: bool = False

    @property
    def name(self) -> str:
        return self.contents.name

    @cached_property
    def layout(self) -> Layout:
        return lay(self.contents, self.writing, self.seed)

    @property
    def truth(self) -> Truth:
        return self.layout.truth

    @property
    def filename(self) -> str:
        return self.name + SUFFIXES[self.writing.kind]


def shown(drawn: int) -> dict[str, list[Case]]:
    """What whoever writes the import may look at: by hand, and ``drawn`` combined ones."""
    return {
        "by hand": [Case(contents, writing, seed) for seed, (contents, writing) in enumerate(HANDMADE)],
        "combined": [Case(*combined(seed, stock), seed) for seed in range(drawn)],
    }


def kept_back(drawn: int) -> dict[str, list[Case]]:
    """What was kept back until the import was done: other words in other structures. Half as many."""
    return {
        "kept back": [Case(contents, writing, seed, hidden=True) for seed, (contents, writing) in enumerate(KEPT_BACK)],
        "combined, k. b.": [
            Case(*combined(seed, stock_kept_back), seed, hidden=True) for seed in range(5000, 5000 + drawn // 2)
        ],
    }


def files(cases: Iterable[Case]) -> dict[str, bytes]:
    """The file of each case, by its name. Those of the office formats pass through LibreOffice, all of a format at once."""
    made: dict[str, bytes] = {}
    through_office: dict[str, dict[str, bytes]] = {}
    for case in cases:
        kind = case.writing.kind
        if kind in ("word_html", "cms_html", "pasted", "text"):
            made[case.name] = html_bytes(case.layout, case.writing)
            continue
        content = docx_bytes(case.layout, case.writing)
        if kind == "docx":
            made[case.name] = content
        else:
            through_office.setdefault(kind, {})[case.name] = content
    for kind, contents in through_office.items():
        made |= office.converted(contents, kind, CACHE)
    return made

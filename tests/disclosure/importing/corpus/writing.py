"""Ways in which a report is written and laid out, whatever it says; and contents that any of them may carry."""

from __future__ import annotations

from dataclasses import dataclass

from tests.disclosure.importing.corpus.truth import Person


@dataclass(frozen=True)
class Writing:
    """One way to write a report. The features by which scores are told apart are the values that are not the default."""

    kind: str = "docx"  # docx · resaved (LibreOffice's docx) · doc · rtf · word_html · cms_html · pasted · text
    levels: tuple[str, ...] = ("一、", "（一）", "1.", "（1）")  # a sample of each level's number; "" is none
    generated: bool = False  # the numbers are Word's
    face: str = "font"  # styles · outline · font · bold · size · named (own style without a level) · centred · plain
    h1_run_in: str = ""  # what stands between a section's heading and its first paragraph, where they share one
    h2_run_in: bool = False
    spaced: bool = False  # 一、 概述
    indent: str = "format"  # format · spaces (　　)
    soft: str = ""  # title · heading · section: what is held together by line breaks instead of paragraphs
    title: str = "lines"  # one · lines · spread (湘 江 大 学)
    # cell: all of it in a table's cell · frame: a table a section · form: one table, headings left, texts right
    container: str = ""
    letterhead: str = ""  # red: 红头 with a document number · name · table
    toc: str = ""  # typed · tabbed · field
    # sealed: 某大学（盖章）
    signature: str = "right"  # right · sealed · left · one_line · date_only · none · spaces · under_title · after_annex
    date: str = "arabic"  # arabic · chinese · zero · spaced · dotted · padded · iso
    closing: str = ""
    note: bool = False  # 附件：1. …
    imprint: bool = False  # 抄送 and 印发, as below an official document
    # standard · numbered · transposed · merged · titled · stacked · forms · no_mobile · no_email · list · prose
    contacts: str = ""
    items: bool = False  # an annex with the 50 items
    lists: str = "1."  # number typed before an item, or generated: bullet · ordered
    numbers: str = "plain"
    me: str = "学校"
    extras: frozenset[str] = (
        frozenset()
    )  # tracked comments footnote textbox picture header footer hyperlinks control split_runs

    def features(self) -> list[str]:
        plain = Writing()
        told = [f"level one {self.levels[0].strip() or 'without number'}"]
        for name in (
            *("kind", "generated", "face", "h1_run_in", "h2_run_in", "spaced", "indent", "soft", "title", "container"),
            *(
                "letterhead",
                "toc",
                "signature",
                "date",
                "closing",
                "note",
                "imprint",
                "contacts",
                "items",
                "lists",
                "numbers",
            ),
        ):
            value = getattr(self, name)
            if value != getattr(plain, name):
                told.append(name if value is True else f"{name} {value}")
        return told + [f"with {extra}" for extra in sorted(self.extras)]


@dataclass(frozen=True)
class Contents:
    """What a report says. ``title`` is broken at "/", ``preamble`` at line ends; ``body`` is markup.

    ``period`` is "start/end" where the text or the title's school year tells it, else "". ``years`` are the years in
    which the report may be said to be due: of a calendar year's report nobody but the province knows.
    """

    name: str
    school: str
    title: str
    label: str
    years: tuple[int, ...]
    body: str
    preamble: str = ""
    period: str = ""
    addressee: str = ""
    date: str = ""  # ISO
    organisation: str = ""
    people: tuple[Person, ...] = ()

"""The findings as they stand beside the form and on the page before handing in: ready to be shown, jumped to, mended.

Reads a ``Judgement`` and adds what a page needs: the words around a passage, where an editor finds it, the fix before
it is taken.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from django.urls import reverse

from disclosure.checks import Passage, fixes
from disclosure.checks.base import Elsewhere
from disclosure.checks.texts import Text, everything, places, shown, units_of
from disclosure.evaluation import Judged, Judgement
from disclosure.findings.progress import Progress
from disclosure.models import Remark
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS, Section

# Characters around quoted words that show where they stand.
AROUND = 12
# A quotation longer than this is folded.
LONG = 90
# So many findings of the part one is in are listed, and so many of any other: hundreds would make each save slow.
MOST = 50
MOST_ELSEWHERE = 20
# So many quotations of one finding are listed, so many pieces of a fix, which is seen before it is taken, and so many
# passages marked in the editor: a line of brackets can be one finding at fifty thousand places.
MOST_QUOTED = 50
MOST_PIECES = 500
MOST_MARKED = 200
# Of a long passage so many units are sent to compare; that is enough to know the place again.
COMPARED = 60


@dataclass(frozen=True)
class Quote:
    """Words of a text with a little of what stands around them."""

    before: str
    words: str
    after: str

    @property
    def is_long(self) -> bool:
        """Whether it is folded."""
        return len(self.words) > LONG

    @property
    def beginning(self) -> str:
        """So much of the words as is read without unfolding."""
        return self.words[: LONG - 30]


@dataclass(frozen=True)
class Compared:
    """What quoted words are compared with: ``where`` it stands, its address and words; own words beside, where known."""

    where: str
    url: str
    words: str
    own: str = ""
    jump: str = ""
    is_public: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it is folded."""
        return len(self.words) > LONG or len(self.own) > LONG


@dataclass(frozen=True)
class Shown:
    """One finding as a page shows it.

    ``ident`` tells it from the others of the report: its key, and a number where the same words are found again.
    ``same`` are all findings of its rule in the part that can be mended, itself among them, on the first of them;
    empty on the others, and where it is the only one.
    """

    judged: Judged
    ident: str
    report_id: int
    is_here: bool
    document: Document
    texts: dict[tuple[SectionKey, str], Text]
    same: tuple[Judged, ...] = ()

    @property
    def url(self) -> str:
        """The field it is about, on this page or on that of its part, which leads a script to the very words."""
        finding = self.judged.finding
        if self.is_here:
            return f"#id_{finding.field}" if finding.field else "#section-form"
        return _address(self.report_id, finding.section, finding.field, self.ident)

    @property
    def order(self) -> tuple:
        """Where it stands among those of its part: errors first, then as one reads, the form's fields last."""
        finding = self.judged.finding
        fields = [*self.texts, (finding.section, finding.field)]
        start = finding.passages[0].start if finding.passages else 0
        return not finding.blocks, bool(finding.field) * (1 + fields.index((finding.section, finding.field))), start

    @property
    def label(self) -> str:
        """How it stands, in a word."""
        if self.judged.is_waived:
            return "已豁免"
        if self.judged.finding.blocks:
            return "须改正"
        return "已说明" if self.judged.answer else "请核对"

    @property
    def tone(self) -> str:
        """The colour of the word."""
        if not self.judged.is_open:
            return "done"
        return "error" if self.judged.blocks else "attention"

    @cached_property
    def quotes(self) -> list[Quote]:
        """The words it is about; none where the fix shows them, or what they are compared with has them beside it."""
        if self.judged.finding.fix or any(one.own for one in self.compared):
            return []
        return [self._quote(one) for one in self.judged.finding.passages[:MOST_QUOTED]]

    @property
    def unquoted(self) -> int:
        """How many more passages there are than are quoted."""
        return max(0, len(self.judged.finding.passages) - MOST_QUOTED)

    @cached_property
    def compared(self) -> list[Compared]:
        """What the words are compared with, in this report and in others; beside it own words, where they pair."""
        finding = self.judged.finding
        found = [self._beside(one) for one in finding.beside] + [self._elsewhere(one) for one in finding.elsewhere]
        if len(found) != len(finding.passages):
            return found
        return [replace(one, own=passage.text) for one, passage in zip(found, finding.passages, strict=True)]

    @cached_property
    def _pieces(self) -> tuple[fixes.Snippet, ...]:
        return fixes.snippets(self.document, [self.judged.finding]) if self.judged.finding.fix else ()

    @property
    def snippets(self) -> tuple[fixes.Snippet, ...]:
        """The fix before it is taken."""
        return self._pieces[:MOST_PIECES]

    @property
    def unshown(self) -> int:
        """How many more pieces of the fix there are."""
        return len(self._pieces) - len(self.snippets)

    @cached_property
    def same_snippets(self) -> tuple[fixes.Snippet, ...]:
        """The fixes of the first of the same kind before they are taken."""
        return fixes.snippets(self.document, [one.finding for one in self.same[:MOST_PIECES]])

    @property
    def same_unshown(self) -> int:
        """How many more of the same kind there are."""
        return max(0, len(self.same) - MOST_PIECES)

    @cached_property
    def jump(self) -> str:
        """Where the words stand, for a script: JSON, a list of {field, block, start, end, text}, or of {field} alone.

        ``block`` counts the lines that hold a word, ``start`` and ``end`` UTF-16 units (``texts.places``).
        """
        finding = self.judged.finding
        return self._jump(finding.passages) or json.dumps([{"field": finding.field}] if finding.field else [])

    def _jump(self, passages: Iterable[Passage]) -> str:
        marks = []
        for passage in islice(passages, MOST_MARKED):
            text = self.texts.get((passage.section, passage.field))
            for place in places(text, passage) if text else ():
                if len(marks) == MOST_MARKED:
                    break
                line = shown(text.blocks[place.block].text)
                words = units_of(line, place.start, min(place.end, place.start + COMPARED))
                marks.append({"field": passage.field, **vars(place), "text": words})
        return json.dumps(marks, ensure_ascii=False) if marks else ""

    def _quote(self, passage: Passage) -> Quote:
        text = self.texts.get((passage.section, passage.field))
        if text is None:
            return Quote("", passage.text, "")
        before, after = fixes.around(text, passage.start, passage.end, AROUND)
        return Quote(before, passage.text, after)

    def _beside(self, passage: Passage) -> Compared:
        text = self.texts.get((passage.section, passage.field))
        part = SECTIONS[passage.section]
        where = f"{part.title}·{text.words}" if text else part.title
        is_here = self.is_here and passage.section == self.judged.finding.section
        url = f"#id_{passage.field}" if is_here else _address(self.report_id, passage.section, passage.field)
        return Compared(where, url, passage.text, jump=self._jump([passage]))

    def _elsewhere(self, other: Elsewhere) -> Compared:
        where = f"{other.school}{other.year}年报告·{SECTIONS[other.section].title}"
        return Compared(where, other.address, other.text, is_public=True)


@dataclass(frozen=True)
class PanelPart:
    """The findings of one part, and the reviewer's remarks on it that wait for an answer."""

    section: Section
    findings: tuple[Shown, ...]
    is_here: bool
    remarks: tuple[Remark, ...] = ()

    @property
    def open(self) -> list[Shown]:
        """Those that still want something."""
        return [one for one in self.findings if one.judged.is_open]

    @property
    def listed(self) -> list[Shown]:
        """As many as the panel lists: the open ones of the part one is in, of another all, the open ones first."""
        return self.open[:MOST] if self.is_here else [*self.open, *self.settled][:MOST_ELSEWHERE]

    @property
    def unlisted(self) -> int:
        """How many more there are."""
        return len(self.open if self.is_here else self.findings) - len(self.listed)

    @property
    def settled(self) -> list[Shown]:
        """Those that were explained or waived."""
        return [one for one in self.findings if not one.judged.is_open]

    @property
    def counts(self) -> str:
        """How many there are, in words."""
        remarks = f"审核意见 {len(self.remarks)} 条待答复" if self.remarks else ""
        return "，".join(filter(None, (remarks, counted(one.judged for one in self.findings))))


@dataclass(frozen=True)
class Panel:
    """Everything that is to be done, with one part in front; ``is_clear`` says that nothing is left."""

    here: PanelPart
    others: tuple[PanelPart, ...]
    is_clear: bool


def counted(judged: Iterable[Judged]) -> str:
    """How many findings there are of each kind, in words; "" where there is none."""
    kinds = Counter("须改正" if one.blocks else "请核对" if one.wants_answer else "已处理" for one in judged)
    return "，".join(f"{kind} {kinds[kind]} 处" for kind in ("须改正", "请核对", "已处理") if kinds[kind])


def panel_of(progress: Progress, report, key: SectionKey) -> Panel:
    """The panel beside the form of part ``key``: its findings first, those of the others behind them."""
    shown = sorted(shown_in(progress.judgement, report, key), key=lambda one: one.order)
    parts = [
        PanelPart(
            section,
            tuple(one for one in shown if one.judged.finding.section == part),
            part == key,
            progress.of(part).remarks,
        )
        for part, section in SECTIONS.items()
    ]
    here = next(part for part in parts if part.section.key == key)
    others = tuple(part for part in parts if part is not here and (part.findings or part.remarks))
    return Panel(here, others, progress.is_ready)


def shown_in(judgement: Judgement, report, here: SectionKey | None = None) -> list[Shown]:
    """All findings of a judgement ready to be shown, in report order; ``here`` is the part whose page it is."""
    texts = {(text.section, text.field): text for text in everything(judgement.document)}
    groups = groups_of(judgement)
    shown = []
    for ident, judged in zip(judgement.idents, judgement.judged, strict=True):
        group = groups.get((judged.finding.section, judged.finding.rule), ())
        same = group if len(group) > 1 and group[0] is judged else ()
        shown.append(Shown(judged, ident, report.pk, judged.finding.section == here, judgement.document, texts, same))
    return shown


def _address(report_id: int, section: SectionKey, field: str, ident: str = "") -> str:
    url = reverse("author:section", args=[report_id, section.value])
    return url + (f"?finding={ident}" if ident else "") + (f"#id_{field}" if field else "")


def groups_of(judgement: Judgement) -> dict[tuple[SectionKey, str], tuple[Judged, ...]]:
    """By part and rule, the findings that can be mended with one click and are not settled."""
    groups: dict[tuple[SectionKey, str], tuple[Judged, ...]] = {}
    for judged in judgement.judged:
        if judged.finding.fix and judged.is_open:
            where = (judged.finding.section, judged.finding.rule)
            groups[where] = (*groups.get(where, ()), judged)
    return groups

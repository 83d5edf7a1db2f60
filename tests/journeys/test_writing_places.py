"""What the checks name is what the page marks: any passage of any text of the vocabulary, found again in the editor."""

import random
from html import escape

import pytest
from playwright.sync_api import Page

from disclosure.checks.texts import Text, places, shown, units_of
from disclosure.report.enums import SectionKey
from disclosure.richtext import clean, to_text
from tests import factories
from tests.journeys.test_writing_autosave import wait_until_started

SEED = 61
DOCUMENTS = 300
PASSAGES = 12  # of each document

# Several times the same word: who looks for the nearest one only is led astray.
LETTERS = ["信息", "公开", "信息公开", "年", "甲", "乙", "12", "（一）", "，", "。"]
WORDS = [*LETTERS, "𠮷", "😀", "👩\u200d🏫", "<", ">", "&", "a<b>&c"]
BLANKS = [" ", "&nbsp;", "\u3000", "  ", "\n", "&nbsp;&nbsp;", "\t "]

# A text is put where the page puts one; the answer is what each passage reads like in the editor, and its lines.
READ = """async ([html, asked]) => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const { linesOf, rangeOf } = await import(loaded.find((name) => name.includes("/checks-places.")));
    const textarea = document.querySelector("textarea[name=body]");
    textarea.value = html;
    textarea.dispatchEvent(new Event("value-set", { bubbles: true }));
    const root = textarea.richText;
    const lines = linesOf(root);
    const read = asked.map((places) => places.map((place) => {
        const range = rangeOf(root, place, lines);
        if (!range) return null;
        const start = lines.findIndex(({ pieces }) => pieces.some(({ node }) => node === range.startContainer));
        return [start, range.toString()];
    }));
    return [lines.map(({ text }) => text), read];
}"""


class Writer:
    """Texts of the closed vocabulary at random, the same ones each time."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def words(self) -> str:
        pieces = []
        for _ in range(self.random.randint(0, 5)):
            word = escape(self.random.choice(WORDS), quote=False)
            if self.random.random() < 0.3:
                tag = self.random.choice(["strong", "em", "sub", "sup", "a"])
                start = '<a href="https://www.example.edu.cn/?a=1&amp;b=2">' if tag == "a" else f"<{tag}>"
                word = f"{start}{word}</{tag}>"
            pieces.append(word)
            if self.random.random() < 0.3:
                pieces.append(self.random.choice([*BLANKS, "<br>"]))
        return "".join(pieces)

    def several(self, most: int, make) -> str:
        return "".join(make() for _ in range(self.random.randint(1, most)))

    def paragraph(self) -> str:
        return f"<p>{self.words()}</p>"

    def heading(self) -> str:
        tag = self.random.choice(["h3", "h4"])
        return f"<{tag}>{self.words()}</{tag}>"

    def list(self, depth: int = 1) -> str:
        tag = self.random.choice(["ol", "ul"])
        return f"<{tag}>{self.several(3, lambda: self.item(depth))}</{tag}>"

    def item(self, depth: int) -> str:
        words = self.random.choice([self.words, self.paragraph, lambda: self.paragraph() + self.paragraph()])()
        nested = self.list(depth + 1) if depth < 4 and self.random.random() < 0.4 else ""
        return f"<li>{words}{nested}</li>"

    def table(self) -> str:
        width = self.random.randint(1, 3)
        caption = f"<caption>{self.words().replace('<br>', '')}</caption>" if self.random.random() < 0.5 else ""
        rows = self.several(3, lambda: f"<tr>{''.join(self.cell() for _ in range(width))}</tr>")
        return f"<table>{caption}<tbody>{rows}</tbody></table>"

    def cell(self) -> str:
        tag = self.random.choice(["td", "th"])
        make = self.random.choice([self.words, self.paragraph, lambda: self.several(2, self.paragraph), self.list])
        return f"<{tag}>{make()}</{tag}>"

    def document(self) -> str:
        kinds = [self.paragraph, self.paragraph, self.heading, self.list, self.table, self.words, lambda: "\n"]
        return clean(self.several(6, lambda: self.random.choice(kinds)()))

    def passages(self, text: Text) -> list:
        spans = [(block.start, block.end) for block in text.blocks[:3]]
        for _ in range(PASSAGES):
            spans.append(tuple(sorted(self.random.randrange(len(text.text) + 1) for _ in range(2))))
        return [text.passage(*span) for span in spans if span[0] < span[1]]


@pytest.fixture
def editor(site, page, author, campaign, sign_in) -> Page:
    """The page of a section."""
    report = factories.make_report(
        author.school, campaign, document=factories.full_document(author.school, campaign.year)
    )
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/overview/")
    wait_until_started(page)
    return page


def _sent(text: Text, passage) -> list[dict]:
    """As the panel sends it."""
    return [
        vars(place) | {"text": units_of(shown(text.blocks[place.block].text), place.start, place.end)}
        for place in places(text, passage)
    ]


def test_every_passage_is_found_in_the_editor(editor):
    writer = Writer(SEED)
    wrong = []
    read = 0
    for _ in range(DOCUMENTS):
        text = Text(SectionKey.OVERVIEW, "body", "正文", writer.document(), is_html=True)
        assert text.text == to_text(text.value)
        asked = [_sent(text, passage) for passage in writer.passages(text)]
        lines, found = editor.evaluate(READ, [text.value, asked])
        if lines != [shown(block.text) for block in text.blocks]:
            wrong.append((text.value, [shown(block.text) for block in text.blocks], lines))
            continue
        for pieces, ranges in zip(asked, found, strict=True):
            read += len(pieces)
            wanted = [[one["block"], one["text"]] for one in pieces]
            if wanted != ranges:
                wrong.append((text.value, wanted, ranges))
    assert wrong[:5] == []
    assert read > 5 * DOCUMENTS


def test_words_with_blanks_just_typed_are_found(editor):
    text = editor.get_by_role("textbox", name="正文", exact=True)
    text.press("Control+a")
    text.type("公开  目录   公开")
    stored = Text(
        SectionKey.OVERVIEW, "body", "正文", editor.locator("textarea[name=body]").input_value(), is_html=True
    )
    assert "\xa0\xa0" in stored.text
    found = editor.evaluate(
        """async (places) => {
            const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
            const { rangeOf } = await import(loaded.find((name) => name.includes("/checks-places.")));
            const root = document.querySelector("textarea[name=body]").richText;
            return places.map((place) => rangeOf(root, place)?.toString());
        }""",
        [place for span in ((0, 6), (4, 11), (9, 11)) for place in _sent(stored, stored.passage(*span))],
    )
    assert [words.replace("\xa0", " ") for words in found] == ["公开  目录", "目录   公开", "公开"]

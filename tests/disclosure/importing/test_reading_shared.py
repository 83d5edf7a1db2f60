"""The five real reports as Word files: every word of the published text is read, once."""

import json
import re
from pathlib import Path

import pytest

from disclosure.importing.blocks import Table
from disclosure.importing.reading import read_blocks
from disclosure.richtext import to_text

from .test_reading_office import needs_office

SHARED = Path(__file__).resolve().parents[4] / "shared"
FILES = ["000_hengyang.docx", "001_changsha.docx", "002_hubei.docx", "003_quanzhou.docx"]

pytestmark = pytest.mark.skipif(not (SHARED / "word").is_dir(), reason="../shared/word is not there")


def squeezed(text):
    return re.sub(r"\s", "", text)


def passages(name):
    """The words of the truth in order: title, head, each section, signature. (Its contacts are normalised.)"""
    (path,) = (SHARED / "reports").glob(f"{name[:3]}*.json")
    truth = json.loads(path.read_text(encoding="utf-8"))
    yield truth["title"]
    yield truth["addressee"]
    yield to_text(truth["preamble"])
    for section in truth["sections"].values():
        yield from section["heading"].split("/")  # two headings of the source that one section was made of
        yield to_text(section["body"])
    yield truth["signature"]["organisation"]


def read(name):
    return read_blocks(SHARED / "word" / name, name)


@pytest.mark.parametrize("name", [*FILES, pytest.param("004_hunan.doc", marks=needs_office)])
def test_every_word_is_read_once(name):
    source = read(name)
    text = squeezed("".join(block.text for block in source.blocks))
    for passage in passages(name):
        for line in passage.splitlines():
            words = squeezed(line)
            assert words in text
            if len(words) > 40:
                assert text.count(words) == 1
    assert source.notices == ()


def test_the_numbers_that_word_generates():
    numbers = [block.number for block in read("003_quanzhou.docx").blocks if block.number]
    assert [number for number in numbers if number.endswith("、")] == [f"{digit}、" for digit in "一二三四五六七"]
    assert numbers[:4] == ["一、", "（一）", "（二）", "（三）"]


def test_the_table_of_contacts():
    table = read("002_hubei.docx").blocks[-1]
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [6, 6, 6, 6]
    assert [row[0].text for row in table.rows] == ["", "学校分管领导", "部门负责人", "工作联系人"]


def test_headings_by_style_and_headings_by_face():
    by_style = [block.outline for block in read("001_changsha.docx").blocks]
    assert by_style.count(1) == 7
    by_face = [block.text for block in read("000_hengyang.docx").blocks if block.face == "黑体"]
    assert len(by_face) == 7

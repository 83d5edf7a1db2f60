"""What goes out as Word comes in again through the import without loss: five real reports, and any number of others.

What "without loss" means stands in ``tests/normal_form.py``, with a reason for everything that is evened out.
"""

import json
import re

import pytest
from hypothesis import given, settings

from disclosure.importing.assemble import compose
from disclosure.importing.classify import propose
from disclosure.importing.reading import read_blocks
from disclosure.publishing.rendering.word import render
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED
from disclosure.richtext import to_text
from tests import strategies
from tests.factories import full_document
from tests.normal_form import normal
from tests.shared import real_reports


def brought_back(document: Document, *, draft: bool = False) -> Document:
    """``document`` written as Word, read, taken apart and put together again; what is not compared is taken over."""
    found = compose(propose(read_blocks(render(document, draft=draft), "report.docx")))
    known = document.to_json()
    kept = {name: known[name] for name in ("schema", "province", "school", "year", "label", "period")}
    return Document.model_validate({**found, **kept})


@real_reports
@pytest.mark.parametrize("draft", [False, True], ids=["public", "draft"])
def test_a_real_report_comes_back_as_it_was(path, draft):
    document = Document.model_validate(json.loads(path.read_text(encoding="utf-8")))
    assert normal(brought_back(document, draft=draft)) == normal(document)


def test_a_whole_report_comes_back_as_it_was():
    assert normal(brought_back(full_document())) == normal(full_document())


@given(strategies.written_documents())
def test_any_report_that_was_written_here_comes_back_as_it_was(document):
    assert normal(brought_back(document)) == normal(document)


def words_alone(document: Document) -> dict:
    """As ``normal``, but of running text the words alone."""
    told = normal(document)
    told["preamble"] = re.sub(r"\s", "", to_text(document.preamble))
    for key in MANDATED:
        told["sections"][key.value]["body"] = re.sub(r"\s", "", to_text(document.sections[key].body))
    return told


@settings(max_examples=40)
@given(strategies.documents())
def test_any_report_at_all_comes_back_with_every_word_and_figure_in_its_place(document):
    """Also one that was loaded from elsewhere, with HTML nested in ways that no editor writes."""
    assert words_alone(brought_back(document)) == words_alone(document)

"""How the rules do on reports that somebody else wrote: floors that must hold.

The floors stand a little below what was measured (docs/decisions/0060-checks.md): who mends a rule raises them. What is
found and missed, line by line: ``python -m tests.disclosure.checking``.
"""

import pytest

from disclosure.report.enums import SectionKey
from disclosure.richtext import to_text
from tests.disclosure.checking.reading import KEPT_BACK, SHOWN, cases, wrong_sentences
from tests.disclosure.checking.scoring import alarms_on_right_sentences, score, text_of, wrong_sentences_found

PARTS = (SHOWN, KEPT_BACK)


@pytest.mark.parametrize("part", PARTS)
def test_the_corpus_is_of_one_piece(part):
    clean, faulty = cases(part, "clean"), cases(part, "faulty")
    assert len(clean) >= 7
    assert len(faulty) >= 7
    assert all(not case.labels for case in clean)
    assert all(3 <= len(case.labels) <= 10 for case in faulty)
    for case in (*faulty, *wrong_sentences(part)):
        for label in case.labels:
            if label.words and label.field in ("body", "preamble", "title", "heading"):
                assert label.words in text_of(case, label), (case.name, label)


def test_no_body_is_written_twice():
    """The bodies of a section differ from report to report: what is measured is many texts, not one many times."""
    bodies = [
        to_text(case.document.sections[key].body)
        for part in PARTS
        for kind in ("clean", "faulty")
        for case in cases(part, kind)
        for key in (SectionKey.OVERVIEW, SectionKey.PROACTIVE, SectionKey.EXPERIENCE)
    ]
    written = [body for body in bodies if body]
    assert len(set(written)) == len(written)


# Of each part: faults found and wrong sentences found, in percent; faults that must block and do; warnings on a clean
# report; right sentences with a finding.
FLOORS = {SHOWN: (97, 91, 31, 0.05, 0), KEPT_BACK: (84, 74, 22, 0.35, 4)}


@pytest.mark.parametrize("part", PARTS)
def test_the_rules_find_what_they_found(part):
    recall, sentences, blocking, *_ = FLOORS[part]
    measured, found = score(part), wrong_sentences_found(part)
    assert measured.recall >= recall
    assert measured.errors_found >= blocking
    assert 100 * sum(found) / len(found) >= sentences


@pytest.mark.parametrize("part", PARTS)
def test_the_rules_raise_no_more_false_alarms(part):
    *_, warnings, flagged = FLOORS[part]
    measured, right = score(part), alarms_on_right_sentences(part)
    assert measured.false_errors == 0
    assert measured.warnings_a_report <= warnings
    assert [finding for _, findings in right for finding in findings if finding.blocks] == []
    assert sum(bool(findings) for _, findings in right) <= flagged

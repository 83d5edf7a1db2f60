"""The measure of the checks, the page that quotes it, and the command that prints findings."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from bench import checks as bench
from bench.faults import FAULTS
from disclosure.checks import RULES
from disclosure.management.commands import describe_checks
from tests.factories import full_document

# What follows from how the form was filled in, and not from what the report says: no report can be given the fault.
NOT_MEASURED = {"everything_typed_is_readable", "carried_text_was_looked_through"}


def test_the_page_is_what_the_registry_says():
    """Written by ``manage.py describe_checks``."""
    assert describe_checks.PATH.read_text(encoding="utf-8") == describe_checks.text()


def test_every_rule_stands_on_the_page_once():
    groups = {rule.group for rule in RULES}
    assert groups == set(describe_checks.GROUPS)
    text = describe_checks.text()
    assert [rule.name for rule in RULES if text.count(f"`{rule.name}`") != 1] == []


def test_every_rule_is_measured():
    assert set(FAULTS) == {rule.name for rule in RULES} - NOT_MEASURED
    assert set(describe_checks.read_measured()) == {rule.name for rule in RULES}


def test_what_is_quoted_is_good_enough():
    """An error that is none stops a school; so none is allowed, and of warnings one report in fifty."""
    severity = {rule.name: rule.severity for rule in RULES}
    for name, row in describe_checks.read_measured().items():
        tried, found, alarms, reports = (int(row[key]) for key in ("tried", "found", "alarms", "reports"))
        assert found >= 0.9 * tried, name
        assert alarms <= (0 if severity[name] == "error" else reports / 50), name


def test_the_measure_still_gives_what_is_quoted():
    """Three faults a rule, the same that the whole measure begins with, and every clean report."""
    told, said = bench.measure(tries=3)
    quoted = describe_checks.read_measured()
    assert {one.rule: one.alarms for one in told} == {name: int(row["alarms"]) for name, row in quoted.items()}
    # Whatever share of the hundred is found, a rule that finds none of three has come apart.
    assert [one.rule for one in told if one.tried and not one.found] == []
    assert [one for one in said if one[0] in {rule.name for rule in RULES if rule.severity == "error"}] == []


def run_checks(*arguments):
    out, status = StringIO(), 0
    try:
        call_command("run_checks", *map(str, arguments), stdout=out)
    except SystemExit as end:
        status = end.code
    return json.loads(out.getvalue()), status


def as_file(path, document):
    path.write_text(json.dumps(document.to_json(), ensure_ascii=False), encoding="utf-8")
    return path


def test_the_command_prints_findings_as_json_without_a_database(tmp_path):
    """Not marked for the database: any query would fail the test."""
    good = as_file(tmp_path / "good.json", full_document())
    bad = as_file(tmp_path / "bad.json", full_document(title=""))
    none = tmp_path / "none.json"
    none.write_text("{}", encoding="utf-8")
    told, status = run_checks(good, bad, none)
    assert status == 1
    assert told[0] == {"file": str(good), "findings": []}
    assert [(one["rule"], one["severity"]) for one in told[1]["findings"]] == [("head_is_complete", "error")]
    assert told[2]["file"] == str(none)
    assert told[2]["unfit"]


def test_the_command_compares_with_what_it_is_given(tmp_path):
    report = full_document(sections__overview__body="<p>求是学院组织了培训，公开了有关信息。</p>")
    previous = as_file(
        tmp_path / "previous.json",
        full_document(year=report.year - 1, period={"start": "2011-01-01", "end": f"{report.year - 1}-08-01"}),
    )
    schools = tmp_path / "schools.txt"
    schools.write_text("求是学院\n\n甲省明德学院\n", encoding="utf-8")
    told, status = run_checks(as_file(tmp_path / "a.json", report), "--previous", previous, "--schools", schools)
    assert status == 0
    assert {one["rule"] for one in told[0]["findings"]} == {
        "period_follows_last_years",
        "other_schools_are_not_named",
        "sections_are_not_last_years",
    }


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_another_report(name):
    """A fault that changes nothing would be found by nobody, and measured as a miss."""
    import copy
    import random

    from bench.faults import Case

    [clean, *_] = bench.clean_reports()[:1]
    for put in FAULTS[name]:
        for attempt in range(40):
            case = Case(
                copy.deepcopy(clean.data),
                random.Random(attempt),
                copy.deepcopy(clean.previous),
                bench.school_names(),
                clean.published,
            )
            if put(case):
                assert (case.data, case.previous, case.published) != (clean.data, clean.previous, clean.published)
                break

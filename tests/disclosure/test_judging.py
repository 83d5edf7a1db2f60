"""What the checks are told about a report besides its text, and that no rule keeps anybody from it."""

import dataclasses
import logging

import pytest

from disclosure import checks, evaluation
from disclosure.models import Report, Slip
from disclosure.models.assembly import complete
from disclosure.report.enums import SectionKey, Severity, Status
from tests.factories import full_document, make_campaign, make_report


def loaded(report):
    return complete(Report.objects.filter(pk=report.pk)).get()


def context(report):
    report = loaded(report)
    return evaluation.context_of(report, evaluation.assemble(report))


def test_last_years_report_is_compared_with_and_none_of_an_earlier_year(school, campaign):
    report = make_report(school, campaign)
    assert context(report).previous is None
    make_report(school, make_campaign(campaign.province, campaign.year - 2), Status.PUBLISHED)
    assert context(report).previous is None
    make_report(school, make_campaign(campaign.province, campaign.year - 1), Status.SUBMITTED)
    assert context(report).previous.year == campaign.year - 1


def test_schools_and_slips_of_operators_are_known(school, second_school, campaign):
    Slip.objects.create(wrong="信息公幵", right="信息公开")
    known = context(make_report(school, campaign))
    assert known.schools == {school.name, second_school.name}
    assert known.slips[-1].wrong == "信息公幵"


def test_a_province_weighs_rules_and_unknown_names_do_no_harm(school, campaign):
    campaign.severities = {"head_is_complete": "warning", "gone_long_ago": "error", "counts_are_exact": "nonsense"}
    campaign.save()
    report = make_report(school, campaign, document=full_document(school, campaign.year, title=""))
    found = evaluation.judge(loaded(report)).judged
    assert [(one.finding.rule, one.finding.severity) for one in found] == [("head_is_complete", Severity.WARNING)]


def test_a_rule_that_breaks_is_logged_and_the_others_go_on(school, campaign, monkeypatch, caplog):
    report = make_report(school, campaign, document=full_document(school, campaign.year, title=""))

    def breaks(document, context):
        raise KeyError("a text nobody had thought of")

    broken = [
        dataclasses.replace(rule, find=breaks) if rule.name == "counts_are_exact" else rule for rule in checks.RULES
    ]
    monkeypatch.setattr(checks.base, "RULES", broken)
    with pytest.raises(KeyError):
        evaluation.judge(loaded(report))
    monkeypatch.undo()  # also what tests/conftest.py has put in the place of the log
    monkeypatch.setattr(checks.base, "RULES", broken)
    with caplog.at_level(logging.ERROR):
        judgement = evaluation.judge(loaded(report))
    assert [(one.finding.section, one.finding.field) for one in judgement.errors] == [(SectionKey.HEAD, "title")]
    assert "counts_are_exact" in caplog.text
    assert "nobody had thought of" in caplog.text

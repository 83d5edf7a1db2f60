"""What the checks say of the five real reports: every finding, read by a person, with why it is right.

A change of a rule that adds or takes a line here has to be read and defended too. The reports stay in ``../shared``; what
is quoted here are the faults that ``faults.md`` quotes.
"""

import json
from datetime import date

import pytest

from disclosure.checks import Context, copying, run
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, Severity
from disclosure.richtext import from_text, to_text
from tests.shared import REPORTS

TODAY = date(2026, 11, 1)
ERROR, WARNING = Severity.ERROR, Severity.WARNING

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not there: ../shared/reports")

# None of them tells of the confidentiality review, which Article 5 of the 办法 asks for before anything is published.
UNREVIEWED = [
    (ERROR, "confidentiality_review_is_confirmed", "head", "confidentiality_reviewer", "保密审查人"),
    (ERROR, "confidentiality_review_is_confirmed", "head", "confidentiality_date", "保密审查日期"),
]

# Report → severity, rule, part, field, and the words the sentence must hold.
FOUND = {
    "000": [
        # The report ends with its text: neither a name nor a date stands below it (faults.md).
        (ERROR, "head_is_complete", "head", "signature_organisation", ""),
        (ERROR, "head_is_complete", "head", "signature_date", ""),
        *UNREVIEWED,
        # The title within the title stands in round brackets; GB/T 15834 has 〈〉 for it.
        (WARNING, "names_of_laws_are_whole", "head", "preamble", "〈高等学校信息公开事项清单〉"),
        # 高校 and 清单 written as other words of the same sound (faults.md).
        (WARNING, "no_known_slips", "head", "preamble", "「高效信息」疑为「高校信息」"),
        (WARNING, "no_known_slips", "head", "preamble", "「公布清零」疑为「公布清单」"),
        # 门槛 (faults.md).
        (WARNING, "no_known_slips", "overview", "body", "「门栏」疑为「门槛」"),
        # 高校招生工作「十公开」 is the ministry's term; 高效 is the slip of the preamble once more.
        (WARNING, "no_known_slips", "proactive", "body", "「高效招生」疑为「高校招生」"),
        # 95 percent, and not a word on how many were asked (faults.md).
        (WARNING, "satisfaction_says_how_many_were_asked", "evaluation", "responses", ""),
        # 「5、」 after 一、二、三、四、 (faults.md).
        (WARNING, "headings_are_numbered_in_order", "complaints", "heading", "「5、」应为「五、」"),
        # What comes to light is 反映出; 反应 is a reaction.
        (WARNING, "no_known_slips", "experience", "body", "「反应出」疑为「反映出」"),
        # A heading with nothing below it (faults.md).
        (ERROR, "mandated_sections_are_written", "other", "body", ""),
        # There is no annex.
        *[(ERROR, "mandated_contacts_are_named", "contacts", "", "")] * 3,
    ],
    "001": [
        # A date, but no name (faults.md has the report under none; its last line is the date alone).
        (ERROR, "head_is_complete", "head", "signature_organisation", ""),
        *UNREVIEWED,
        # 近2000, 1700余, 240余 in one sentence (faults.md: 「近2000条」).
        (WARNING, "counts_are_exact", "proactive", "body", "「近2000条」、「1700余条」、「240余条」"),
        # Section four speaks of complaints alone (faults.md: pasted into the wrong section).
        (WARNING, "texts_stand_in_their_sections", "evaluation", "body", ""),
        # Nobody was asked, and the report does not say so.
        (WARNING, "comparable_figures_are_filled_in", "evaluation", "satisfaction_percent", ""),
        # Sections four and five are one sentence (faults.md).
        (ERROR, "sections_are_not_the_same", "complaints", "body", "与第四部分完全相同"),
        # A character of 构建和谐文明校园 is lost; 003 has the same paragraph with it.
        (WARNING, "no_known_slips", "experience", "body", "「构建和文明校园」疑为「构建和谐文明校园」"),
        *[(ERROR, "mandated_contacts_are_named", "contacts", "", "")] * 3,
    ],
    "002": [
        *UNREVIEWED,
        # 「（一）」 and then 「(二)」「(三)」「(四)」 (faults.md).
        (WARNING, "numbers_in_text_run_on", "overview", "body", "「(二)」应为「（二）」"),
        # 「(一)」 beside 「（二）」, and 「3 会议纪要」 among 1. 2. 4. 5. (faults.md).
        (WARNING, "numbers_in_text_run_on", "proactive", "body", "「3」应为「3.」"),
        # There is no 依申请公开 (faults.md), and so no figure of it.
        (ERROR, "mandated_sections_are_written", "on_request", "body", ""),
        (ERROR, "key_figures_are_filled_in", "on_request", "total-received", ""),
        (WARNING, "comparable_figures_are_filled_in", "evaluation", "satisfaction_percent", ""),
        # Complaints are told in one paragraph with the evaluation: the section of their own is missing.
        (ERROR, "mandated_sections_are_written", "complaints", "body", ""),
        # The section is headed 存在的问题和改进措施 and tells of no experience; the notice asks for it.
        (WARNING, "experience_problems_and_measures_are_told", "experience", "body", "没有写主要经验"),
        # 「探确保」 (faults.md).
        (WARNING, "no_known_slips", "experience", "body", "「探确保」疑为「确保」"),
        # There is no 其他 (faults.md).
        (ERROR, "mandated_sections_are_written", "other", "body", ""),
        # Three QQ mailboxes in the annex (faults.md), none of which the public will see.
        (WARNING, "some_mailbox_is_an_offices", "contacts", "people-0-email", ""),
    ],
    "003": [
        # A name and no date (faults.md).
        (ERROR, "head_is_complete", "head", "signature_date", ""),
        *UNREVIEWED,
        # 「教办厅函【2023】52号」 (faults.md).
        (WARNING, "document_numbers_are_in_form", "head", "preamble", "「教办厅函〔2023〕52号」"),
        (WARNING, "comparable_figures_are_filled_in", "evaluation", "satisfaction_percent", ""),
        # The first sentence of section five are the reasons for 不予公开 (faults.md).
        (WARNING, "texts_stand_in_their_sections", "complaints", "body", "第三部分"),
        *[(ERROR, "mandated_contacts_are_named", "contacts", "", "")] * 3,
    ],
    "004": [
        # Neither name nor date (faults.md).
        (ERROR, "head_is_complete", "head", "signature_organisation", ""),
        (ERROR, "head_is_complete", "head", "signature_date", ""),
        *UNREVIEWED,
        # A closing 》 whose opening half was lost before 教育部关于公布.
        (WARNING, "quotes_and_brackets_are_in_pairs", "head", "preamble", "标点不成对"),
        # The list is called 高等学校信息公开事项清单; the two characters are missing.
        (WARNING, "names_of_laws_are_whole", "overview", "body", "应为「《高等学校信息公开事项清单》」"),
        # 地, not 的, before a verb: here and in 更好的为广大师生员工 below.
        (WARNING, "no_known_slips", "overview", "body", "「经常性的与」疑为「经常性地与」"),
        # Nearly a thousand, and more than a thousand (faults.md).
        (WARNING, "counts_do_not_contradict_themselves", "proactive", "body", "「近1000余条」"),
        (WARNING, "comparable_figures_are_filled_in", "evaluation", "satisfaction_percent", ""),
        # 「无。」 and nothing else, twice (faults.md).
        (WARNING, "sections_say_more_than_none", "evaluation", "body", "只写了「无。」"),
        (WARNING, "sections_say_more_than_none", "complaints", "body", "只写了「无。」"),
        (WARNING, "no_known_slips", "experience", "body", "「更好的为」疑为「更好地为」"),
        # Three parts; there is no 其他.
        (ERROR, "mandated_sections_are_written", "other", "body", ""),
        *[(ERROR, "mandated_contacts_are_named", "contacts", "", "")] * 3,
    ],
}


# What faults.md names of the five: fault, report, rule, part. What it names of others has its tests with the rules.
NAMED = [
    ("a mandated section is missing", "002", "mandated_sections_are_written", "on_request"),
    ("a mandated section is missing", "002", "mandated_sections_are_written", "other"),
    ("a section is empty", "000", "mandated_sections_are_written", "other"),
    ("a bare 无。", "004", "sections_say_more_than_none", "evaluation"),
    ("a bare 无。", "004", "sections_say_more_than_none", "complaints"),
    ("sections four and five are the same sentence", "001", "sections_are_not_the_same", "complaints"),
    ("section five holds the reasons for 不予公开", "003", "texts_stand_in_their_sections", "complaints"),
    ("a document number in the wrong form", "003", "document_numbers_are_in_form", "head"),
    ("主动公布清零, 高效信息", "000", "no_known_slips", "head"),
    ("零门栏", "000", "no_known_slips", "overview"),
    ("探确保", "002", "no_known_slips", "experience"),
    ("5、 among 一、二、", "000", "headings_are_numbered_in_order", "complaints"),
    ("(二) beside （一）", "002", "numbers_in_text_run_on", "overview"),
    ("3 会议纪要", "002", "numbers_in_text_run_on", "proactive"),
    ("no date, no signature", "000", "head_is_complete", "head"),
    ("no date, no signature", "003", "head_is_complete", "head"),
    ("no date, no signature", "004", "head_is_complete", "head"),
    ("近2000条", "001", "counts_are_exact", "proactive"),
    ("近1000余条", "004", "counts_do_not_contradict_themselves", "proactive"),
    ("personal data in the annex", "002", "some_mailbox_is_an_offices", "contacts"),
]


@pytest.mark.parametrize(("fault", "number", "rule", "section"), NAMED)
def test_every_fault_that_is_named_of_a_real_report_is_found(fault, number, rule, section):
    """The shared paragraphs of 001 and 003, and Word's debris in the published texts, have tests of their own."""
    assert (rule, section) in {line[1:3] for line in FOUND[number]}, fault


def real(number) -> Document:
    [path] = REPORTS.glob(f"{number}_*.json")
    return Document.model_validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("number", FOUND)
def test_every_finding_on_a_real_report_is_one_that_was_read(number):
    findings = run(real(number), Context(today=TODAY))
    assert [(one.severity, one.rule, one.section.value, one.field) for one in findings] == [
        line[:4] for line in FOUND[number]
    ]
    for finding, (*_, words) in zip(findings, FOUND[number], strict=True):
        assert words in finding.sentence


@pytest.mark.parametrize(("number", "is_there"), [("000", 0), ("001", 1), ("002", 0), ("003", 0), ("004", 1)])
def test_what_word_left_in_the_published_text_is_found(number, is_there):
    """「[bookmark: _GoBack]」 stands in the published texts of two; who split them by hand took it out."""
    [path] = REPORTS.glob(f"{number}_*.txt")
    document = real(number).to_json()
    document["sections"]["overview"]["body"] = from_text(path.read_text(encoding="utf-8"))
    found = [one for one in run(Document.model_validate(document)) if one.rule == "nothing_is_left_over_from_word"]
    assert [one.passages[0].text.strip() for one in found] == ["[bookmark: _GoBack]"] * is_there


def test_what_two_schools_share_would_be_found():
    """001 and 003 share whole paragraphs (faults.md); the measure that compares with last year's report sees it."""
    one, other = real("003"), real("001")
    shares = {
        key: copying.copied(to_text(one.sections[key].body), to_text(other.sections[key].body)).share
        for key in MANDATED
    }
    # What every report says (the law's name, the formulas of policy) is left out on both sides.
    assert shares["overview"] > 0.3
    assert shares["experience"] > 0.3
    unrelated = copying.copied(to_text(real("002").sections.overview.body), to_text(other.sections.overview.body))
    assert unrelated.share < 0.2


def test_the_private_numbers_of_the_annex_never_become_public():
    """002 has private mobiles and QQ mail in its annex: they have fields of their own, which are not published."""
    people = real("002").public().contacts
    assert [(person.mobile, person.email) for person in people] == [("", "")] * 3

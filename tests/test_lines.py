"""Single lines: whatever is sent into a field of one line, in whichever form, table, file or by code, is one line then."""

import importlib
import pkgutil

import pytest
from django import forms
from django.apps import apps
from django.db import connection, models
from django.urls import reverse
from tablib import Dataset

import disclosure.drafting.forms
from disclosure.drafting.forms.parts import ValuesForm
from disclosure.drafting.imports import intake
from disclosure.models import Publication, Report, Withdrawal
from disclosure.workflow import transitions
from schools import mail
from schools.accounts import invite
from schools.enums import Role
from schools.fields import LineField, LineFormField
from schools.importing import SchoolResource
from schools.lines import clipped, is_one_line, one_line
from schools.models import Membership, OutgoingMail, School, User
from tests import factories
from tests.disclosure.adopting.proposals import CONTENT, proposal

BROKEN = "\t甲\r\n乙\x0b \u2028丙\x00丁\u202e戊\u200f己\x85 "
WHOLE = "甲 乙 丙丁 戊 己"
OURS = ("schools", "disclosure")
# What is written in a text area, or by the portal itself, or is refused by its own form (an address, a code).
SEVERAL_LINES = {
    (Report, "late_reason"),
    (Report, "correction_reason"),
    (Publication, "change_note"),
    (Withdrawal, "reason"),
}
OF_THE_PORTAL = {"sha256", "key", "rule", "object_type", "role", "province_code", "password"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (BROKEN, WHOLE),
        ("湖南 大学", "湖南 大学"),
        ("甲　　乙", "甲　　乙"),
        ("甲  \n  乙", "甲 乙"),
        ("\n\t", ""),
        ("\ud800甲", "甲"),
        ("Subject\r\nBcc: a", "Subject Bcc: a"),
    ],
)
def test_breaks_and_unseen_signs_become_one_blank(text, line):
    assert one_line(text) == one_line(one_line(text)) == line
    assert is_one_line(one_line(text))


def test_what_is_clipped_says_so():
    assert (clipped("甲乙丙", 3), clipped("甲乙丙丁", 3), clipped("甲\n乙", 3)) == ("甲乙丙", "甲乙…", "甲 乙")


def _columns():
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            yield from ((model, column) for column in model._meta.concrete_fields)


def test_every_column_of_free_text_holds_one_line_or_is_known_to_hold_several():
    loose = {
        (column.model, column.name)
        for _, column in _columns()
        if isinstance(column, models.CharField) and not isinstance(column, LineField)
        if not column.choices and column.name not in OF_THE_PORTAL
    }
    # These refuse whatever is no address, code or name of an account.
    strict = {(model, name) for model, name in loose if _refuses(model._meta.get_field(name))}
    assert loose - strict == SEVERAL_LINES


def _refuses(column) -> bool:
    value = BROKEN.strip()
    found = 0
    for validator in column.validators:
        try:
            validator(value)
        except forms.ValidationError:
            found += 1
    return found > 0


@pytest.mark.parametrize("column", [column for _, column in _columns() if isinstance(column, LineField)], ids=str)
def test_a_column_of_one_line_stores_one_line(column):
    assert column.to_python(BROKEN) == column.get_prep_value(BROKEN) == WHOLE
    instance = column.model(**{column.attname: BROKEN})
    assert (column.pre_save(instance, True), getattr(instance, column.attname)) == (WHOLE, WHOLE)
    assert isinstance(column.formfield(), LineFormField)


def _forms():
    for package in (disclosure.drafting.forms,):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    for name in (
        "schools.forms",
        "schools.admin",
        "disclosure.admin",
        "disclosure.review.forms",
        "disclosure.campaigns.forms",
    ):
        importlib.import_module(name)
    waiting, found = [forms.BaseForm], set()
    while waiting:
        for form in waiting.pop().__subclasses__():
            if form not in found:
                found.add(form)
                waiting.append(form)
    return sorted((form for form in found if form.__module__.split(".")[0] in OURS), key=str)


def _single_line_fields(form):
    fields = form().fields if issubclass(form, ValuesForm) else form.base_fields
    for name, field in fields.items():
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.Textarea | forms.PasswordInput):
            yield name, field


def _is_one_line_or_refused(field, sent) -> bool:
    try:
        value = field.clean(sent)
    except forms.ValidationError:
        return True
    lines = value if isinstance(value, list) else [value]
    return all(is_one_line(line) for line in lines if isinstance(line, str))


def test_every_field_of_one_line_gives_one_line_or_refuses():
    wrong, seen = set(), 0
    for form in _forms():
        if form.__name__ in ("PartForm", "NarrativeForm", "ValuesForm", "RequestColumnForm"):
            continue  # without a model or a prefix of their own
        for name, field in _single_line_fields(form):
            seen += 1
            sent = (BROKEN, BROKEN.replace("\x00", ""))
            wrong |= {(form.__name__, name) for one in sent if not _is_one_line_or_refused(field, one)}
    # Whoever signs in under a name that no account has is told so; of an account the model itself refuses it.
    assert wrong == {(form, "username") for form in ("SignInForm", "UserForm", "NewUserForm")}
    assert seen > 30


# --- the ways in ------------------------------------------------------------------------------------------------------


def test_a_school_whose_name_was_pasted_with_a_break_is_added_under_one_line(client_of, province_admin):
    sent = {"name": "湖畔\r\n学院", "city": "湖\u2028畔\t市", "slug": "hupan"}
    assert client_of(province_admin).post("/province/schools/add/", sent).status_code == 302
    school = School.objects.get(slug="hupan")
    assert (school.name, school.city) == ("湖畔 学院", "湖 畔 市")


def test_the_admin_takes_a_name_as_one_line(client_of, operator, province):
    sent = {"code": "93", "name": "丙\n省", "office": "丙省\x00教育厅\u202e"}
    assert client_of(operator).post(reverse("admin:schools_province_add"), sent).status_code == 302
    assert province.__class__.objects.filter(code="93").values_list("name", "office").get() == ("丙 省", "丙省教育厅")


@pytest.mark.parametrize("name", ["甲省\n明德学院", "甲省\x00明德学院", "甲省\u202e明德学院"])
def test_a_table_with_a_break_in_a_cell_is_refused_in_words(operator, school, name):
    table = Dataset(headers=["学校名称", "省份代码", "所在城市"])
    table.append([name, "91", "明德市"])
    result = SchoolResource().import_data(table, user=operator.user)
    sentences = [sentence for row in result.invalid_rows for sentence in row.error.messages]
    sentences += [str(error.error) for row in result.rows for error in row.errors]
    shown = "甲省明德学院" if "\x00" in name else "甲省 明德学院"
    assert sentences == [f"「{shown}」里有换行或看不见的字符，请删去后重新导入。"]
    assert School.objects.count() == 1


def test_names_that_code_writes_are_one_line_too(province):
    school = factories.make_school(province, "湖畔\r\n学院", slug="hupan")
    assert (school.name, School.objects.get().name) == ("湖畔 学院", "湖畔 学院")
    School.objects.update(city="湖\n畔")
    assert School.objects.get(city="湖\n畔").city == "湖 畔"
    (row,) = OutgoingMail.objects.bulk_create([OutgoingMail(to="a@example.edu.cn", subject="一\n二", body="")])
    assert (row.subject, OutgoingMail.objects.get().subject) == ("一 二", "一 二")


def test_the_subject_of_a_mail_is_one_line_whoever_is_named_in_it(province_admin, province):
    user = User(username="new", name="新\r\nBcc: x", email="new@example.edu.cn")
    invite(province_admin, user, Membership(role=Role.REVIEWER, province=province))
    row = mail.enqueue("a@example.edu.cn", "第一行\r\nBcc: b@example.edu.cn\u2028", "正文\x00")
    assert (row.subject, row.body) == ("第一行 Bcc: b@example.edu.cn", "正文")
    assert [is_one_line(one.subject) for one in OutgoingMail.objects.all()] == [True, True]
    assert User.objects.get(username="new").name == "新 Bcc: x"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("年\r\n报.docx", "年 报.docx"),
        ("C:\\文件\\年报.docx", "年报.docx"),
        ("\n", "未命名"),
        ("长" * 300 + ".docx", "…" + "长" * 194 + ".docx"),
    ],
)
def test_the_name_of_an_uploaded_file_is_one_line_and_goes_into_a_header(name, kept, client_of, author, campaign):
    report = transitions.start(campaign, author)
    one = intake.take_in(report.pk, CONTENT, name, proposal(campaign.year), author)
    assert one.name == kept
    answer = client_of(author).get(reverse("author:import_source", args=[report.pk, one.pk]))
    assert answer.status_code == 200


def test_a_name_that_an_earlier_version_stored_with_a_break_does_not_break_the_header(client_of, author, campaign):
    report = transitions.start(campaign, author)
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(campaign.year), author)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_import SET name = %s WHERE id = %s", ["a\r\nb.docx", one.pk])
    answer = client_of(author).get(reverse("author:import_source", args=[report.pk, one.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="a b.docx"'

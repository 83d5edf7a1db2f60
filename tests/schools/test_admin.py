"""The operators' admin: for superusers alone, searchable, and history untouched."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosure.models import Slip
from schools import audit, storage
from schools.enums import EventType, Role
from schools.models import Event, Membership, OutgoingMail, School, User
from schools.operating import GONE, NOT_KEPT, NOT_READ, ReadOnlyAdmin
from tests import factories

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def operator_client(client_of, operator):
    return client_of(operator)


def _address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_it_holds_our_own_tables_and_no_others():
    assert [model._meta.label for model in MODELS] == [
        "disclosure.Campaign",
        "disclosure.Publication",
        "disclosure.Report",
        "disclosure.Slip",
        "disclosure.Submission",
        "disclosure.Withdrawal",
        "schools.Event",
        "schools.Membership",
        "schools.OutgoingMail",
        "schools.Province",
        "schools.School",
        "schools.User",
    ]


@pytest.mark.parametrize(
    ("persona", "status"), [("visitor", 302), ("author", 403), ("province_admin", 403), ("operator", 200)]
)
def test_it_is_for_operators_alone(client_of, request, persona, status):
    client = client_of(request.getfixturevalue(persona))
    response = client.get("/operator/")
    if status == 403:  # sent to the admin's sign-in, which tells the reason
        response = client.get(response["Location"])
    assert response.status_code == status


def test_signing_in_is_the_portals_own(client):
    assert client.get("/operator/schools/user/")["Location"] == "/operator/login/?next=/operator/schools/user/"
    back = "/accounts/login/?next=/operator/schools/user/"
    assert client.get("/operator/login/?next=/operator/schools/user/")["Location"] == back


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_can_be_searched(operator_client, school, campaign, model):
    assert admin.site._registry[model].search_fields
    assert operator_client.get(_address(model), {"q": "甲"}).status_code == 200


@pytest.mark.parametrize("model", [model for model in MODELS if model is not Slip], ids=lambda model: model._meta.label)
def test_nothing_is_deleted_but_typing_slips(operator_client, rf, operator, model):
    request = rf.get("/")
    request.user = operator.user
    assert not admin.site._registry[model].has_delete_permission(request)


def test_history_is_not_changed_by_hand(operator_client, school):
    read_only = {model._meta.object_name for model, shown in admin.site._registry.items() if _is_read_only(shown)}
    assert read_only == {"Event", "OutgoingMail", "Report", "Submission", "Publication", "Withdrawal"}
    event = audit.record(EventType.SCHOOL_ADDED, obj=school)
    assert operator_client.get(_address(Event, "change", event.pk)).status_code == 200
    assert operator_client.post(_address(Event, "change", event.pk), {"actor_name": "x"}).status_code == 403
    assert operator_client.get(_address(Event, "add")).status_code == 403


def _is_read_only(shown):
    return isinstance(shown, ReadOnlyAdmin)


def _inline(total=0, initial=0, **rows):
    return {"memberships-TOTAL_FORMS": total, "memberships-INITIAL_FORMS": initial} | rows


def test_an_operator_makes_a_provincial_administrator_and_a_link(operator_client, province):
    data = {"username": "guan", "name": "管新省", "email": "", "usable_password": "false"} | _inline()
    assert operator_client.post(_address(User, "add"), data).status_code == 302
    user = User.objects.get(username="guan")
    assert not user.has_usable_password()
    data = {"user": user.pk, "role": Role.PROVINCE_ADMIN.value, "province": province.pk, "is_active": "on"}
    operator_client.post(_address(Membership, "add"), data)
    assert user.memberships.get().province == province
    page = operator_client.post(_address(User), {"action": "issue_links", "_selected_action": user.pk}).content.decode()
    assert "/accounts/activate/" in page
    assert list(Event.objects.order_by("id").values_list("type", "object_label")) == [
        (EventType.ACCOUNT_INVITED, "管新省（guan）"),
        (EventType.ACCOUNT_CHANGED, "管新省（guan）"),
        (EventType.LINK_ISSUED, "管新省（guan）"),
    ]


def test_a_membership_that_does_not_fit_its_role_is_refused(operator_client, author, province):
    data = {"user": author.user.pk, "role": "reviewer", "school": author.school.pk, "is_active": "on"}
    response = operator_client.post(_address(Membership, "add"), data)
    assert "填报人和分管领导属于学校；审核人和省级管理员属于省份。" in response.content.decode()


def test_another_persons_password_set_by_an_operator_is_recorded(operator_client, author):
    data = {"password1": "river stone lamp", "password2": "river stone lamp", "usable_password": "true"}
    address = reverse("admin:auth_user_password_change", args=[author.user.pk])
    assert operator_client.post(address, data).status_code == 302
    assert [event.type for event in Event.objects.all()] == [EventType.PASSWORD_CHANGED]


MAILS = {
    "甲": ({"sent_at": "2026-11-01T02:05Z", "attempts": 1}, "已发送，2026年11月1日 10:05"),
    "乙": ({}, "待发"),
    "丙": ({"attempts": 1, "due_at": "2026-11-01T02:10Z", "last_error": "没有响应"}, "待发，2026年11月1日 10:10 再试"),
    "丁": ({"attempts": 6, "given_up": True, "last_error": "没有响应"}, "未发出"),
}


@pytest.mark.parametrize(
    ("status", "shown"),
    [("", "甲乙丙丁"), ("sent", "甲"), ("waiting", "乙丙"), ("failed", "丁"), ("nonsense", "甲乙丙丁")],
)
def test_the_list_of_mails_says_how_each_stands(operator_client, status, shown):
    for subject, (values, _) in MAILS.items():
        OutgoingMail.objects.create(to="song@example.edu.cn", subject=subject, body="正文", **values)
    page = operator_client.get(_address(OutgoingMail), {"status": status} if status else {})
    listing = page.context["cl"]
    standing = {row.subject: listing.model_admin.standing(row) for row in listing.result_list}
    assert standing == {subject: MAILS[subject][1] for subject in shown}
    assert [sentence for sentence in standing.values() if sentence not in page.content.decode()] == []
    assert listing.opts.verbose_name_plural == "通知邮件"


def test_mail_given_up_is_sent_again(operator_client, django_capture_on_commit_callbacks, mailoutbox):
    row = OutgoingMail.objects.create(to="song@example.edu.cn", subject="已发布", body="正文", given_up=True)
    with django_capture_on_commit_callbacks(execute=True):
        operator_client.post(_address(OutgoingMail), {"action": "send_again", "_selected_action": row.pk})
    assert [message.subject for message in mailoutbox] == ["已发布"]


# --- The table of schools -----------------------------------------------------------------------------------

HEADINGS = "学校名称,省份代码,学校标识码,所在城市,办学层次,办学性质,网址名称,参加填报"


def _import(client, *lines, encoding="utf-8-sig"):
    text = "\r\n".join([HEADINGS, *lines])
    file = SimpleUploadedFile("schools.csv", text.encode(encoding), "text/csv")
    page = client.post(_address(School, "import"), {"import_file": file, "format": "0", "resource": "0"})
    assert page.status_code == 200
    if "confirm_form" not in page.context:
        return page
    return client.post(_address(School, "process_import"), page.context["confirm_form"].initial, follow=True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_of_schools_is_imported_as_excel_writes_it(operator_client, province, school, encoding):
    _import(
        operator_client,
        "甲省湖滨大学,91,9100000002,湖滨市,本科,公办,,",
        f"{school.name},91,,明德市,专科（高职）,民办,{school.slug},否",
        encoding=encoding,
    )
    new = School.objects.get(name="甲省湖滨大学")
    assert (new.slug, new.code, new.city) == ("jiashenghubin-daxue", "9100000002", "湖滨市")
    assert (new.level, new.ownership, new.is_active) == ("undergraduate", "public", True)
    school.refresh_from_db()
    assert (school.city, school.level, school.is_active, school.code) == ("明德市", "vocational", False, None)
    assert list(Event.objects.order_by("id").values_list("type", "object_label")) == [
        (EventType.SCHOOL_ADDED, "甲省湖滨大学"),
        (EventType.SCHOOL_CHANGED, "甲省明德学院"),
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("甲省湖滨大学,99,,,,,,", "第 3 行，「省份代码」：没有行政区划代码为「99」的省份，请先在「省份」中添加。"),
        (
            "甲省湖滨大学,91,,,大专,,,",
            "第 3 行，「办学层次」：「大专」无法识别，请填写：本科、专科（高职）、成人高校；或者留空。",
        ),
        ("甲省湖滨大学,91,,,,,,也许", "第 3 行，「参加填报」：「也许」无法识别，请填写「是」或「否」。"),
        ("甲省湖滨大学,91,123,,,,,", "第 3 行，「学校标识码」：学校标识码是十位数字。"),
        ("甲省湖滨大学,91,,,,,湖 滨,", "第 3 行，「网址名称」："),
    ],
)
def test_a_row_that_does_not_fit_is_told_and_nothing_is_imported(operator_client, province, line, sentence):
    page = _import(operator_client, "甲省山麓学院,91,,,,,,", line)
    assert sentence in page.content.decode()
    assert not School.objects.exists()


def test_a_storage_that_is_away_is_told_on_the_page_and_nothing_is_imported(operator_client, province, monkeypatch):
    line = "甲省山麓学院,91,,,,,,"
    for operation, sentence in (("save", NOT_KEPT), ("open", NOT_READ)):
        file = SimpleUploadedFile("schools.csv", f"{HEADINGS}\r\n{line}".encode(), "text/csv")
        sent = {"import_file": file, "format": "0", "resource": "0"}
        with monkeypatch.context() as away:
            if operation == "save":
                away.setattr(storage.os, "replace", None)
                page = operator_client.post(_address(School, "import"), sent, follow=True)
            else:
                confirmed = operator_client.post(_address(School, "import"), sent).context["confirm_form"].initial
                away.setattr(storage.default_storage, "open", None)
                page = operator_client.post(_address(School, "process_import"), confirmed, follow=True)
        assert [str(message) for message in page.context["messages"]] == [sentence]
    assert not School.objects.exists()
    # A file that cannot be deleted afterwards does not make an import undone.
    monkeypatch.setattr(storage.default_storage, "delete", None)
    _import(operator_client, line)
    assert School.objects.get().name == "甲省山麓学院"


def test_a_file_that_was_confirmed_twice_or_never_uploaded_is_told(operator_client, province):
    confirmed = {"format": "0", "resource": "0", "original_file_name": "a.csv"}
    for name in ("0" * 32, "db.sqlite3"):
        page = operator_client.post(
            _address(School, "process_import"), confirmed | {"import_file_name": name}, follow=True
        )
        assert [str(message) for message in page.context["messages"]] == [GONE]


def test_the_table_is_exported_as_it_is_imported(operator_client, school):
    response = operator_client.get(_address(School, "export"))
    assert response.content.decode("utf-8-sig").splitlines() == [
        HEADINGS,
        "甲省明德学院,91,,,,,jiasheng-mingde-xueyuan,是",
    ]
    assert response.content.startswith(b"\xef\xbb\xbf")


def test_events_are_found_by_role_and_province(operator_client, author, reviewer):
    audit.record(EventType.SIGNED_IN, author)
    audit.record(EventType.SIGNED_IN, reviewer)
    audit.record(EventType.DENIED)

    def found(query):
        return {event.actor_name for event in operator_client.get(_address(Event) + query).context["cl"].queryset}

    assert found("?role=reviewer") == {"严审核（reviewer）"}
    assert found("?province=91") == {"严审核（reviewer）", "宋填报（author）"}


def test_the_list_asks_the_same_few_queries(client_of, operator, province, django_assert_num_queries):
    client = client_of(operator)
    client.get(_address(School))
    counts = []
    for _ in range(2):
        factories.make_school(province)
        with django_assert_num_queries(7) as queries:  # session, user, memberships; 2 counts, rows, provinces
            client.get(_address(School))
        counts.append(len(queries))
    assert counts == [7, 7]

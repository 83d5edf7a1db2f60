"""The provincial administrator's schools."""

import pytest

from schools.enums import EventType, Role
from schools.models import Event, School
from tests import factories

SCHOOLS = "/province/schools/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client_of, province_admin):
    return client_of(province_admin)


def _names(response):
    return [school.name for school in response.context["page"]]


def _add(client, **values):
    return client.post(f"{SCHOOLS}add/", {"name": "甲省湖滨职业技术学院"} | values)


def test_the_home_counts_what_there_is(admin_client, school, second_school, author, other_school):
    factories.make_school(school.province, is_active=False)
    response = admin_client.get("/province/")
    assert response.context["figures"] == {"schools": 2, "without_author": 1, "people": 2, "invited": 0}


def test_only_schools_of_the_own_province_are_listed(admin_client, school, second_school, other_school):
    assert _names(admin_client.get(SCHOOLS)) == ["甲省明德学院", "甲省求是职业学院"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=求是", ["甲省求是职业学院"]),
        ("q=mingde", ["甲省明德学院"]),
        ("q=湖滨市", ["甲省求是职业学院"]),
        ("q=9100000001", ["甲省明德学院"]),
        ("q=91000", []),
        ("state=active", ["甲省明德学院"]),
        ("state=inactive", ["甲省求是职业学院"]),
        ("state=nonsense", ["甲省明德学院", "甲省求是职业学院"]),
        ("q=" + "长" * 61, ["甲省明德学院", "甲省求是职业学院"]),
        ("page=99", ["甲省明德学院", "甲省求是职业学院"]),
    ],
)
def test_schools_are_found(admin_client, school, second_school, query, names):
    School.objects.filter(pk=school.pk).update(code="9100000001")
    School.objects.filter(pk=second_school.pk).update(city="湖滨市", is_active=False)
    assert _names(admin_client.get(f"{SCHOOLS}?{query}")) == names


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_schools_asks_the_same_few_queries(client_of, province_admin, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.make_actor(Role.AUTHOR, factories.make_school(province_admin.province))
    client = client_of(province_admin)
    client.get(SCHOOLS)
    with django_assert_num_queries(6):  # session, user, memberships; any, count, rows
        assert len(_names(client.get(SCHOOLS))) == rows


def test_an_empty_province_is_told_what_comes_next(admin_client):
    assert "请先添加本省参加填报的学校" in admin_client.get(SCHOOLS).content.decode()


def test_a_new_school_gets_its_address_from_the_pinyin_of_its_name(admin_client, province):
    response = _add(admin_client)
    school = School.objects.get()
    assert response["Location"] == f"{SCHOOLS}{school.pk}/"
    assert (school.slug, school.province, school.code) == ("jiashenghubin-zhiye-jishu-xueyuan", province, None)
    event = Event.objects.get()
    assert (event.type, event.object_label, event.province_code) == (EventType.SCHOOL_ADDED, school.name, "91")


def test_a_new_school_may_name_its_address(admin_client):
    _add(admin_client, slug="HuBin-zhiyuan")
    assert School.objects.get().slug == "hubin-zhiyuan"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"name": ""}, "name", "这个字段是必填项。"),
        ({"name": "甲省明德学院"}, "name", "已有同名的学校。"),
        ({"slug": "jiasheng-mingde-xueyuan"}, "slug", "这个网址名称已被另一所学校使用，请换一个。"),
        ({"code": "123"}, "code", "学校标识码是十位数字。"),
        ({"code": "9100000001"}, "code", "这个学校标识码已属于另一所学校，请核对。"),
    ],
)
def test_what_is_wrong_with_a_school_is_told_beside_its_field(admin_client, school, values, field, sentence):
    School.objects.filter(pk=school.pk).update(code="9100000001")
    response = _add(admin_client, **values)
    assert response.status_code == 400
    assert response.context["form"].errors == {field: [sentence]}


def test_changing_a_school_is_told_before_and_after(admin_client, school):
    data = {"name": school.name, "city": "明德市", "code": "", "level": "undergraduate", "ownership": ""}
    admin_client.post(f"{SCHOOLS}{school.pk}/edit/", data | {"slug": "elsewhere"})
    school.refresh_from_db()
    assert (school.city, school.slug) == ("明德市", "jiasheng-mingde-xueyuan")
    event = Event.objects.get()
    assert event.type == EventType.SCHOOL_CHANGED
    assert event.detail == {"所在城市": ["", "明德市"], "办学层次": ["", "本科"]}


def test_a_school_is_deactivated_after_a_confirmation_and_comes_back(admin_client, school, author):
    address = f"{SCHOOLS}{school.pk}/deactivate/"
    assert "停用后，该校人员不能再填报" in admin_client.get(address).content.decode()
    school.refresh_from_db()
    assert school.is_active
    admin_client.post(address)
    admin_client.post(address)
    school.refresh_from_db()
    assert not school.is_active
    admin_client.post(f"{SCHOOLS}{school.pk}/reactivate/")
    school.refresh_from_db()
    assert school.is_active
    assert list(Event.objects.order_by("id").values_list("type", "detail")) == [
        (EventType.SCHOOL_CHANGED, {"状态": ["参加填报", "停用"]}),
        (EventType.SCHOOL_CHANGED, {"状态": ["停用", "参加填报"]}),
    ]


@pytest.mark.parametrize("page", ["", "edit/", "deactivate/"])
def test_a_school_of_another_province_is_not_found(admin_client, other_school, page):
    assert admin_client.get(f"{SCHOOLS}{other_school.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["edit/", "deactivate/", "reactivate/"])
def test_a_school_of_another_province_is_not_changed(admin_client, other_school, page):
    assert admin_client.post(f"{SCHOOLS}{other_school.pk}/{page}", {"name": "改名"}).status_code == 404
    other_school.refresh_from_db()
    assert (other_school.name, other_school.is_active) == ("乙省致远大学", True)

"""The ETag of a public page: made of all that the page can show, by itself."""

import datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.db import connection, models
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe

from disclosure.models import Publication, Withdrawal
from disclosure.publishing import conditional, search
from disclosure.publishing.conditional import fingerprint
from disclosure.report.enums import Status
from schools.guards import removal
from schools.models import Province, School
from tests.conftest import GUARDED
from tests.disclosure.test_public import publish, withdraw

# The document itself is not asked for before a page is made: its hash stands for it.
NOT_LOADED = {(Publication, "document")}
# What a page shows each model on.
SHOWN_ON = {
    School: ("/", "/schools/", "/schools/{slug}/", "/schools/{slug}/2023/", "/schools/{slug}/2022/"),
    Province: ("/", "/schools/", "/schools/{slug}/", "/schools/{slug}/2023/", "/schools/{slug}/2022/"),
    Publication: ("/", "/schools/{slug}/", "/schools/{slug}/2023/", "/schools/{slug}/2023/report.docx"),
    Withdrawal: ("/schools/{slug}/", "/schools/{slug}/2022/", "/schools/{slug}/2022/report.pdf"),
}
FIELDS = [
    (model, field.name)
    for model in SHOWN_ON
    for field in model._meta.concrete_fields
    if not field.primary_key and (model, field.name) not in NOT_LOADED
]


def another(field, value):
    """A value that ``field`` may have besides ``value``."""
    match field:
        case models.ForeignKey():
            return field.related_model.objects.exclude(pk=value).order_by("-pk").values_list("pk", flat=True)[0]
        case models.BooleanField():
            return not value
        case models.DateTimeField():
            return value - datetime.timedelta(days=1)
        case models.IntegerField():
            return value + 1
        case models.CharField():
            return "98"
    raise AssertionError(f"no other value for {field}")


@pytest.fixture
def shown(school, second_school, other_province):
    """The rows that the pages of a school show: a report that was corrected, and one that was withdrawn.

    History may be rewritten here, to see what the pages would do.
    """
    publish(school, 2023)
    current = publish(school, 2023, 2, "更正件数")
    withdrawal = withdraw(publish(school, 2022))
    with connection.cursor() as cursor:
        for table in GUARDED:
            for statement in removal(connection.vendor, table):
                cursor.execute(statement)
    return {School: school, Province: school.province, Publication: current, Withdrawal: withdrawal}


def kept(client, paths) -> dict[str, str]:
    """The ETag of each of ``paths``."""
    return {path: client.get(path)["ETag"] for path in paths}


def still_answered_with_304(client, etags: dict[str, str]) -> list[str]:
    """Those of the kept pages that are told to be the newest still."""
    return [
        path for path, etag in etags.items() if client.get(path, headers={"If-None-Match": etag}).status_code == 304
    ]


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=[f"{model.__name__}.{name}" for model, name in FIELDS])
def test_whatever_changes_of_what_is_shown_no_kept_page_stays(model, name, client, school, shown):
    field = model._meta.get_field(name)
    # An address that names the slug is another one with another slug.
    paths = [path.format(slug=school.slug) for path in SHOWN_ON[model] if name != "slug" or "{slug}" not in path]
    etags = kept(client, paths)
    assert still_answered_with_304(client, etags) == paths
    row = model.objects.filter(pk=shown[model].pk)
    row.update(**{field.attname: another(field, row.values_list(field.attname, flat=True)[0])})
    assert still_answered_with_304(client, etags) == []


def test_whatever_is_added_no_kept_page_stays(client, school, second_school, shown):
    paths = ["/", "/schools/", f"/schools/{school.slug}/", f"/schools/{school.slug}/2023/"]
    etags = kept(client, paths)
    publish(school, 2023, 3, "再次更正")
    publish(second_school, 2023)
    assert still_answered_with_304(client, etags) == []


def test_the_address_of_the_site_is_part_of_every_page_that_names_it(client, school, shown, settings):
    names = ("", "report.html")
    paths = ["/robots.txt", f"/schools/{school.slug}/", *(f"/schools/{school.slug}/2023/{name}" for name in names)]
    etags = kept(client, paths)
    settings.SITE_URL = "https://xxgk.example.edu.cn"
    assert still_answered_with_304(client, etags) == []


HTML = (
    "/?q=" + "长" * 61,
    "/",
    "/?q=明德",
    "/?q=没有",
    "/schools/",
    "/schools/{slug}/",
    "/schools/{slug}/2023/",
    "/schools/{slug}/2023/v1/",
)


@pytest.mark.parametrize("path", [*HTML, "/schools/{slug}/2022/", "/schools/{slug}/2022/v1/", "/robots.txt"])
def test_a_page_shows_nothing_that_was_not_loaded_when_its_etag_was_made(path, client, school, shown):
    with CaptureQueriesContext(connection) as queries:
        asked = []
        note = lambda **_: asked.append(len(queries))  # noqa: E731
        template_rendered.connect(note)
        try:
            client.get(path.format(slug=school.slug))
        finally:
            template_rendered.disconnect(note)
        assert len(queries) == asked[0]


# --- What it is made of -------------------------------------------------------------------------------------------------


def of_module(value):
    """A function as ``answer`` asks for it."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"),
        (1, True),
        (None, ""),
        (Decimal("1.0"), Decimal("1.00")),
        (datetime.date(2023, 1, 1), datetime.date(2023, 1, 2)),
        ([1, 2], [2, 1]),
        ([[1], 2], [1, [2]]),
        ({"a": 1}, {"b": 1}),
        ("<b>", mark_safe("<b>")),
        (Status.DRAFT, Status.RETURNED),
        (search.Query(words="a"), search.Query(words="b")),
        (Paginator([1, 2, 3], 2).page(1), Paginator([1, 2, 3], 2).page(2)),
        (Paginator([1, 2], 2).page(1), Paginator([1, 2, 3], 2).page(1)),
        (School(name="甲"), School(name="乙")),
        (School(province=Province(name="甲")), School(province=Province(name="乙"))),
        (fingerprint, of_module),
    ],
)
def test_what_differs_has_another_fingerprint(one, other):
    assert fingerprint(one) != fingerprint(other)


def test_the_same_has_the_same_fingerprint(school, shown):
    def loaded():
        versions = Publication.objects.at(school.slug, 2023).defer("document")
        return [list(versions), {"school": School.objects.get(pk=school.pk)}, Withdrawal.objects.get().publication]

    assert fingerprint(loaded()) == fingerprint(loaded())


@pytest.mark.parametrize(
    "value",
    [object(), {1, 2}, lambda: None, School, iter([1]), School.objects, [{"inside": object()}]],
    ids=["object", "set", "lambda", "class", "iterator", "manager", "inside"],
)
def test_what_has_no_fingerprint_raises(value):
    with pytest.raises(TypeError):
        fingerprint(value)


def test_an_answer_is_made_of_its_arguments_and_not_of_what_surrounds_it(rf):
    surrounding = "what the ETag would not know of"
    with pytest.raises(TypeError):
        conditional.answer(rf.get("/"), lambda: surrounding)


# --- Code, data files, libraries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "disclosure/richtext/personal_data.py",
        "schools/models/school.py",
        "disclosure/checks/terms.txt",
        "disclosure/publishing/rendering/web_file.css",
        "disclosure/publishing/rendering/word_package/[Content_Types].xml",
        "templates/public/home.html",
        "templates/public/robots.txt",
    ],
)
def test_every_file_that_pages_are_made_of_counts_whatever_its_suffix(path, settings, tmp_path):
    assert (settings.BASE_DIR / path).is_file()
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    without = conditional.sources_fingerprint(tmp_path)
    file.write_text("before")
    before = conditional.sources_fingerprint(tmp_path)
    file.write_text("after")
    after = conditional.sources_fingerprint(tmp_path)
    file.rename(file.with_name("another name"))
    assert len({without, before, after, conditional.sources_fingerprint(tmp_path)}) == 4


def test_what_python_compiles_does_not_count(tmp_path):
    before = conditional.sources_fingerprint(tmp_path)
    cache = tmp_path / "disclosure" / "__pycache__"
    cache.mkdir(parents=True)
    (cache / "privacy.pyc").write_bytes(b"compiled")
    assert conditional.sources_fingerprint(tmp_path) == before


@pytest.mark.parametrize("changed", ["sources", "libraries", "static files"])
def test_an_update_makes_every_kept_page_stale(changed, client, school, shown, monkeypatch):
    path = f"/schools/{school.slug}/2023/"
    etags = kept(client, [path])
    if changed == "sources":
        monkeypatch.setattr(conditional, "sources_fingerprint", lambda root: "another")
    elif changed == "libraries":
        monkeypatch.setattr(conditional, "distributions", list)
    else:
        monkeypatch.setattr(conditional.staticfiles_storage, "manifest_hash", "another", raising=False)
    conditional.code_fingerprint.cache_clear()
    try:
        assert still_answered_with_304(client, etags) == []
    finally:
        monkeypatch.undo()
        conditional.code_fingerprint.cache_clear()

"""The personas, the small world they live in, and how the tests use the database.

A persona is a ``schools.actor.Actor``, as views find it in ``request.actor``: ``author.user``, ``author.school``,
``author.membership``; the visitor is None. ``client_of(persona)`` is a browser in which that person is signed in.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client

from disclosure import evaluation
from schools.actor import Actor
from schools.enums import Role
from schools.guards import removal, statements
from tests import factories
from tests.unknown_variables import no_unknown_variable  # noqa: F401

# The tables that refuse changes, and the columns where it is not all of them: see the migrations schools/0002 and
# disclosure/0003.
GUARDED = {
    "schools_event": (),
    "disclosure_publication": (),
    "disclosure_withdrawal": (),
    "disclosure_submission": ("report_id", "number", "document", "sha256", "findings"),
}


@pytest.fixture(autouse=True)
def no_broken_rule(monkeypatch):
    """A rule of the checks that breaks is logged in operation; in a test it breaks the test."""

    def raise_again(rule):
        raise

    monkeypatch.setattr(evaluation, "note_broken", raise_again)


# --- The world ----------------------------------------------------------------------------------------------


@pytest.fixture
def province(db):
    return factories.make_province("91", "甲省")


@pytest.fixture
def other_province(db):
    return factories.make_province("92", "乙省")


@pytest.fixture
def school(province):
    return factories.make_school(province, "甲省明德学院", slug="jiasheng-mingde-xueyuan")


@pytest.fixture
def second_school(province):
    """Another school of the same province."""
    return factories.make_school(province, "甲省求是职业学院", slug="jiasheng-qiushi-zhiye-xueyuan")


@pytest.fixture
def other_school(other_province):
    """A school of another province."""
    return factories.make_school(other_province, "乙省致远大学", slug="yisheng-zhiyuan-daxue")


@pytest.fixture
def campaign(province):
    return factories.make_campaign(province)


@pytest.fixture
def other_campaign(other_province):
    return factories.make_campaign(other_province)


# --- The personas -------------------------------------------------------------------------------------------


@pytest.fixture
def author(school):
    return factories.make_actor(Role.AUTHOR, school, "author", "宋填报")


@pytest.fixture
def second_author(school):
    """Somebody else who writes for the same school."""
    return factories.make_actor(Role.AUTHOR, school, "second-author", "陆填报")


@pytest.fixture
def signatory(school):
    return factories.make_actor(Role.SIGNATORY, school, "signatory", "方签发")


@pytest.fixture
def colleague(second_school):
    """An author of another school of the same province."""
    return factories.make_actor(Role.AUTHOR, second_school, "colleague", "秦同行")


@pytest.fixture
def reviewer(province):
    return factories.make_actor(Role.REVIEWER, province, "reviewer", "严审核")


@pytest.fixture
def province_admin(province):
    return factories.make_actor(Role.PROVINCE_ADMIN, province, "province-admin", "管省办")


@pytest.fixture
def other_author(other_school):
    """An author of another province."""
    return factories.make_actor(Role.AUTHOR, other_school, "other-author", "余邻省")


@pytest.fixture
def other_reviewer(other_province):
    return factories.make_actor(Role.REVIEWER, other_province, "other-reviewer", "苏邻省")


@pytest.fixture
def operator(db):
    """A superuser without any membership."""
    return Actor(user=factories.make_user("operator", "运维员", is_staff=True, is_superuser=True))


@pytest.fixture
def visitor():
    return None


@pytest.fixture
def client_of():
    """A function: the client of a persona, a fresh one each time. CSRF is checked with ``enforce_csrf_checks=True``.

    The person signed in some time ago: no sign-in stands in the audit trail.
    """

    def make(persona: Actor | None, **options) -> Client:
        client = Client(**options)
        if persona is not None:
            session = SessionStore()
            session[SESSION_KEY] = str(persona.user.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = persona.user.get_session_auth_hash()
            session.save()
            client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return make


# --- The database -------------------------------------------------------------------------------------------


@pytest.fixture
def committed_db(transactional_db):
    """For tests whose transactions really commit: threads, races, on_commit, a live server.

    Django empties the tables after such a test, on SQLite with DELETE, which the guards refuse: they step aside for
    it, and ``_restore_guards`` puts them back when the tables are empty.
    """
    yield
    if connection.vendor == "sqlite":
        _execute(statement for table in GUARDED for statement in removal("sqlite", table))


def _restore_guards(**kwargs):
    """After the flush Django sends post_migrate; after the first migration the guards stand already."""
    if connection.vendor == "sqlite":
        for table, columns in GUARDED.items():
            _execute([*removal("sqlite", table), *statements("sqlite", table, columns)])


def _execute(sql):
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)


post_migrate.connect(_restore_guards, sender=apps.get_app_config("disclosure"), dispatch_uid="restore_guards")

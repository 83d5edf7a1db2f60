"""What `make run` does to the database before it serves."""

import pytest
from django.core.management import call_command

from disclosure.models import Fingerprint
from schools import storage
from schools.models import Province, School
from tests.disclosure.test_copies import STORY, publish

pytestmark = pytest.mark.django_db


def test_it_loads_the_demonstration_into_an_empty_database_and_names_the_accounts(settings, capsys):
    settings.DEMO = True
    call_command("prepare")
    first = capsys.readouterr().out
    schools = list(School.objects.values_list("pk", flat=True))
    assert schools != []
    assert first.startswith("正在载入演示数据……\n\n演示账号")

    call_command("prepare")
    assert capsys.readouterr().out == first.removeprefix("正在载入演示数据……\n")
    assert list(School.objects.values_list("pk", flat=True)) == schools


def test_it_leaves_a_database_with_data_alone_and_names_no_account(settings, province, capsys):
    settings.DEMO = True
    call_command("prepare")
    assert list(Province.objects.all()) == [province]
    assert capsys.readouterr().out == ""


def test_it_loads_no_demonstration_where_none_is_wanted(settings, capsys):
    settings.DEMO = False
    call_command("prepare")
    assert list(Province.objects.all()) == []
    assert capsys.readouterr().out == ""


def test_it_indexes_what_was_public_before_there_was_an_index(settings, school):
    settings.DEMO = False
    publication = publish(school, indexed=False, overview=STORY)
    call_command("prepare")
    assert {row.publication_id for row in Fingerprint.objects.all()} == {publication.pk}


def test_it_deletes_what_an_older_version_has_made_of_publications(settings):
    settings.DEMO = False
    storage.write("pdf/another/a.pdf", b"1")
    call_command("prepare")
    with pytest.raises(FileNotFoundError):
        storage.read("pdf/another/a.pdf")

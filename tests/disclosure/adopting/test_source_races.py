"""A file brought in while the same file, of an older import, is cleared away: whatever comes first, it is kept."""

import random
import threading
import time
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage

from disclosure.drafting import sources
from disclosure.drafting.imports import cleanup, intake
from disclosure.models import Import
from disclosure.workflow import transitions
from tests.disclosure.adopting.proposals import CONTENT, SHA256, proposal
from tests.disclosure.test_workflow_races import at_once

pytestmark = pytest.mark.usefixtures("committed_db")

NOW = timedelta(0)


class SlowStorage(FileSystemStorage):
    """A directory from which nothing is deleted before its moment."""

    before_deleting = staticmethod(lambda: None)

    def delete(self, name):
        self.before_deleting()
        super().delete(name)


@pytest.fixture
def slow(settings, tmp_path, monkeypatch):
    """A function: with a directory as the storage, what is done before it deletes."""
    backend = {"BACKEND": f"{__name__}.SlowStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return lambda wait: monkeypatch.setattr(SlowStorage, "before_deleting", staticmethod(wait))


@pytest.fixture
def report(campaign, author):
    return transitions.start(campaign, author)


@pytest.fixture
def bring_in(report, author):
    """A function: bring the file in."""
    return lambda: intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)


@pytest.fixture
def given_up(bring_in, author):
    """An import that has been given up, to be cleared."""
    one = bring_in()
    intake.abandon(one, author)
    return one


def assert_nothing_is_lost():
    assert [one.sha256 for one in Import.objects.exclude(proposal={})] == [SHA256]
    assert sources.read(SHA256) == CONTENT


def test_a_file_that_comes_while_it_is_being_deleted_is_there_afterwards(slow, given_up, bring_in):
    deleting, brought_in = threading.Event(), threading.Event()

    def wait():
        deleting.set()
        brought_in.wait(0.5)  # in vain where bringing in waits for the deletion

    def bring_in_meanwhile():
        assert deleting.wait(20)
        bring_in()
        brought_in.set()

    slow(wait)
    cleared, _ = at_once(lambda: cleanup.clear(NOW), bring_in_meanwhile)
    assert cleared == 1
    assert_nothing_is_lost()


def test_a_file_that_is_deleted_after_it_was_found_kept_is_kept_again(given_up, bring_in, monkeypatch):
    keep, kept, cleared = sources.keep, threading.Event(), threading.Event()

    def keep_and_wait(content):
        sha256 = keep(content)
        kept.set()
        cleared.wait(0.5)
        return sha256

    def clear():
        assert kept.wait(20)
        count = cleanup.clear(NOW)
        cleared.set()
        return count

    monkeypatch.setattr(sources, "keep", keep_and_wait)
    assert at_once(bring_in, clear)[1] == 1
    assert_nothing_is_lost()


def test_whatever_the_moment_nothing_is_lost(bring_in, author):
    for _ in range(12):
        intake.abandon(bring_in(), author)
        pause = random.random() / 50
        at_once(lambda: cleanup.clear(NOW), lambda pause=pause: (time.sleep(pause), bring_in()))
        assert_nothing_is_lost()

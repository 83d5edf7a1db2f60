"""The tables whose rows are history."""

import pytest
from django.db import DatabaseError, transaction

from schools import audit
from schools.enums import EventType
from schools.models import AppendOnlyError, Event

pytestmark = pytest.mark.django_db


def _is_refused(change):
    with pytest.raises(DatabaseError, match="append-only table"), transaction.atomic():
        change()


def test_the_database_refuses_to_change_or_delete_an_event():
    event = audit.record(EventType.SIGNED_IN)
    _is_refused(lambda: Event.objects.update(actor_name="另一个人"))
    _is_refused(lambda: Event.objects.filter(pk=event.pk)._raw_delete("default"))
    assert Event.objects.get().actor_name == "系统"


def test_an_event_says_itself_that_it_is_history():
    event = audit.record(EventType.SIGNED_IN)
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()


def test_the_guards_are_back_after_a_test_with_real_commits(committed_db):
    audit.record(EventType.SIGNED_IN)
    _is_refused(lambda: Event.objects.update(actor_name="另一个人"))


def test_the_guards_are_back_after_a_second_test_with_real_commits(committed_db):
    assert not Event.objects.exists()
    audit.record(EventType.SIGNED_IN)
    _is_refused(lambda: Event.objects.update(actor_name="另一个人"))

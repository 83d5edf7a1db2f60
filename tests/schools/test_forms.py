"""Saving what a form checked a moment ago."""

import pytest
from django.db import IntegrityError

from schools.forms import SchoolForm, keeps
from schools.models import School
from tests import factories


@pytest.fixture
def form(province):
    """A valid form for a new school."""
    data = {"name": "甲省新办学院", "slug": "jiasheng-xinban", "code": "", "city": "", "level": "", "ownership": ""}
    form = SchoolForm(data, instance=School(province=province))
    assert form.is_valid(), form.errors
    return form


def test_what_nobody_took_meanwhile_is_saved(form):
    assert keeps(form, form.save) is True
    assert School.objects.get().name == "甲省新办学院"


def test_what_somebody_took_meanwhile_is_told_beside_its_field(form, province):
    factories.make_school(province, "甲省新办学院", slug="jiasheng-xinban-2")
    assert keeps(form, form.save) is False
    assert list(form.errors) == ["name"]
    assert School.objects.count() == 1


def test_a_refusal_that_the_form_cannot_explain_is_not_swallowed(form):
    def save():
        raise IntegrityError("another table's constraint")

    with pytest.raises(IntegrityError):
        keeps(form, save)

"""What the tests are made of: one plain function a thing, with sensible values for whatever a test does not name."""

import datetime
import itertools

from django.utils import timezone

from disclosure.models import Campaign
from schools.actor import Actor
from schools.enums import PROVINCE_ROLES
from schools.models import Membership, Province, School, User

PASSWORD = "plum-blossom-26"

_numbers = itertools.count(1)


def make_province(code="91", name="甲省", **values):
    """A province with its office."""
    return Province.objects.create(code=code, name=name, **{"office": f"{name}教育厅办公室"} | values)


def make_school(province, name=None, **values):
    """A school that takes part."""
    number = next(_numbers)
    name = name or f"{province.name}第{number}学院"
    return School.objects.create(province=province, name=name, **{"slug": f"school-{number}"} | values)


def make_campaign(province, year=None, **values):
    """The campaign of one year, open since a month ago and for another month, whatever day the tests run on."""
    today = timezone.localdate()
    year = year or today.year
    return Campaign.objects.create(
        province=province,
        year=year,
        **{
            "label": f"{year - 1}-{year}学年度",
            "period_start": datetime.date(year - 1, 9, 1),
            "period_end": datetime.date(year, 8, 31),
            "opens_on": today - datetime.timedelta(days=30),
            "closes_on": today + datetime.timedelta(days=30),
            "addressee": province.office,
        }
        | values,
    )


def make_user(username=None, name=None, **values):
    """A person with ``PASSWORD``, without any membership."""
    number = next(_numbers)
    username = username or f"user-{number}"
    return User.objects.create_user(username=username, name=name or f"人员{number}", password=PASSWORD, **values)


def make_membership(role, organisation, user=None, **values):
    """``user``, or a new person, in ``role`` for a school or a province, as the role asks."""
    place = "province" if role in PROVINCE_ROLES else "school"
    return Membership.objects.create(user=user or make_user(), role=role, **{place: organisation}, **values)


def make_actor(role, organisation, username=None, name=None, **values):
    """A new person who acts in ``role`` for ``organisation``."""
    user = make_user(username, name, **values)
    return Actor(user=user, membership=make_membership(role, organisation, user=user))

"""Dates and times as Chinese documents write them (GB/T 9704: Arabic digits, no leading zeros)."""

from datetime import date, datetime

from django.utils import timezone


def chinese_date(day: date) -> str:
    """2023年11月7日."""
    return f"{day.year}年{day.month}月{day.day}日"


def clock(moment: datetime) -> str:
    """10:32, in local time."""
    return f"{timezone.localtime(moment):%H:%M}"


def chinese_moment(moment: datetime) -> str:
    """2023年11月7日 10:32, in local time."""
    return f"{chinese_date(timezone.localtime(moment))} {clock(moment)}"

"""What people type, and dates and times as Chinese documents write them (GB/T 9704: Arabic digits, no leading zeros)."""

from datetime import date, datetime

from django.utils import timezone


def without_nul(text: str) -> str:
    """``text`` without the one character that PostgreSQL stores neither in text nor in JSON; nobody types it."""
    return text.replace("\x00", "")


def typed(text: str) -> str:
    """What somebody wrote into a text area: without blanks around it, its lines ended as browsers count them."""
    return without_nul(text).replace("\r\n", "\n").strip()


def chinese_date(day: date) -> str:
    """2023年11月7日."""
    return f"{day.year}年{day.month}月{day.day}日"


def clock(moment: datetime) -> str:
    """10:32, in local time."""
    return f"{timezone.localtime(moment):%H:%M}"


def chinese_moment(moment: datetime) -> str:
    """2023年11月7日 10:32, in local time."""
    return f"{chinese_date(timezone.localtime(moment))} {clock(moment)}"

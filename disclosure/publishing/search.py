"""Finding published reports. Reads publications alone."""

import re
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace

from disclosure.models import Publication
from schools.models import Province, School

LONGEST_QUERY = 60


@dataclass(frozen=True)
class Query:
    """What a visitor looks for. A province or year that makes no sense is left out; ``problem`` says of words that they
    are too many to be looked for.
    """

    words: str = ""
    province: str = ""
    year: int | None = None

    @property
    def problem(self) -> str:
        """Why nothing can be looked for, and what to do, or ""."""
        if (count := len(self.words)) <= LONGEST_QUERY:
            return ""
        return f"最多 {LONGEST_QUERY} 个字，您输入了 {count} 个字。请只保留校名中的几个字，再查找。"

    @classmethod
    def read(cls, parameters) -> "Query":
        """From a query string: ``q``, ``province`` (two digits) and ``year``."""
        words = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", parameters.get("q", "")).split())
        province, year = parameters.get("province", ""), parameters.get("year", "")
        return cls(
            words=words,
            province=province if re.fullmatch(r"[1-9][0-9]", province) else "",
            year=int(year) if re.fullmatch(r"20[0-9]{2}", year) else None,
        )

    @property
    def is_empty(self) -> bool:
        return self == Query()


def find(query: Query) -> QuerySet[Publication]:
    """The current publications that fit, without their documents; schools come with the rows.

    All of them in the order in which they were published, the latest first; what was looked for by year, as the years
    of one school are read. Nothing where the query has a problem.

    Each word must be part of the school's name (today's or that in the title), of its pinyin with or without
    hyphens, or be the year.

    The schools are asked for on their own: joined, they would be what the database begins to read with, and no index
    could give the order.
    """
    found = Publication.objects.current().defer("document").prefetch_related("school__province")
    if query.problem:
        return found.none()
    if query.is_empty:
        return found.order_by("-published_at", "-pk")
    if query.province:
        found = found.filter(school__in=School.objects.filter(province__code=query.province))
    if query.year:
        found = found.filter(year=query.year)
    for word in query.words.split():
        found = found.filter(_fits(word))
    return found.order_by("-year", "-published_at", "-pk")


def _fits(word: str) -> Q:
    schools = School.objects.annotate(pinyin=Replace(F("slug"), Value("-"), Value("")))
    named = Q(name__icontains=word) | Q(slug__icontains=word)
    if letters := word.replace("-", "").replace("'", ""):
        named |= Q(pinyin__icontains=letters)
    fits = Q(title__icontains=word) | Q(school__in=schools.filter(named).values("pk"))
    if re.fullmatch(r"20[0-9]{2}", word):
        fits |= Q(year=int(word))
    return fits


def provinces() -> QuerySet[Province]:
    """The provinces that have a public report, by code."""
    return Province.objects.filter(schools__publications__isnull=False).distinct().order_by("code")


def years() -> list[int]:
    """The years that have a public report, newest first."""
    return list(Publication.objects.order_by("-year").values_list("year", flat=True).distinct())

"""Near copies among 45,000 published reports: ``python -m bench.copies`` prints what looking for them takes and finds.

The reports are invented: sentences put together of phrases as such reports have them, by chance with a seed. What a
report shares with others is made like what real reports share: formulas that most of the country or of a province has,
what a school repeats from year to year, and a few copies. Documents are whole; publications and index are written to a
throw-away database, the index by the same code that ``manage.py rebuild_copies`` runs.
"""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

SCHOOLS, YEARS = 3_000, 15
LAST_YEAR = 2025
SEED = 20261121
KEPT = 0.65  # of a report's sentences, from one year to the next
SCHOOLS_A_PROVINCE = 100
ASKED = 40  # drafts
COPIES = 60  # of each kind
LEAST_PARAGRAPH = 180  # characters of a paragraph that is copied by itself, formulas not among them

# How many paragraphs a section has, and how many sentences a paragraph: fifty and more in a report, as the real ones.
SHAPE = {
    "overview": (3, 5),
    "proactive": (4, 4),
    "on_request": (2, 2),
    "evaluation": (2, 2),
    "complaints": (1, 2),
    "experience": (3, 4),
    "other": (1, 1),
}

# --- what the reports say -------------------------------------------------------------------------------------------------


def _phrases() -> dict[str, list[str]]:
    """By the place in a sentence, what may stand there."""
    phrases: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            place, _, words = line.partition(":")
            phrases.setdefault(place, []).extend(words.split())
    return phrases


PHRASES = _phrases()


_FORMULA_ENDS = tuple(f"{rest}。" for rest in PHRASES["standing_rest"])


def _is_formula(sentence: str) -> bool:
    return sentence.endswith(_FORMULA_ENDS)


class Prose:
    """Sentences by chance, the same for the same seed."""

    def __init__(self, seed: object):
        self.chance = random.Random(f"{SEED}:{seed}")

    def sentence(self, key: str) -> str:
        """One sentence of some forty letters, as the section might have it."""
        pick = self.chance.choice
        first = self.chance.random()
        clauses = []
        if key == "experience" and first < 0.5:
            clauses = [
                pick(PHRASES["link"]) + pick(PHRASES["flaw"]),
                pick(PHRASES["who"]) + pick("对就按") + self._matter() + pick(PHRASES["flaw"]),
                pick(PHRASES["next"]),
            ]
        elif first < 0.6:
            clauses = [
                pick(PHRASES["when"]) + pick(PHRASES["who"]) + pick(PHRASES["how"]) + self._did() + self._matter(),
                self._count(),
                pick(PHRASES["so"]),
            ]
        else:
            clauses = [
                pick(PHRASES["link"]) + self._matter() + "由" + pick(PHRASES["who"]) + self._did(),
                pick(PHRASES["how"]) + self._did() + pick(PHRASES["what"]),
            ]
            clauses.append(pick(PHRASES["so"]))
        return "，".join(clauses) + "。"

    def _matter(self) -> str:
        return self.chance.choice(PHRASES["of"]) + self.chance.choice(PHRASES["what"])

    def _did(self) -> str:
        return self.chance.choice(PHRASES["well"]) + self.chance.choice(PHRASES["did"])

    def _count(self) -> str:
        return self.chance.choice(PHRASES["count"]).format(n=self.chance.randint(2, 4000))

    def formulas(self, count: int) -> list[str]:
        """Sentences that many reports are to share."""
        pick = self.chance.choice
        return [
            f"{pick(PHRASES['standing_subject'])}，{self.sentence('overview')[:-1]}，{pick(PHRASES['standing_rest'])}。"
            for _ in range(count)
        ]

    def texts(self) -> dict[str, list[list[str]]]:
        """A report of sentences of its own: paragraphs by section."""
        return {
            key: [[self.sentence(key) for _ in range(sentences)] for _ in range(paragraphs)]
            for key, (paragraphs, sentences) in SHAPE.items()
        }


# --- the country ----------------------------------------------------------------------------------------------------------

Texts = dict[str, list[list[str]]]


def html(texts: Texts) -> dict[str, str]:
    """The sections of a report as they are stored."""
    return {key: "".join(f"<p>{''.join(one)}</p>" for one in paragraphs) for key, paragraphs in texts.items()}


class Country:
    """Which school says what in which year. Everything follows from the numbers of the school and the year."""

    def __init__(self):
        self.national = Prose("national").formulas(40)
        self._provincial: dict[int, list[str]] = {}

    def formulas_of(self, school: int) -> list[str]:
        """What a school shares with many: some of what everybody says, and some of what its province does."""
        province = school // SCHOOLS_A_PROVINCE
        if province not in self._provincial:
            self._provincial[province] = Prose(f"province {province}").formulas(8)
        chance = random.Random(f"{SEED}:formulas {school}")
        return chance.sample(self.national, 8) + chance.sample(self._provincial[province], 3)

    def years(self, school: int) -> Iterator[Texts]:
        """Its reports, year after year: most of it as the year before, with other figures."""
        prose = Prose(f"school {school}")
        texts = prose.texts()
        for key, formula in zip(("overview", "proactive", "experience") * 4, self.formulas_of(school), strict=False):
            prose.chance.choice(texts[key]).insert(0, formula)
        while True:
            yield texts
            texts = {
                key: [[self._next(prose, key, one) for one in paragraph] for paragraph in paragraphs]
                for key, paragraphs in texts.items()
            }

    def _next(self, prose: Prose, key: str, sentence: str) -> str:
        if _is_formula(sentence):
            return sentence
        if prose.chance.random() < KEPT:
            return re.sub("[0-9]+", lambda _: str(prose.chance.randint(2, 4000)), sentence)
        return prose.sentence(key)


def fill(schools: int, years: int) -> None:
    """Provinces, schools and their publications, in bulk."""
    from django.db import transaction

    from disclosure.models import Publication
    from schools.models import Province, School

    provinces = Province.objects.bulk_create(
        Province(code=f"{10 + number}", name=f"第{number}省", office=f"第{number}省教育厅办公室")
        for number in range((schools - 1) // SCHOOLS_A_PROVINCE + 1)
    )
    rows = School.objects.bulk_create(
        School(
            province=provinces[number // SCHOOLS_A_PROVINCE], name=f"求是{number}职业技术学院", slug=f"school-{number}"
        )
        for number in range(schools)
    )
    country = Country()
    for start in range(0, schools, 50):
        publications = [
            publication
            for number in range(start, min(start + 50, schools))
            for publication in _publications(rows[number], country.years(number), years)
        ]
        with transaction.atomic():
            Publication.objects.bulk_create(publications, batch_size=200)


def _publications(school, reports: Iterator[Texts], years: int) -> Iterator:
    for year, texts in zip(range(LAST_YEAR - years + 1, LAST_YEAR + 1), reports, strict=False):
        yield publication(school, year, texts)


def publication(school, year: int, texts: Texts):
    """One publication, not saved."""
    from disclosure.models import Publication

    data = document(school, year, texts)
    return Publication(
        school=school,
        year=year,
        number=1,
        title=data["title"],
        label=data["label"],
        document=data,
        sha256=f"{school.pk:032x}{year:032x}",
        published_at=datetime(year, 10, 25, tzinfo=UTC),
    )


def document(school, year: int, texts: Texts) -> dict:
    """A whole report with these texts; its head, figures and contacts are those of a report of the demonstration."""
    base = _base()
    bodies = html(texts)
    return base | {
        "school": base["school"] | {"slug": school.slug, "name": school.name},
        "year": year,
        "label": f"{year - 1}-{year}学年度",
        "period": {"start": f"{year - 1}-09-01", "end": f"{year}-08-31"},
        "title": f"{school.name}{year - 1}-{year}学年度信息公开工作报告",
        "signature": {"organisation": school.name, "date": f"{year}-10-20"},
        "sections": {key: section | {"body": bodies[key]} for key, section in base["sections"].items()},
    }


@cache
def _base() -> dict:
    from disclosure.demo.world import SCHOOLS as DESCRIBED
    from disclosure.demo.writing import Writer
    from disclosure.models import Campaign
    from schools.models import Province, School

    province = Province(code="91", name="甲省", office="甲省教育厅办公室")
    campaign = Campaign(
        province=province,
        year=LAST_YEAR,
        label=f"{LAST_YEAR - 1}-{LAST_YEAR}学年度",
        period_start=date(LAST_YEAR - 1, 9, 1),
        period_end=date(LAST_YEAR, 8, 31),
    )
    school = School(province=province, name=DESCRIBED[0].full_name, slug=DESCRIBED[0].key)
    return Writer(DESCRIBED[0], school).report(campaign, date(LAST_YEAR, 10, 20)).public().to_json()


# --- copies ---------------------------------------------------------------------------------------------------------------


def _words(share: float) -> Callable[[str, random.Random], str]:
    """Other words for so many of the letters, two letters at a time."""
    others = "".join(PHRASES["what"] + PHRASES["flaw"] + PHRASES["next"])

    def edit(text: str, chance: random.Random) -> str:
        letters = list(text)
        for at in range(0, len(letters) - 1, 2):
            if letters[at].isalpha() and letters[at + 1].isalpha() and chance.random() < share:
                start = chance.randrange(len(others) - 1)
                letters[at : at + 2] = others[start : start + 2]
        return "".join(letters)

    return edit


def _dropped(pattern: str, share: float) -> Callable[[str, random.Random], str]:
    """So many of the pieces left out."""

    def edit(text: str, chance: random.Random) -> str:
        return "".join(piece for piece in re.findall(pattern, text) if chance.random() >= share)

    return edit


_SENTENCES, _CLAUSES = r"[^。\n]*[。\n]+", r"[^，。\n]*[，。\n]+"
EDITS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is, other figures": lambda text, chance: re.sub("[0-9]+", lambda _: str(chance.randint(2, 4000)), text),
    "paragraphs put together": lambda text, chance: text.replace("\n", ""),
    "a paragraph a sentence": lambda text, chance: text.replace("。", "。\n"),
    "three sentences in ten left out": _dropped(_SENTENCES, 0.3),
    "two clauses in ten left out": _dropped(_CLAUSES, 0.2),
    "one word in ten another": _words(0.1),
    "two words in ten another": _words(0.2),
    "words, sentences, paragraphs": lambda text, chance: _words(0.12)(
        _dropped(_SENTENCES, 0.2)(text, chance).replace("\n", ""), chance
    ),
}


@dataclass
class Copy:
    """A draft with something of another school's report in it."""

    data: dict
    source: str  # the name of the other school


def copies(kind: str, whole: bool, schools: list, years: int) -> Iterator[Copy]:
    """Drafts of schools into which a section, or one paragraph of it, was copied from a report of another's."""
    chance = random.Random(f"{SEED}:{kind}:{whole}")
    country = Country()
    made = 0
    while made < COPIES:
        number, other = chance.sample(range(len(schools)), 2)
        texts = _at(country.years(number), years)
        source = _at(country.years(other), chance.randrange(years))
        key = chance.choice(("overview", "proactive", "experience"))
        own = [one for one in source[key] if sum(len(said) for said in one if not _is_formula(said)) >= LEAST_PARAGRAPH]
        if not own:
            continue
        taken = "\n".join("".join(one) for one in (source[key] if whole else [chance.choice(own)])) + "\n"
        edited = [[one] for one in EDITS[kind](taken, chance).split("\n") if one]
        texts = texts | {key: edited if whole else [*texts[key], *edited]}
        made += 1
        yield Copy(document(schools[number], LAST_YEAR + 1, texts), schools[other].name)


def _at(reports: Iterator[Texts], index: int) -> Texts:
    for _ in range(index):
        next(reports)
    return next(reports)


# --- the figures ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Took:
    """How long something took, in milliseconds: by the clock, and of this process's share of the processor, which is
    the same whoever else is working on the machine (without what a database server does)."""

    clock: float
    own: float


def _tell(name: str, took: list[Took], more: str = "") -> None:
    clock, own = [one.clock for one in took], [one.own for one in took]
    spread = f"{min(clock):.0f}–{max(clock):.0f}, n = {len(took)}"
    print(
        f"  {name:<44}{statistics.median(clock):>9.0f} ms     ({spread}); "
        f"of the processor {statistics.median(own):.0f} ms, at most {max(own):.0f} ms{more}",
        flush=True,
    )


def _timed(call: Callable):
    started, worked = time.perf_counter(), time.process_time()
    answer = call()
    return answer, Took((time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000)


def _seconds(took: Took) -> str:
    return f"{took.clock / 1000:.0f} s (of the processor {took.own / 1000:.0f} s)"


def measure(schools: int = SCHOOLS, years: int = YEARS, found: bool = True) -> None:
    """Fill the database, measure, print; ``found``: also how many copies are found, which is the same on any database.

    The database is gone afterwards.
    """
    from django.core.management import call_command
    from django.db import connection

    from disclosure.models import Publication
    from schools.models import School

    old = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
    else:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"\nNear copies among {schools * years:,} published reports, {connection.display_name} (aim: 300 ms)")
        _, took = _timed(lambda: fill(schools, years))
        print(f"  {schools:,} schools × {years} years written in {_seconds(took)}", flush=True)
        assert Publication.objects.current().count() == schools * years
        _measure_index()
        rows = list(School.objects.order_by("pk"))
        Publication.objects.select_related("school").first().get_absolute_url()  # loads all views, once a process
        _measure_asking(rows, years)
        if found:
            _measure_found(rows, years)
    finally:
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db(old, verbosity=0)


def _size() -> int:
    """Bytes of the index, with what finds its rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute("PRAGMA page_size")
            return pages * cursor.fetchone()[0]
        cursor.execute("SELECT pg_total_relation_size('disclosure_fingerprint')")
        return cursor.fetchone()[0]


def _measure_index() -> None:
    from django.db import connection

    from disclosure.evaluation import near_duplicates as index
    from disclosure.models import Fingerprint

    before = _size()
    _, took = _timed(lambda: sum(1 for _ in index.rebuild()))
    size = _size() - before
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = Fingerprint.objects.count()
    print(f"  index made anew in {_seconds(took)}: {rows:,} rows, {size / 1e6:.0f} MB", flush=True)


def _measure_asking(schools: list, years: int) -> None:
    """Drafts of the year after, as they are checked when their page is asked for, and then published."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from disclosure import checks, evaluation
    from disclosure.evaluation import near_duplicates as index
    from disclosure.models import Campaign, Report
    from disclosure.models.assembly import complete, disassemble
    from disclosure.report.document import Document
    from disclosure.workflow import transitions
    from schools.actor import Actor
    from schools.enums import EventType

    chance, country = random.Random(f"{SEED}:asked"), Country()
    looked, judged, grown, alarms, compared = [], [], [], 0, 0
    for number in chance.sample(range(len(schools)), min(ASKED, len(schools))):
        school, texts = schools[number], _at(country.years(number), years)
        asked = Document.model_validate(document(school, LAST_YEAR + 1, texts))
        with CaptureQueriesContext(connection) as queries:
            found, took = _timed(lambda asked=asked, school=school: index.candidates(asked, school))
        looked.append(took)
        compared += len(found)
        campaign, _ = Campaign.objects.get_or_create(
            province=school.province,
            year=LAST_YEAR + 1,
            defaults={
                "label": asked.label,
                "period_start": asked.period.start,
                "period_end": asked.period.end,
                "opens_on": date(LAST_YEAR + 1, 9, 1),
                "closes_on": date(LAST_YEAR + 1, 10, 31),
            },
        )
        report = transitions.create_report(campaign, school, Actor(None), EventType.REPORT_STARTED)
        disassemble(asked, complete(Report.objects.filter(pk=report.pk)).get(), None)
        report = complete(Report.objects.filter(pk=report.pk)).get()
        judgement, took = _timed(lambda report=report: evaluation.judge(report))
        judged.append(took)
        alarms += sum(one.finding.rule == "sections_are_not_another_schools" for one in judgement.judged)
        publication(school, LAST_YEAR + 1, texts).save()
        _, took = _timed(lambda school=school: index.index(school.pk))
        grown.append(took)
    _tell("reports to compare with found", looked[1:], more=f", {len(queries)} queries")
    _tell(f"all {len(checks.RULES)} checks, and all they are compared with", judged[1:])
    _tell("index grown by one publication", grown)
    print(
        f"  {len(looked)} drafts without copies: {compared} reports compared, {alarms} findings "
        "(what is shared are formulas, and what the school itself had before)"
    )


def _measure_found(schools: list, years: int) -> None:
    from disclosure.checks import BY_NAME, Context
    from disclosure.evaluation import near_duplicates as index
    from disclosure.report.document import Document

    find = BY_NAME["sections_are_not_another_schools"].find
    by_slug = {school.slug: school for school in schools}
    print(
        f"  copies found, of {COPIES} each                      a section:  index   rule   a paragraph:  index   rule"
    )
    for kind in EDITS:
        shares = []
        for whole in (True, False):
            found = told = 0
            for copy in copies(kind, whole, schools, years):
                asked = Document.model_validate(copy.data)
                published = index.candidates(asked, by_slug[asked.school.slug])
                problems = find(asked, Context(published=published))
                found += copy.source in {one.school for one in published}
                told += any(copy.source == one.elsewhere[0].school for one in problems)
            shares += [found / COPIES, told / COPIES]
        print(f"    {kind:<53}{shares[0]:>7.0%}{shares[1]:>7.0%}{shares[2]:>21.0%}{shares[3]:>7.0%}", flush=True)


def main() -> None:
    """Set up Django on a throw-away database, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--schools", type=int, default=SCHOOLS)
    asked.add_argument("--years", type=int, default=YEARS)
    asked.add_argument("--only-speed", action="store_true", help="leave out how many copies are found")
    options = asked.parse_args()
    given = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="disclosure-bench-") as directory:
        os.environ |= {
            "DISCLOSURE_VAR_DIR": directory,
            "DISCLOSURE_LOG_LEVEL": "WARNING",
            "DATABASE_URL": given if given.startswith("postgres") else f"sqlite:///{directory}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "disclosure.settings",
        }
        import django  # after the environment is set

        django.setup()
        measure(options.schools, options.years, not options.only_speed)


if __name__ == "__main__":
    sys.exit(main())

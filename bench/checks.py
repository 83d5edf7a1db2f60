"""How good and how quick the checks are: ``python -m bench.checks`` prints it, ``--write`` keeps it for docs/checks.md.

Clean reports are those of the demonstration, each with five sentences of ``traps.txt`` that look like faults and are
none. Into each, one at a time, a fault of ``faults.py`` is put, at a place and in a manner that chance decides, with a
seed, so that everybody measures the same. A fault is found where its rule says something that it did not say before.
"""

import argparse
import copy
import csv
import json
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT.parent / "shared" / "reports"
MEASURED = ROOT / "docs" / "checks-measured.csv"

SEED = 20261121
YEARS = (2024, 2025)
TRIES = 50  # faults for each rule
TRAPS_A_REPORT = 5
PROVINCE = {"code": "91", "name": "甲省", "office": "甲省教育厅办公室"}


@dataclass(frozen=True)
class Clean:
    """A report without faults, and what it is compared with: last year's report, written by somebody else, and a public
    one of another school, of other words. How that is told from 45,000 others is measured in ``bench.copies``."""

    data: dict
    previous: dict
    published: dict
    year: int


@dataclass(frozen=True)
class Measured:
    """One rule: faults put in, found, and clean reports on which it spoke all the same."""

    rule: str
    tried: int
    found: int
    alarms: int
    reports: int

    @property
    def share(self) -> str:
        return f"{self.found / self.tried:.0%}" if self.tried else "—"


def clean_reports() -> list[Clean]:
    """The demonstration's reports of two years with traps in them; needs Django, but no database."""
    from bench.copies import Prose, html
    from disclosure.demo.world import SCHOOLS

    chance = random.Random(SEED)
    traps = list(_traps())
    drafts = {(school.key, year): _written(school, year) for school in SCHOOLS for year in (YEARS[0] - 1, *YEARS)}
    reports = []
    for year in YEARS:
        for school in SCHOOLS:
            data = copy.deepcopy(drafts[school.key, year])
            # What another school wrote a year before: nothing is copied, and the figures are of the same size.
            other = min(SCHOOLS, key=lambda one: (_in_common(data, drafts[one.key, year - 1]), one.key))
            previous = copy.deepcopy(drafts[other.key, year - 1]) | {"school": data["school"]}
            for key, section in previous["sections"].items():
                section["figures"] = copy.deepcopy(data["sections"][key].get("figures", {}))
            for key, words in chance.sample(traps, TRAPS_A_REPORT):
                _trap(data, key, words, chance)
            published = {
                "sections": {key: {"body": body} for key, body in html(Prose((school.key, year)).texts()).items()}
            }
            reports.append(Clean(data, previous, published, year))
    return reports


def _in_common(one: dict, other: dict) -> int:
    """How many sentences two reports share, their figures left out: the demonstration has few wordings for a place."""
    said = [
        {
            re.sub(r"[0-9]+", "", sentence)
            for section in each["sections"].values()
            for sentence in section["body"].split("。")
        }
        for each in (one, other)
    ]
    return len(said[0] & said[1])


def _written(school, year: int) -> dict:
    from disclosure.demo.writing import Writer
    from disclosure.models import Campaign
    from schools.models import Province, School

    province = Province(**PROVINCE)
    campaign = Campaign(
        province=province,
        year=year,
        label=f"{year - 1}-{year}学年度",
        period_start=date(year - 1, 9, 1),
        period_end=date(year, 8, 31),
    )
    row = School(province=province, name=school.full_name, slug=school.key, level=school.level)
    return Writer(school, row).report(campaign, date(year, 10, 20)).to_json()


def _traps() -> Iterator[tuple[str, str]]:
    for line in (Path(__file__).with_name("traps.txt")).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, words = line.partition(" | ")
            yield key, words


def _trap(data: dict, key: str, words: str, chance: random.Random) -> None:
    """As a paragraph of its own, or at the end of one."""
    section = data["sections"][key]
    # The traps speak of 2025; the report may be of the year before.
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    by = data["year"] - YEARS[-1]
    words = re.sub(
        r"20[0-9]{2}(?=-20|年[^公]|-20[0-9]{2}学年|学年|〕)",
        lambda year: str(int(year[0]) + by) if int(year[0]) in (2023, 2024, 2025, 2026) else year[0],
        words,
    )
    words = re.sub(r"(20[0-9]{2})-20[0-9]{2}", lambda years: f"{years[1]}-{int(years[1]) + 1}", words)
    ends = [match.start() for match in re.finditer("(?<=。)</p>", section["body"])]
    if not ends or chance.random() < 0.5:
        section["body"] = (
            f"<p>{words}</p>" + section["body"] if key != "experience" else section["body"] + f"<p>{words}</p>"
        )
    else:
        at = chance.choice(ends)
        section["body"] = section["body"][:at] + words + section["body"][at:]


def context(year: int, previous: dict | None, schools: list[str], published: dict | None = None):
    """What the report of ``year`` is checked with; ``published`` is a report of another school."""
    from disclosure.checks import Context
    from disclosure.checks.base import Published
    from disclosure.report.document import Document
    from disclosure.report.enums import MANDATED
    from disclosure.richtext import to_text

    texts = {key: to_text(published["sections"][key]["body"]) for key in MANDATED} if published else {}
    return Context(
        period=(date(year - 1, 9, 1), date(year, 8, 31)),
        today=date(year, 11, 1),
        previous=Document.read(previous) if previous else None,
        schools=frozenset(schools),
        published=[Published("某某学院", year - 1, "/", texts)] if published else (),
    )


def school_names() -> list[str]:
    """Invented names, and a few real ones that the traps speak of."""
    from disclosure.demo.world import SCHOOLS

    names = [school.name for school in SCHOOLS]
    return [
        *names,
        "湖南大学",
        "浙江大学",
        "苏州大学",
        "长沙职业技术学院",
        "泉州工程职业技术学院",
        "湖南石油化工职业技术学院",
    ]


def findings_of(
    data: dict, year: int, previous: dict | None, schools: list[str], published: dict | None = None
) -> Counter:
    """What the checks say, each finding as often as it is said."""
    from disclosure import checks
    from disclosure.report.document import Document

    found = checks.run(Document.read(data), context(year, previous, schools, published))
    return Counter((one.rule, one.section, one.field, one.sentence) for one in found)


def measure(tries: int = TRIES) -> tuple[list[Measured], list[tuple]]:
    """Every rule, and what was said of clean reports."""
    from bench.faults import FAULTS
    from disclosure.checks import RULES

    schools = school_names()
    cleans = clean_reports()
    before = [findings_of(one.data, one.year, one.previous, schools, one.published) for one in cleans]
    alarms = Counter(rule for said in before for rule in {rule for rule, *_ in said})
    told = []
    for rule in RULES:
        chance = random.Random(f"{SEED}:{rule.name}")
        tried = found = 0
        puts = FAULTS.get(rule.name, [])
        for attempt in range(tries * 20 if puts else 0):
            if tried == tries:
                break
            index = chance.randrange(len(cleans))
            case = _case(cleans[index], chance, schools)
            if not puts[attempt % len(puts)](case):
                continue
            tried += 1
            after = findings_of(case.data, cleans[index].year, case.previous, schools, case.published)
            found += any(one[0] == rule.name for one in after - before[index])
        told.append(Measured(rule.name, tried, found, alarms[rule.name], len(cleans)))
    return told, [one for said in before for one in said]


def _case(clean: Clean, chance: random.Random, schools: list[str]):
    from bench.faults import Case

    return Case(copy.deepcopy(clean.data), chance, copy.deepcopy(clean.previous), schools, clean.published)


def missed(name: str, tries: int = TRIES) -> Iterator[tuple[dict, dict]]:
    """The reports before and after a fault that ``name`` did not find: to look at when a rule is mended."""
    from bench.faults import FAULTS

    schools, cleans = school_names(), clean_reports()
    chance = random.Random(f"{SEED}:{name}")
    done = 0
    for attempt in range(tries * 20):
        if done == tries:
            return
        one = cleans[chance.randrange(len(cleans))]
        case = _case(one, chance, schools)
        if not FAULTS[name][attempt % len(FAULTS[name])](case):
            continue
        done += 1
        before = findings_of(one.data, one.year, one.previous, schools, one.published)
        after = findings_of(case.data, one.year, case.previous, schools, case.published)
        if not any(said[0] == name for said in after - before):
            yield one.data, case.data


def write(told: list[Measured]) -> None:
    """Keep the figures for docs/checks.md."""
    with MEASURED.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["rule", "tried", "found", "alarms", "reports"])
        rows.writerows([one.rule, one.tried, one.found, one.alarms, one.reports] for one in told)


def print_measured(told: list[Measured], said: list[tuple]) -> None:
    """The table, and each false alarm in full."""
    print(f"\nChecks: faults found (seed {SEED}) and alarms on clean reports")
    for one in told:
        print(f"  {one.rule:44} {one.found:3}/{one.tried:<3} {one.share:>5}   alarms {one.alarms}/{one.reports}")
    for rule, section, name, sentence in said[:40]:
        print(f"  false alarm: {rule} {section} {name}: {sentence}")


def print_speed() -> None:
    """All checks on one report, the texts not read before: each time a report of other words."""
    from disclosure import checks
    from disclosure.checks import texts
    from disclosure.report.document import Document

    print("\nAll checks on one report (aim: 100 ms)")
    schools = school_names()
    real = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(REPORTS.glob("*.json"))]
    if not real:
        print(f"  The real reports are not in {REPORTS}: measured on reports of the demonstration alone.")
    for name, reports in (("real reports", real), ("demonstration", [one.data for one in clean_reports()[:40]])):
        times = []
        for data in reports * (8 if name == "real reports" else 1):
            document = Document.read(data)
            around = context(document.year, data, schools)
            texts._mapped.cache_clear()
            started, worked = time.perf_counter(), time.process_time()
            checks.run(document, around)
            times.append(((time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000))
        if times:
            clock, own = zip(*times, strict=True)
            # Of the processor's time as well: that is the same whoever else is working on the machine.
            print(
                f"  {name:14} median {statistics.median(clock):.0f} ms, slowest {max(clock):.0f} ms; "
                f"of the processor {statistics.median(own):.0f} ms, at most {max(own):.0f} ms ({len(times)} runs)"
            )


def print_all(tries: int = TRIES) -> list[Measured]:
    """Measure and print; Django must be set up."""
    told, said = measure(tries)
    print_measured(told, said)
    print_speed()
    return told


def main() -> None:
    """Set up Django without a database, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true", help="keep the figures for docs/checks.md")
    asked.add_argument("--missed", metavar="RULE", help="show what a rule did not find")
    asked.add_argument("--tries", type=int, default=TRIES)
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    import django  # after the settings module is named

    django.setup()
    if options.missed:
        for before, after in missed(options.missed, options.tries):
            print(_difference(before, after))
        return
    told = print_all(options.tries)
    if options.write:
        write(told)


def _difference(before: dict, after: dict, path: str = "") -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        keys = dict.fromkeys([*before, *after])
        return "".join(_difference(before.get(key), after.get(key), f"{path}.{key}") for key in keys)
    if before == after:
        return ""
    old, new = str(before), str(after)
    start = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    return f"{path}: …{old[max(0, start - 30) : start + 50]}… → …{new[max(0, start - 30) : start + 50]}…\n"


if __name__ == "__main__":
    sys.exit(main())

"""A province as large as they come, made quickly: rows in bulk instead of ten thousand steps of the workflow."""

import hashlib
import itertools
import json
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from disclosure.demo.world import SCHOOLS
from disclosure.demo.writing import Writer
from disclosure.models import Campaign, Publication, Report, RequestColumn, Submission
from disclosure.models.assembly import content_of
from disclosure.report.enums import MANDATED, Decision, SectionKey, Status
from disclosure.report.sections import SECTIONS
from schools.enums import Role
from schools.models import Membership, Province, School, User

SCHOOL_COUNT, YEAR_COUNT, PUBLICATION_COUNT = 140, 10, 1000
# How the reports of the current year stand, one after the other; the rest of the years is published.
STANDINGS = (
    Status.SUBMITTED,
    Status.DRAFT,
    Status.PUBLISHED,
    Status.SUBMITTED,
    Status.RETURNED,
    Status.PUBLISHED,
    None,
)


def fill(today: date) -> None:
    """One province with 140 schools, ten campaigns, a report of each school in each, 1,000 of them public."""
    province = Province.objects.create(code="91", name="甲省", office="甲省教育厅办公室")
    schools = School.objects.bulk_create(
        School(province=province, name=f"甲省第{number}{described.name}", slug=f"school-{number}", level=described.level,
               ownership=described.ownership, city=described.city)
        for number, described in zip(range(1, SCHOOL_COUNT + 1), itertools.cycle(SCHOOLS), strict=False)
    )  # fmt: skip
    campaigns = Campaign.objects.bulk_create(_campaign(province, today, year) for year in _years(today))
    _people(province, schools)
    documents = _documents(schools, campaigns)
    reports = [
        Report(
            school=school,
            campaign=campaign,
            status=status,
            first_submitted_at=None if status == Status.DRAFT else _moment(campaign.closes_on, number),
        )
        for campaign in campaigns
        for number, school in enumerate(schools)
        if (status := _standing(campaign, number, today))
    ]
    Report.objects.bulk_create(reports)
    _parts(reports, documents)
    _submissions(reports, documents)


def _years(today: date) -> range:
    return range(today.year, today.year - YEAR_COUNT, -1)


def _campaign(province: Province, today: date, year: int) -> Campaign:
    current = year == today.year
    return Campaign(
        province=province,
        year=year,
        label=f"{year - 1}-{year}学年度",
        period_start=date(year - 1, 9, 1),
        period_end=date(year, 8, 31) if not current else min(date(year, 8, 31), today),
        opens_on=today - timedelta(days=60) if current else date(year, 9, 1),
        closes_on=today + timedelta(days=5) if current else date(year, 10, 31),
        addressee=province.office,
    )


def _people(province: Province, schools: list[School]) -> None:
    password = make_password(None)
    people = [User(username="reviewer", name="审核员", password=password)]
    people += [User(username=f"author-{school.slug}", name="填报员", password=password) for school in schools]
    reviewer, *authors = User.objects.bulk_create(people)
    Membership.objects.create(user=reviewer, role=Role.REVIEWER, province=province)
    Membership.objects.bulk_create(
        Membership(user=author, role=Role.AUTHOR, school=school)
        for author, school in zip(authors, schools, strict=True)
    )


def _documents(schools: list[School], campaigns: list[Campaign]) -> dict:
    """By school and campaign: as many different reports as there are demonstration schools, under each school's name."""
    written = {
        described.key: Writer(described, school).report(campaigns[1], campaigns[1].closes_on)
        for described, school in zip(SCHOOLS, schools, strict=False)
    }
    return {
        (school.pk, campaign.pk): _renamed(written[described.key], school, campaign)
        for school, described in zip(schools, itertools.cycle(SCHOOLS), strict=False)
        for campaign in campaigns
    }


def _renamed(document, school: School, campaign: Campaign):
    head = document.school.model_copy(update={"slug": school.slug, "name": school.name})
    return document.model_copy(
        update={
            "school": head,
            "year": campaign.year,
            "label": campaign.label,
            "title": f"{school.name}{campaign.label}信息公开工作报告",
        }
    )


def _standing(campaign: Campaign, number: int, today: date) -> Status | None:
    return STANDINGS[number % len(STANDINGS)] if campaign.year == today.year else Status.PUBLISHED


def _moment(day: date, number: int) -> datetime:
    return timezone.make_aware(datetime.combine(day - timedelta(days=number % 20 + 6), time(9, number % 60)))


def _parts(reports: list[Report], documents: dict) -> None:
    for key, section in SECTIONS.items():
        contents = [content_of(documents[report.school_id, report.campaign_id], key) for report in reports]
        parts = section.model.objects.bulk_create(
            section.model(report=report, version=1, saved_at=timezone.now(), **values)
            for report, (values, _) in zip(reports, contents, strict=True)
        )
        for relation in contents[0][1]:
            model = getattr(section.model, relation).rel.related_model
            model.objects.bulk_create(
                (
                    model(part=part, **row)
                    for part, (_, rows) in zip(parts, contents, strict=True)
                    for row in rows[relation]
                ),
                batch_size=500,
            )
    assert RequestColumn.objects.count() == 4 * len(reports)
    assert set(SECTIONS) == {SectionKey.HEAD, *MANDATED, SectionKey.CONTACTS}


def _submissions(reports: list[Report], documents: dict) -> None:
    """What was handed in, and of that what is public: the newest thousand."""
    publications, submissions = [], []
    for report in reports:
        if report.status == Status.DRAFT:
            continue
        document = documents[report.school_id, report.campaign_id]
        data = document.to_json()
        sha256 = hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()
        publication = None
        if report.status == Status.PUBLISHED and len(publications) < PUBLICATION_COUNT:
            public = data | {"contacts": [one | {"mobile": ""} for one in data["contacts"]]}
            publication = Publication(
                school=report.school,
                year=report.campaign.year,
                number=1,
                title=document.title,
                label=document.label,
                document=public,
                sha256=sha256,
                published_at=report.first_submitted_at + timedelta(days=3),
            )
            publications.append(publication)
        submissions.append((report, data, sha256, publication))
    Publication.objects.bulk_create(publications, batch_size=200)
    Submission.objects.bulk_create(
        (_submission(report, data, sha256, publication) for report, data, sha256, publication in submissions),
        batch_size=200,
    )


def _submission(report: Report, data: dict, sha256: str, publication: Publication | None) -> Submission:
    decision = {Status.SUBMITTED: Decision.PENDING, Status.RETURNED: Decision.RETURNED}.get(report.status)
    if decision is None:
        # A report whose publication is left out of the thousand counts as taken back, which the constraints allow.
        decision = Decision.APPROVED if publication else Decision.RECALLED
    return Submission(
        report=report,
        number=1,
        document=data,
        sha256=sha256,
        submitted_by_name="填报员",
        decision=decision,
        decided_at=None if decision == Decision.PENDING else report.first_submitted_at + timedelta(days=3),
        comment="请补充。" if decision == Decision.RETURNED else "",
        publication=publication,
    )

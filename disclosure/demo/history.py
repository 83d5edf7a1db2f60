"""How the demonstration came to be: each report taken through the real workflow, step by step, at its time."""

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from disclosure.demo import clock, texts
from disclosure.demo.world import MARK, PASSWORD, PROVINCES, SCHOOLS, DemoProvince, DemoSchool, Stage
from disclosure.demo.writing import Writer, signing_day
from disclosure.drafting import saving
from disclosure.drafting.loading import load
from disclosure.evaluation import judge, near_duplicates
from disclosure.findings import responses
from disclosure.models import Campaign, Report
from disclosure.models.assembly import assemble, complete, content_of, disassemble
from disclosure.report.document import Document
from disclosure.report.enums import Action, ContactRole, SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow import comments, transitions
from schools.actor import Actor
from schools.enums import Role
from schools.models import Membership, Province, School, User
from schools.slugs import suggest_slug

YEARS = 5  # the current campaign and the four before it, the first of them backfilled
S = Stage


def is_there() -> bool:
    """Whether the demonstration has been loaded into this database."""
    return School.objects.filter(name__endswith=MARK).exists()


def tell(now: datetime, schools: Iterable[DemoSchool] = SCHOOLS, years: int = YEARS) -> None:
    """Make the whole demonstration as it stands at ``now``, or nothing.

    ``years`` is how many campaigns are told, the current one the last.
    """
    # In this order: what follows a commit is handed over when the transaction ends.
    with _no_tasks(), transaction.atomic():
        world = World(now, years)
        for described in schools:
            world.tell_school(described)
        world.give_addresses()
    for school in School.objects.filter(name__endswith=MARK):
        near_duplicates.index(school.pk)


def current_year(today: date) -> int:
    """The year whose reports are being written: from late October on this one, before that still the last."""
    return today.year if today >= date(today.year, 10, 21) else today.year - 1


@contextmanager
def _no_tasks() -> Iterator[None]:
    """A hundred PDF files that nobody has asked for would take a minute: they are made when somebody does."""
    real = task_backends["default"]
    task_backends["default"] = DummyBackend(alias="default", params={})
    try:
        yield
    finally:
        task_backends["default"] = real


class World:
    """The provinces, campaigns and people that the reports need."""

    def __init__(self, now: datetime, years: int):
        self.now = now
        self.years = years
        self.today = timezone.localdate(now)
        self.year = current_year(self.today)
        self.password = make_password(PASSWORD)  # once: a hash is slow by design
        with clock.at(self._morning(date(self.year - YEARS + 2, 3, 2))):
            self.provinces = {described.key: self._province(described) for described in PROVINCES}
            self.campaigns = {
                (described.key, years_ago): self._campaign(described, self.year - years_ago)
                for described in PROVINCES
                for years_ago in range(years)
            }
            self.reviewers = {key: self._reviewer(key, province) for key, province in self.provinces.items()}
            User.objects.create(
                username="operator", name="运维员", password=self.password, is_staff=True, is_superuser=True
            )

    def _morning(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def _province(self, described: DemoProvince) -> Province:
        province, _ = Province.objects.get_or_create(
            code=described.code, defaults={"name": described.name, "office": described.office}
        )
        return province

    def _campaign(self, described: DemoProvince, year: int) -> Campaign:
        current = year == self.year
        closes_on = self.today + timedelta(days=described.days_left) if current else date(year, *described.closes)
        campaign, _ = Campaign.objects.get_or_create(
            province=self.provinces[described.key],
            year=year,
            defaults={
                "label": f"{year - 1}-{year}学年度",
                "period_start": date(year - 1, 9, 1),
                "period_end": date(year, 8, 31),
                "opens_on": date(year, 9, 1),
                "closes_on": closes_on,
                "addressee": described.office,
                "guidance": texts.GUIDANCE if current else {},
            },
        )
        return campaign

    def _reviewer(self, key: str, province: Province) -> Actor:
        self.person(f"{key}-admin", "管理员", Role.PROVINCE_ADMIN, province=province)
        return self.person(f"{key}-reviewer", "审核员", Role.REVIEWER, province=province)

    def person(self, username: str, name: str, role: Role, **organisation) -> Actor:
        """A person with the demonstration's password, in one role."""
        user = User.objects.create(username=username, name=name, password=self.password)
        return Actor(user=user, membership=Membership.objects.create(user=user, role=role, **organisation))

    def tell_school(self, described: DemoSchool) -> None:
        """One school with its people and all its reports."""
        with clock.at(self._morning(date(self.year - YEARS + 2, 3, 9))):
            school = School.objects.create(
                province=self.provinces[described.province],
                name=described.full_name,
                slug=f"{suggest_slug(described.name)}-shili",
                city=described.city,
                level=described.level,
                ownership=described.ownership,
            )
            writer = Writer(described, school)
            people = iter(writer.people)
            author = self.person(described.key, next(people), Role.AUTHOR, school=school)
            self.person(f"{described.key}-2", next(people), Role.AUTHOR, school=school)
            signatory = None
            if described.signatory:
                signatory = self.person(f"{described.key}-leader", next(people), Role.SIGNATORY, school=school)
        for years_ago in range(min(self.years - 1, described.founded), -1, -1):
            campaign = self.campaigns[described.province, years_ago]
            usual = S.BACKFILLED if years_ago == YEARS - 1 else S.PUBLISHED
            stage = described.past.get(years_ago, usual) if years_ago else described.stage
            story = Story(self, campaign, writer, author, signatory, self.reviewers[described.province])
            STORIES[stage](story)

    def give_addresses(self) -> None:
        """Mail addresses, last of all: what happened before anybody looked has nobody to be mailed to."""
        users = list(User.objects.filter(password=self.password))
        for user in users:
            user.email = f"{user.username}@demo.invalid"
        User.objects.bulk_update(users, ["email"])


class Story:
    """One report on its way. Each step happens at the story's time, which only moves on."""

    def __init__(self, world: World, campaign: Campaign, writer: Writer, author: Actor, signatory, reviewer: Actor):
        self.world = world
        self.campaign = campaign
        self.writer = writer
        self.author = author
        self.signatory = signatory
        self.reviewer = reviewer
        self.draw = random.Random(f"{writer.described.key}:{campaign.year}:story")  # noqa: S311
        self.is_current = campaign.year == world.year
        self.report: Report | None = None  # with all its parts, as the last step left it
        # Where time is short (a campaign that closes soon), the steps lie days apart, else weeks.
        last_day = world.today if self.is_current else campaign.closes_on
        self.day = max(last_day - timedelta(days=self.draw.randint(32, 44)), campaign.opens_on)
        self.moment = self._at_work(self.day)

    def _at_work(self, day: date) -> datetime:
        """Some time of a working day."""
        day -= timedelta(days=max(0, day.weekday() - 4))
        hour, minute, second = self.draw.randint(8, 17), self.draw.randint(0, 59), self.draw.randint(0, 59)
        return timezone.make_aware(datetime.combine(day, time(hour, minute, second)))

    def _go_on(self, to: datetime) -> None:
        """Let time pass until ``to``, a little at least; but what would lie ahead of now comes somewhat earlier."""
        to = max(to, self.moment + timedelta(minutes=self.draw.randint(3, 40)))
        self.moment = to if to < self.world.now else self.moment + (self.world.now - self.moment) / 2

    def pause(self, shortest: int, longest: int) -> None:
        """Let some minutes pass."""
        self._go_on(self.moment + timedelta(minutes=self.draw.randint(shortest, longest)))

    def on(self, day: date) -> None:
        """Go on to a day, if it is not past already."""
        self._go_on(self._at_work(day))

    def ago(self, days: int) -> None:
        """Go on to so many days before today; in a past campaign, before its last day."""
        last_day = self.world.today if self.is_current else self.campaign.closes_on
        self.on(last_day - timedelta(days=days))

    def later(self, shortest: int, longest: int) -> None:
        """Go on by some days."""
        self.on(timezone.localdate(self.moment) + timedelta(days=self.draw.randint(shortest, longest)))

    def document(self, correction: int = 0) -> Document:
        """What the report shall say in the end."""
        # The last days before the closing date are when reports are signed.
        return self.writer.report(
            self.campaign, signing_day(self.campaign, timezone.localdate(self.moment)), correction
        )

    def start(self) -> None:
        with clock.at(self.moment):
            started = transitions.start(self.campaign, self.author)
        self.report = complete(Report.objects.filter(pk=started.pk)).get()

    def write(self, document: Document, *keys: SectionKey) -> None:
        """Save parts one after the other, a few minutes each."""
        for key in keys:
            part = SECTIONS[key].of(self.report)
            content = saving.Content(*content_of(document, key))
            with clock.at(self.moment):
                self.report = saving.save_part(self.report.pk, key, content, part.version, self.author)
            self.pause(4, 25)

    def write_all(self, correction: int = 0) -> None:
        """The whole report. What is years old is written at one go, which nobody can tell any more."""
        if self.is_current:
            self.write(self.document(correction), *SectionKey)
            return
        with clock.at(self.moment):
            disassemble(self.document(correction), self.report, self.author.user)
        self.report = complete(Report.objects.filter(pk=self.report.pk)).get()

    def act(self, action: Action, actor: Actor, **said) -> None:
        with clock.at(self.moment):
            self.report = transitions.perform(action, self.report.pk, actor, **said)

    def explain(self) -> None:
        """Say why the warnings stay, as an author has to before handing in."""
        with clock.at(self.moment):
            keys = [one.finding.key for one in judge(self.report).unanswered]
            if keys:
                responses.answer(self.report.pk, keys, self.draw.choice(texts.REASONS), self.author)

    def request_signoff(self) -> None:
        self.explain()
        seen = assemble(self.report).hash
        self.act(Action.REQUEST_SIGNOFF, self.author, sha256=seen)

    def hand_in(self, late_reason: str = "") -> None:
        """Submit, through the leader in charge where there is one."""
        self.explain()
        said = {"sha256": assemble(self.report).hash, "late_reason": late_reason}
        if self.signatory is None:
            self.act(Action.SUBMIT, self.author, **said)
            return
        self.act(Action.REQUEST_SIGNOFF, self.author, **said)
        self.pause(20, 90)
        self.act(Action.SIGN_OFF, self.signatory, **said)

    def send_back(self) -> None:
        """Two remarks and a return."""
        self.remarked = sorted(self.draw.sample(sorted(texts.REMARKS), 2), key=list(SectionKey).index)
        for key in self.remarked:
            with clock.at(self.moment):
                comments.add(self.report.pk, SectionKey(key), texts.REMARKS[key], self.reviewer)
        seen = transitions.pending_submission(self.report).sha256
        self.act(Action.SEND_BACK, self.reviewer, sha256=seen, comment=self.draw.choice(texts.RETURN_COMMENTS))

    def mend(self, keys=None) -> None:
        """Rewrite what was remarked on, and answer."""
        for key in keys or self.remarked:
            document = self.document()
            if key != SectionKey.HEAD:
                section = document.sections[key]
                body = section.body + f"<p>{texts.ANSWERS[key]}</p>"
                sections = document.sections.model_copy(update={key: section.model_copy(update={"body": body})})
                document = document.model_copy(update={"sections": sections})
            self.write(document, SectionKey(key))
            remark = self.report.open_return().remarks.get(section=key)
            with clock.at(self.moment):
                comments.answer(self.report.pk, remark.pk, texts.ANSWERS[key], self.author)

    def approve(self) -> None:
        self.pause(20, 120)
        self.act(Action.APPROVE, self.reviewer, sha256=transitions.pending_submission(self.report).sha256)

    def publish(self) -> None:
        """From the start to the public page, without any trouble."""
        self.start()
        self.ago(self.draw.choice((1, 2, 4, 7)) + (20 if self.is_current else 0))
        self.write_all()
        self.later(0, 1)
        self.hand_in()
        self.later(3, 12)
        self.approve()

    def correct(self, number: int) -> None:
        """Put the published report right, up to the new submission."""
        self.later(4, 9)
        self.act(Action.START_CORRECTION, self.author, comment=texts.CORRECTIONS[number - 1])
        self.later(0, 2)
        document = self.document(correction=number)
        review = document.confidentiality_review.model_copy(update={"date": timezone.localdate(self.moment)})
        document = document.model_copy(update={"confidentiality_review": review})
        self.write(document, SectionKey.HEAD, SectionKey.PROACTIVE, SectionKey.CONTACTS)
        self.hand_in()


# --- The stages, each told from the beginning ---------------------------------------------------------------------------


def _not_started(story: Story) -> None:
    """Nobody has opened the campaign."""


def _empty_draft(story: Story) -> None:
    story.ago(3)
    story.start()


def _half_draft(story: Story, pasted: str = texts.PASTED) -> None:
    story.ago(6)
    story.start()
    document = story.document()
    story.write(document, SectionKey.HEAD, SectionKey.OVERVIEW, SectionKey.PROACTIVE)
    story.ago(1)
    # A text without the figures that belong to it, and one as it was pasted, with what the checks are to find.
    on_request, evaluation = document.sections.on_request, document.sections.evaluation
    unfinished = {
        "on_request": on_request.model_copy(update={"figures": type(on_request.figures)()}),
        "evaluation": evaluation.model_copy(update={"body": evaluation.body + pasted}),
    }
    document = document.model_copy(update={"sections": document.sections.model_copy(update=unfinished)})
    story.write(document, SectionKey.EVALUATION, SectionKey.ON_REQUEST)


def _copied_draft(story: Story) -> None:
    """With a paragraph of another school's report, which is public."""
    _half_draft(story, texts.BORROWED)


def _full_draft(story: Story) -> None:
    story.ago(5)
    story.start()
    story.ago(1)
    story.write_all()


def _waiver_asked(story: Story) -> None:
    """The annex lacks a person the school does not have, and the school says so."""
    _full_draft(story)
    document = assemble(story.report)
    people = tuple(person for person in document.contacts if person.role != ContactRole.HEAD)
    story.write(document.model_copy(update={"contacts": people}), SectionKey.CONTACTS)
    with clock.at(story.moment):
        keys = [one.finding.key for one in judge(story.report).errors]
        responses.answer(story.report.pk, keys, texts.WAIVER_REASON, story.author)


def _awaiting_signoff(story: Story) -> None:
    story.start()
    story.ago(2)
    story.write_all()
    story.request_signoff()


def _declined(story: Story) -> None:
    _awaiting_signoff(story)
    story.ago(1)
    story.act(Action.DECLINE, story.signatory, comment=texts.DECLINE_COMMENT)


def _submitted(story: Story) -> None:
    story.start()
    # Where the campaign is over, it was still in time.
    story.ago(max(story.draw.randint(1, 5), (story.world.today - story.campaign.closes_on).days + 1))
    story.write_all()
    story.hand_in()


def _submitted_late(story: Story) -> None:
    story.start()
    story.ago(4)
    story.write_all()
    story.hand_in(late_reason=texts.LATE_REASONS[0])


def _recalled(story: Story) -> None:
    _submitted(story)
    story.ago(1)
    story.act(Action.RECALL, story.author)


def _returned(story: Story) -> None:
    story.start()
    story.ago(24)
    story.write_all()
    story.hand_in()
    story.ago(9)
    story.send_back()


def _half_mended(story: Story) -> None:
    _returned(story)
    story.ago(2)
    story.mend(story.remarked[:1])


def _resubmitted(story: Story) -> None:
    _returned(story)
    story.ago(2)
    story.mend()
    story.hand_in()


def _published(story: Story) -> None:
    story.publish()


def _published_after_return(story: Story) -> None:
    _resubmitted(story)
    if not story.is_current:
        story.later(2, 6)
    story.approve()


def _published_late(story: Story) -> None:
    story.start()
    if story.is_current:
        story.ago(9)
    else:
        story.on(story.campaign.closes_on + timedelta(days=story.draw.randint(2, 12)))
    story.write_all()
    story.hand_in(late_reason=story.draw.choice(texts.LATE_REASONS))
    story.later(3, 8)
    story.approve()


def _correcting(story: Story) -> None:
    story.publish()
    story.ago(3)
    story.act(Action.START_CORRECTION, story.author, comment=texts.CORRECTIONS[0])
    story.write(story.document(correction=1), SectionKey.PROACTIVE)


def _correction_submitted(story: Story) -> None:
    story.publish()
    story.correct(1)


def _corrected(story: Story) -> None:
    story.publish()
    story.correct(1)
    story.later(1, 3)
    story.approve()


def _corrected_twice(story: Story) -> None:
    _corrected(story)
    story.correct(2)
    story.later(1, 2)
    story.approve()


def _withdrawn(story: Story) -> None:
    story.publish()
    story.later(3, 8)
    story.act(Action.WITHDRAW, story.reviewer, comment=texts.WITHDRAWAL)


def _reopened(story: Story) -> None:
    _withdrawn(story)
    story.later(1, 2)
    story.act(Action.REOPEN, story.reviewer, comment=texts.REOPENING)


def _backfilled(story: Story) -> None:
    """Loaded by the portal in the spring in which it began."""
    story.on(date(story.world.year - YEARS + 2, 4, 1) + timedelta(days=story.draw.randint(0, 60)))
    with clock.at(story.moment):
        load(story.writer.old_report(story.campaign), publish=True)


STORIES = {
    S.NOT_STARTED: _not_started,
    S.EMPTY_DRAFT: _empty_draft,
    S.HALF_DRAFT: _half_draft,
    S.COPIED_DRAFT: _copied_draft,
    S.FULL_DRAFT: _full_draft,
    S.WAIVER_ASKED: _waiver_asked,
    S.AWAITING_SIGNOFF: _awaiting_signoff,
    S.DECLINED: _declined,
    S.SUBMITTED: _submitted,
    S.SUBMITTED_LATE: _submitted_late,
    S.RECALLED: _recalled,
    S.RETURNED: _returned,
    S.HALF_MENDED: _half_mended,
    S.RESUBMITTED: _resubmitted,
    S.PUBLISHED: _published,
    S.PUBLISHED_AFTER_RETURN: _published_after_return,
    S.PUBLISHED_LATE: _published_late,
    S.CORRECTING: _correcting,
    S.CORRECTION_SUBMITTED: _correction_submitted,
    S.CORRECTED: _corrected,
    S.CORRECTED_TWICE: _corrected_twice,
    S.WITHDRAWN: _withdrawn,
    S.REOPENED: _reopened,
    S.BACKFILLED: _backfilled,
}

"""What no form of ours sends, through every form that there is: no address fails on it, on either database.

PostgreSQL refuses what is wider than its column, NUL in any text, numbers beyond the type; SQLite takes all of it, so
these tests say most on PostgreSQL. Each form is read from the page that offers it, so that a new one is covered.
"""

import copy
import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from disclosure.models import Report, Submission
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from schools import audit, mail
from schools.enums import EventType, Role
from schools.models import Event, OutgoingMail
from tests import factories
from tests.test_access import BY_POST, EXPECTED, PERSONAS, everyone, url_of, world  # noqa: F401

HOSTILE = {
    "long": "a" * 5_000,
    "odd": "\x00甲\r\n乙\u2028\u202e" * 20,
    "number": "9" * 20,
    "digits": "9" * 5_000,
}
WORDS = {"text", "search", "email", "password", "hidden", "url", "tel", "number", "date"}


class _Forms(HTMLParser):
    """The forms of a page: method, address, what a browser would send, and which of it are words. Of those that ask for
    the same only the first.
    """

    def __init__(self, page: str):
        super().__init__()
        self._all: list[dict] = []
        self.feed(page)

    @property
    def found(self):
        by_fields = {re.sub(r"\d+", "", " ".join(form["words"])): form for form in reversed(self._all)}
        return by_fields.values()

    def handle_starttag(self, tag, attributes):
        have = dict(attributes)
        if tag == "form":
            form = {"method": have.get("method", "get"), "to": have.get("action"), "sent": {}, "words": []}
            self._all.append(form)
        name, kind = have.get("name"), have.get("type", "text")
        if not self._all or name in (None, "csrfmiddlewaretoken"):
            return
        form = self._all[-1]
        if tag in ("textarea", "select") or (tag == "input" and kind in WORDS):
            form["sent"][name] = have.get("value") or ""
            form["words"].append(name)
        elif tag == "input" and kind in ("radio", "checkbox"):
            form["sent"].setdefault(name, have.get("value", "on"))


def _tried(form):
    """What to send in the place of a form: everything hostile at once, and, of a short one, one field after the other."""
    for value in HOSTILE.values():
        yield form["sent"] | dict.fromkeys(form["words"], value)
        if 1 < len(form["words"]) <= 10:
            yield from (form["sent"] | {name: value} for name in form["words"])


def _who(name, letters):
    return next((who for who, letter in zip(PERSONAS, EXPECTED[name], strict=True) if letter in letters), "visitor")


# What has no page with a form, and takes long to make.
FILES = ("pdf", "docx", "html", "json", "source", "sitemap")


def _pages(area, world, everyone):  # noqa: F811
    """The pages of an area, each with who opens it. The school has its report back, so that its forms are open."""
    if area == "author":
        transitions.perform(Action.RECALL, world["report_id"], everyone["author"])
        yield from ((url_of("author:section", world | {"key": key.value}), "author") for key in SectionKey)
    if area == "review":
        comments.add(world["report_id"], SectionKey.OVERVIEW, "请补充。", everyone["reviewer"])
        yield url_of("review:withdraw", world | {"report_id": world["published_id"]}), "reviewer"
        seen = transitions.pending_submission(Report.objects.get(pk=world["report_id"])).sha256
        yield f"{url_of('review:send_back', world)}?seen={seen}", "reviewer"
    for name in sorted(EXPECTED):
        if name.startswith(f"{area}:") and EXPECTED[name] != BY_POST and not name.endswith(FILES):
            yield url_of(name, world), "author" if area == "author" else _who(name, "P")


# How many forms, at least, the pages of each area offer.
FORMS = {"public": 1, "accounts": 4, "author": 14, "review": 5, "province": 10}


@pytest.mark.parametrize("area", sorted({name.partition(":")[0] for name in EXPECTED}))
def test_no_form_of_any_page_fails_on_what_it_is_sent(area, world, everyone, client_of):  # noqa: F811
    clients = {who: client_of(persona) for who, persona in everyone.items()}
    tried = set()
    for url, who in _pages(area, world, everyone):
        client = clients[who]
        signed_in = copy.deepcopy(client.cookies)
        page = client.get(url)
        assert page.status_code < 500
        for form in _Forms(page.text).found if page.headers["Content-Type"].startswith("text/html") else ():
            # A page has forms of other pages as well, the one that signs out above all.
            address = form["to"] or url
            if (address, *form["words"]) in tried:
                continue
            tried.add((address, *form["words"]))
            ask = client.post if form["method"] == "post" else client.get
            for sent in _tried(form):
                client.cookies = copy.deepcopy(signed_in)
                with transaction.atomic():
                    answer = ask(address, sent, headers={"User-Agent": "a" * 5_000})
                    transaction.set_rollback(True)
                assert (address, answer.status_code < 500) == (address, True)
            client.cookies = signed_in
    assert len(tried) >= FORMS[area], sorted(tried)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_address_fails_on_what_stands_in_it(value, world, everyone, client_of):  # noqa: F811
    """In the place of each argument, asked by somebody who may and by somebody who may not."""
    clients = {who: client_of(persona) for who, persona in everyone.items()}
    asked = HOSTILE[value]
    for name in sorted(EXPECTED):
        urls = set()
        for argument, known in world.items():
            try:
                urls.add(url_of(name, world | {argument: int(asked) if isinstance(known, int) else asked}))
            except (NoReverseMatch, ValueError):
                continue
        for url in urls - {url_of(name, world)}:
            for who in {_who(name, "PRM"), _who(name, "F")}:
                for ask in (clients[who].get, clients[who].post):
                    with transaction.atomic():
                        answer = ask(url)
                        transaction.set_rollback(True)
                    assert (name, answer.status_code < 500) == (name, True)


LISTS = ("public:home", "public:schools", "public:school", "author:history", "author:last_year", "review:queue")
LISTS += ("review:log", "province:schools", "province:accounts", "accounts:login")


@pytest.mark.parametrize("name", LISTS)
def test_no_list_fails_on_what_it_is_asked_for(name, world, everyone, client_of):  # noqa: F811
    client = client_of(everyone[_who(name, "P")])
    for value in HOSTILE.values():
        asked = dict.fromkeys(
            ("q", "page", "year", "status", "role", "state", "level", "city", "next", "school"), value
        )
        assert client.get(url_of(name, world), asked).status_code < 500


# --- who and what is named in the logs --------------------------------------------------------------------------------


def test_whoever_has_the_longest_name_signs_in_and_stands_in_the_trail(client, school):
    user = factories.make_user("n" * 150, "名" * 40)
    factories.make_membership(Role.AUTHOR, school, user)
    answer = client.post("/accounts/login/", {"username": user.username, "password": factories.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    event = Event.objects.get(type=EventType.SIGNED_IN)
    assert event.actor_name == f"{'名' * 40}（{'n' * 38}…"
    assert event.object_label == f"{'名' * 40}（{'n' * 150}）"


@pytest.mark.parametrize("length", [151, 256, 5_000])
def test_a_name_longer_than_any_account_has_is_refused_in_words(client, db, length):
    answer = client.post("/accounts/login/", {"username": "a" * length, "password": "x"})
    assert (answer.status_code, answer.context["form"].errors) == (
        400,
        {"username": ["账号最多 150 个字符，请核对。"]},
    )


def test_a_denied_attempt_on_an_odd_address_is_answered_and_stands_in_the_trail(client_of, author, school, campaign):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    answer = client_of(author).get(reverse("review:waive", args=[report.pk, "\x00" + "a" * 5_000]))
    assert answer.status_code == 403
    path = Event.objects.get(type=EventType.DENIED).detail["path"]
    assert (len(path), path[-1], "\x00" in path) == (300, "…", False)


def test_a_log_holds_what_is_longer_than_its_columns(school):
    school.name = "校" * 300
    event = audit.record(EventType.DENIED, obj=school, by="人" * 300, text="甲\x00乙", inner=[{"text\x00": "\ud800"}])
    event.refresh_from_db()
    assert event.actor_name == f"{'人' * 79}…"
    assert event.object_label == f"{'校' * 199}…"
    assert event.detail == {"text": "甲乙", "inner": [{"text": ""}]}
    row = mail.enqueue("a@example.edu.cn", "题" * 300, "正文\x00")
    assert OutgoingMail.objects.get(pk=row.pk).subject == f"{'题' * 199}…"


@pytest.mark.parametrize("address", ["fe80::1%eth0", "2001:db8::1", "203.0.113.7"])
def test_an_address_with_the_name_of_a_network_card_is_kept_without_it(client_of, author, address):
    client_of(author).get(reverse("review:queue"), REMOTE_ADDR=address)
    assert Event.objects.get(type=EventType.DENIED).address == address.partition("%")[0]


@pytest.mark.parametrize(
    ("status", "action", "who", "words"),
    [
        (Status.PUBLISHED, Action.START_CORRECTION, "author", "更正原因"),
        (Status.WITHDRAWN, Action.REOPEN, "reviewer", "更正原因"),
        (Status.PUBLISHED, Action.WITHDRAW, "reviewer", "撤回原因"),
    ],
)
def test_a_reason_that_is_too_long_is_refused_in_words_and_not_cut(
    request, status, action, who, words, school, campaign
):
    report = factories.make_report(school, campaign, status)
    actor = request.getfixturevalue(who)
    with pytest.raises(transitions.Refused, match=f"^{words}最多 500 字，现在有 501 字，请精简。$"):
        transitions.perform(action, report.pk, actor, comment="长" * 501)
    report = Report.objects.get(pk=report.pk)
    assert (report.status, report.correction_reason) == (status, "")
    transitions.perform(action, report.pk, actor, comment="长" * 500)


def test_a_reason_for_being_late_that_is_too_long_is_kept_in_the_page(client_of, author, school, province):
    past = factories.make_campaign(province, closes_on=factories.timezone.localdate() - factories.datetime.timedelta(1))
    report = factories.make_report(school, past)
    factories.explain(report)
    sent = {"sha256": factories.seen(report), "late_reason": "长" * 501}
    answer = client_of(author).post(reverse("author:act", args=[report.pk, "submit"]), sent)
    assert (answer.status_code, answer.context["problem"]) == (409, "逾期原因最多 500 字，现在有 501 字，请精简。")
    assert answer.context["late_reason"] == "长" * 501
    assert not Submission.objects.exists()

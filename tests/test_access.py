"""Who reaches which address. One table for the whole portal: an address that is not in it fails.

Each address is asked with GET and, in a second round, with an empty POST, by every persona. What is at stake is the
kind of answer, not its text: public, sent to sign in, refused, not there.
"""

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from disclosure.models import Publication
from disclosure.report.enums import Action, SectionKey, Status
from schools.enums import EventType
from schools.models import Event
from tests import factories

PERSONAS = (
    "visitor",
    "author",
    "second_author",
    "signatory",
    "colleague",
    "other_author",
    "reviewer",
    "province_admin",
    "other_reviewer",
    "operator",
)
# What each group of addresses answers to a GET: by persona, in the order above.
#   P the page · L sent to sign in · F forbidden, with the reason · N not there · R sent on · M not by GET
EVERYONE = "PPPPPPPPPP"
SIGNED_IN = "LPPPPPPPPP"
SCHOOLS = "LPPPPPFFFF"
OWN_SCHOOL = "LPPPNNFFFF"
OFFICES = "LFFFFFPPPF"
OWN_OFFICE = "LFFFFFPPNF"
ADMINISTRATORS = "LFFFFFFPFF"
BY_POST = "MMMMMMMMMM"
BY_POST_SCHOOLS = "LMMMMMFFFF"
BY_POST_OFFICES = "LFFFFFMMMF"

EXPECTED = {
    "public:home": EVERYONE,
    "public:schools": EVERYONE,
    "public:school": EVERYONE,
    "public:report": EVERYONE,
    "public:pdf": EVERYONE,
    "public:docx": EVERYONE,
    "public:html": EVERYONE,
    "public:json": EVERYONE,
    "public:version": EVERYONE,
    "public:version_pdf": EVERYONE,
    "public:version_docx": EVERYONE,
    "public:version_html": EVERYONE,
    "public:version_json": EVERYONE,
    "public:robots": EVERYONE,
    "public:sitemap": EVERYONE,
    "public:sitemap_part": EVERYONE,
    "public:healthz": EVERYONE,
    "accounts:login": "PRRRRRRRRR",
    "accounts:logout": BY_POST,
    "accounts:password_change": SIGNED_IN,
    "accounts:activate": EVERYONE,
    "accounts:choose_organisation": SIGNED_IN,
    "author:home": SCHOOLS,
    "author:start": BY_POST_SCHOOLS,
    "author:report": OWN_SCHOOL,
    "author:preview": OWN_SCHOOL,
    "author:preview_pdf": OWN_SCHOOL,
    "author:preview_docx": OWN_SCHOOL,
    "author:check": OWN_SCHOOL,
    "author:history": OWN_SCHOOL,
    "author:act": "LPPFNNFFFF",
    "author:answer_remark": "LRRRNNFFFF",
    "author:answer_finding": "LRRRNNFFFF",
    "author:take_back_answer": BY_POST_SCHOOLS,
    "author:import_new": "LRRFNNFFFF",
    "author:import": OWN_SCHOOL,
    "author:import_compare": "LRRFNNFFFF",
    "author:import_undo": "LRRFNNFFFF",
    "author:import_discard": "LRRFNNFFFF",
    "author:import_source": OWN_SCHOOL,
    "author:section": OWN_SCHOOL,
    # A report in the campaign was handed in already: sent on to it. A colleague of the province has yet to begin.
    "author:start_from_last_year": "LRRFPNFFFF",
    "author:take_over": "LFFFNNFFFF",
    "author:last_year": OWN_SCHOOL,
    "author:take_over_part": "LRRRNNFFFF",
    "author:confirm_carried": "LRRRNNFFFF",
    "author:autosave": BY_POST_SCHOOLS,
    "author:fix": "LRRRNNFFFF",
    "author:presence": BY_POST_SCHOOLS,
    "review:queue": OFFICES,
    "review:report": OWN_OFFICE,
    "review:changes": OWN_OFFICE,
    "review:pdf": OWN_OFFICE,
    "review:docx": OWN_OFFICE,
    "review:source": OWN_OFFICE,
    "review:remark": "LFFFFFRRNF",
    "review:remark_remove": "LFFFFFRRNF",
    "review:presence": BY_POST_OFFICES,
    "review:take_up": "LFFFFFRRNF",
    "review:waive": "LFFFFFRRNF",
    "review:send_back": OWN_OFFICE,
    "review:approve": OWN_OFFICE,
    "review:withdraw": OWN_OFFICE,
    "review:reopen": OWN_OFFICE,
    "review:withdraw_version": OWN_OFFICE,
    "review:log": OWN_OFFICE,
    "province:home": ADMINISTRATORS,
    "province:schools": ADMINISTRATORS,
    "province:school_add": ADMINISTRATORS,
    "province:school": ADMINISTRATORS,
    "province:school_edit": ADMINISTRATORS,
    "province:school_deactivate": ADMINISTRATORS,
    "province:school_reactivate": BY_POST,
    "province:accounts": ADMINISTRATORS,
    "province:account_add": ADMINISTRATORS,
    "province:account": ADMINISTRATORS,
    "province:account_edit": ADMINISTRATORS,
    "province:account_link": ADMINISTRATORS,
    "province:account_deactivate": ADMINISTRATORS,
    "province:account_reactivate": BY_POST,
    "province:membership_add": ADMINISTRATORS,
    "province:membership_edit": ADMINISTRATORS,
    "province:membership_end": ADMINISTRATORS,
    "province:membership_restore": BY_POST,
    "province:campaigns": ADMINISTRATORS,
    "province:campaign_add": ADMINISTRATORS,
    "province:campaign_edit": ADMINISTRATORS,
    "province:campaign_rules": ADMINISTRATORS,
}


def addresses(patterns=None, namespace=""):
    """Every named address of the portal itself; the operators' admin is Django's and has a test of its own."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if inner != "admin:":
                yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


@pytest.fixture
def everyone(request, db):
    return {name: request.getfixturevalue(name) for name in PERSONAS}


@pytest.fixture
def world(everyone, school, campaign):
    """The arguments of every address: a report that was published, is being corrected, and was handed in again."""
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    published = factories.make_report(
        school, factories.make_campaign(school.province, campaign.year - 1), Status.PUBLISHED
    )
    publication = Publication.objects.get()
    person = everyone["author"]
    return {
        "slug": school.slug,
        "year": publication.year,
        "number": 1,
        "section": "reports",
        "report_id": report.pk,
        "published_id": published.pk,
        "campaign_id": campaign.pk,
        "key": SectionKey.OVERVIEW.value,
        "action": Action.RECALL.value,
        "remark_id": 1,
        "finding": "0" * 32,
        "import_id": factories.make_import(report).pk,
        "uidb64": urlsafe_base64_encode(force_bytes(person.user.pk)),
        "token": default_token_generator.make_token(person.user),
        "school_pk": school.pk,
        "account_pk": person.user.pk,
        "membership_pk": person.membership.pk,
        "campaign_pk": campaign.pk,
    }


def url_of(name, world):
    """The address ``name`` with the arguments it asks for."""
    # A new role is added to an account.
    kind = "account" if name == "province:membership_add" else name.partition(":")[2].partition("_")[0]
    values = world | {"pk": world.get(f"{kind}_pk")}
    if name == "review:withdraw_version":  # of a report that has versions
        values["report_id"] = world["published_id"]
    for parameters in _possibilities(name):
        return reverse(name, kwargs={one: values[one] for one in parameters})
    raise NoReverseMatch(name)


def _possibilities(name):
    namespace, _, last = name.rpartition(":")
    resolver = get_resolver()
    for part in filter(None, namespace.split(":")):
        resolver = resolver.namespace_dict[part][1]
    for possibility, *_ in resolver.reverse_dict.getlist(last):
        yield possibility[0][1]


def answer(response):
    """The kind of answer, in one letter of the table."""
    if response.status_code in (301, 302):
        return "L" if response.url.startswith(reverse("accounts:login")) else "R"
    return {200: "P", 403: "F", 404: "N", 405: "M", 409: "P", 400: "P"}.get(response.status_code, "?")


def test_every_address_is_in_the_table():
    assert sorted(EXPECTED) == sorted(set(addresses()))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_persona_gets_the_expected_answer(name, world, everyone, client_of):
    url = url_of(name, world)
    found = "".join(answer(client_of(persona).get(url)) for persona in everyone.values())
    assert found == EXPECTED[name]


# What each answers to a POST, as far as the person is concerned: those who may not get the page get no further.
MAY_POST = {
    BY_POST_SCHOOLS: SCHOOLS,
    BY_POST_OFFICES: OWN_OFFICE,
}
POSTED = {
    "province:school_reactivate": ADMINISTRATORS,
    "province:account_reactivate": ADMINISTRATORS,
    "province:membership_restore": ADMINISTRATORS,
    "author:start": "LRRFRNFFFF",
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_whoever_may_not_open_an_address_may_not_post_to_it(name, world, everyone, client_of):
    url = url_of(name, world)
    expected = POSTED.get(name) or MAY_POST.get(EXPECTED[name], EXPECTED[name])
    for (who, persona), letter in zip(everyone.items(), expected, strict=True):
        if letter not in "LFN":
            continue
        with transaction.atomic():
            response = client_of(persona).post(url)
            assert (who, answer(response)) in {(who, letter), (who, "M")}
            transaction.set_rollback(True)


def test_a_colleague_of_another_school_changes_nothing_by_post(world, everyone, client_of):
    """What SCHOOLS leaves open to every school, the queryset closes: another school's report is not there."""
    for name in (
        "author:answer_remark",
        "author:answer_finding",
        "author:take_back_answer",
        "author:autosave",
        "author:presence",
    ):
        for who in ("colleague", "other_author"):
            persona = everyone[who]
            response = client_of(persona).post(url_of(name, world), headers={"X-Writer": str(persona.user.pk)})
            assert (name, who, answer(response)) == (name, who, "N")


def test_the_admin_is_for_operators_alone(everyone, client_of):
    url = reverse("admin:index")
    found = {name: client_of(persona).get(url, follow=True).status_code for name, persona in everyone.items()}
    # A visitor ends at the sign-in.
    assert found == {name: 200 if name in ("operator", "visitor") else 403 for name in everyone}
    assert answer(client_of(None).get(url, follow=False)) in ("L", "R")


def test_no_form_is_taken_without_its_token(world, everyone, client_of):
    for name in sorted(EXPECTED):
        response = client_of(everyone["author"], enforce_csrf_checks=True).post(url_of(name, world))
        assert response.status_code in (403, 405), name


def test_a_denied_attempt_stands_in_the_trail(everyone, world, client_of):
    client_of(everyone["colleague"]).get(reverse("review:queue"))
    event = Event.objects.get(type=EventType.DENIED)
    assert (event.actor_id, event.detail["path"]) == (everyone["colleague"].user.pk, "/review/")

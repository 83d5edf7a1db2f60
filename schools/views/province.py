"""The provincial administrator's rooms: schools and accounts of the own province. Another province's are not found."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from schools import accounts
from schools.access import province_admin_only, require
from schools.accounts import memberships_of, people_of
from schools.enums import Role
from schools.forms import (
    AccountSearchForm,
    MembershipForm,
    NewPersonForm,
    PersonForm,
    SchoolForm,
    SchoolSearchForm,
    changes_of,
    keeps,
)
from schools.models import Membership, School, User
from schools.paging import page_of

ROWS_A_PAGE = 25


def _status(*forms):
    """400 where a form was sent and does not fit."""
    return 400 if any(form.errors for form in forms) else 200


@require_safe
@province_admin_only
def home(request):
    """What there is to administer, in figures."""
    province = request.actor.province
    schools = School.objects.filter(province=province, is_active=True)
    writers = Membership.objects.filter(role=Role.AUTHOR, is_active=True, user__is_active=True, school__isnull=False)
    people = people_of(province).filter(is_active=True)
    figures = {
        "schools": schools.count(),
        "without_author": schools.exclude(pk__in=writers.values("school")).count(),
        "people": people.count(),
        "invited": people.filter(accounts.NEVER_ACTIVATED).count(),
    }
    return render(request, "schools/province_home.html", {"province": province, "figures": figures})


# --- Schools ------------------------------------------------------------------------------------------------


def _school(request, pk) -> School:
    return get_object_or_404(School, pk=pk, province=request.actor.province)


@require_safe
@province_admin_only
def schools(request):
    """The province's schools."""
    form = SchoolSearchForm(request.GET)
    people = Q(memberships__is_active=True, memberships__user__is_active=True)
    everyone = School.objects.filter(province=request.actor.province)
    rows = form.narrow(everyone).annotate(people=Count("memberships__user", filter=people, distinct=True))
    context = {
        "form": form,
        "page": page_of(request, rows.order_by("-is_active", "slug"), ROWS_A_PAGE),
        "any": everyone.exists(),
    }
    return render(request, "schools/school_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def school_add(request):
    """A new school."""
    form = SchoolForm(request.POST or None, instance=School(province=request.actor.province))
    if request.method != "POST" or not form.is_valid() or not keeps(form, lambda: _save_new_school(request, form)):
        return render(request, "schools/school_form.html", {"form": form, "school": None}, status=_status(form))
    school = form.instance
    messages.success(request, f"已添加{school.name}。接下来请邀请填报人。")
    return redirect("province:school", school.pk)


def _save_new_school(request, form):
    accounts.save_school(request.actor, form.save(commit=False), {})


@require_safe
@province_admin_only
def school(request, pk):
    """One school and its people."""
    school = _school(request, pk)
    memberships = school.memberships.select_related("user").order_by("-is_active", "role", "user__name")
    invite_url = f"{resolve_url('province:account_add')}?school={school.pk}"
    context = {"school": school, "memberships": memberships, "invite_url": invite_url}
    return render(request, "schools/school.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def school_edit(request, pk):
    """What is known of a school; its address stays."""
    school = _school(request, pk)
    name = school.name
    form = SchoolForm(request.POST or None, instance=school)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "school": school, "name": name}
        return render(request, "schools/school_form.html", context, status=_status(form))
    if form.has_changed():
        accounts.save_school(request.actor, school, changes_of(form))
        messages.success(request, "学校信息已修改。")
    return redirect("province:school", school.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def school_deactivate(request, pk):
    """Take a school out of the reporting; what it published stays."""
    school = _school(request, pk)
    if request.method != "POST":
        return render(request, "schools/school_deactivate.html", {"school": school})
    _set_active(request, school, False)
    messages.success(request, f"已停用{school.name}。")
    return redirect("province:school", school.pk)


@require_POST
@province_admin_only
def school_reactivate(request, pk):
    """Let a school take part again."""
    school = _school(request, pk)
    _set_active(request, school, True)
    messages.success(request, f"{school.name}已恢复参加填报。")
    return redirect("province:school", school.pk)


def _set_active(request, school, is_active):
    if school.is_active != is_active:
        school.is_active = is_active
        label = {True: "参加填报", False: "停用"}
        accounts.save_school(request.actor, school, {"状态": [label[not is_active], label[is_active]]})


# --- Accounts -----------------------------------------------------------------------------------------------


def _person(request, pk) -> User:
    return get_object_or_404(people_of(request.actor.province), pk=pk)


def _membership(request, pk) -> Membership:
    province = request.actor.province
    everyone = memberships_of(province).filter(user__in=people_of(province))
    return get_object_or_404(everyone.select_related("user", "school", "province"), pk=pk)


def _with_memberships(people, province):
    """People with what they do in the province, as ``memberships_here``."""
    here = memberships_of(province).select_related("school", "province").order_by("-is_active", "role")
    return people.prefetch_related(Prefetch("memberships", here, to_attr="memberships_here"))


@require_safe
@province_admin_only
def people(request):
    """The province's accounts."""
    province = request.actor.province
    form = AccountSearchForm(request.GET)
    rows = form.narrow(people_of(province), memberships_of(province)).order_by("-is_active", "name", "username")
    page = page_of(request, _with_memberships(rows, province), ROWS_A_PAGE)
    return render(request, "schools/account_list.html", {"form": form, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def person_add(request):
    """Invite somebody. The answer to the POST shows the link, once: it is kept nowhere."""
    person_form = NewPersonForm(request.POST or None)
    membership_form = MembershipForm(
        request.POST or None, province=request.actor.province, initial={"school": request.GET.get("school")}
    )
    forms = [person_form, membership_form]
    fits = [form.is_valid() for form in forms]  # each is asked, so that all that is wrong is told at once
    if request.method != "POST" or not all(fits):
        return render(request, "schools/account_add.html", {"forms": forms}, status=_status(*forms))
    user, membership = person_form.save(commit=False), membership_form.save(commit=False)
    user.username = person_form.cleaned_data["username"]
    try:
        link = accounts.invite(request.actor, user, membership)
    except IntegrityError:  # the same name was given between the check and here, as by a double click
        person_form.add_error("username", "这个账号刚刚已经建立。请到账号列表中查看。")
        return render(request, "schools/account_add.html", {"forms": forms}, status=409)
    return _link_page(request, user, link, membership)


@require_safe
@province_admin_only
def person(request, pk):
    """One account: who, in which roles, and how it stands."""
    actor = request.actor
    person = get_object_or_404(_with_memberships(people_of(actor.province), actor.province), pk=pk)
    context = {
        "person": person,
        "is_oneself": person == actor.user,
        "why_not_change": accounts.why_not_change_person(actor, person),
        "why_not_link": accounts.why_not_issue_link(actor, person),
        "why_not_deactivate": accounts.why_not_deactivate(actor, person),
        "why_not_reactivate": accounts.why_not_reactivate(actor, person),
    }
    return render(request, "schools/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def person_edit(request, pk):
    """Name and mail address."""
    person = _person(request, pk)
    require(accounts.why_not_change_person(request.actor, person))
    name = person.name
    form = PersonForm(request.POST or None, instance=person)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "person": person, "name": name}
        return render(request, "schools/account_edit.html", context, status=_status(form))
    if form.has_changed():
        accounts.change_person(request.actor, person, changes_of(form))
        messages.success(request, "账号信息已修改。")
    return redirect("province:account", person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def person_link(request, pk):
    """A new link to set the password with; the answer to the POST shows it, once."""
    person = _person(request, pk)
    require(accounts.why_not_issue_link(request.actor, person))
    if request.method != "POST":
        return render(request, "schools/account_link_confirm.html", {"person": person})
    link = accounts.issue_link(request.actor, person)
    return _link_page(request, person, link)


def _link_page(request, person, link, membership=None):
    """The link, for copying; ``membership`` is what a new person was invited to."""
    context = {"person": person, "link": link, "membership": membership, "days": accounts.LINK_DAYS}
    return render(request, "schools/account_link.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def person_deactivate(request, pk):
    """Shut an account out."""
    person = _person(request, pk)
    require(accounts.why_not_deactivate(request.actor, person))
    if request.method != "POST":
        return render(request, "schools/account_deactivate.html", {"person": person})
    accounts.deactivate(request.actor, person)
    person.refresh_from_db()
    if person.is_active:
        messages.success(request, f"已停用{person.name}在本省的全部任职；此人在其他省的任职不受影响。")
    else:
        messages.success(request, f"已停用{person.name}的账号，此人的登录已立即失效。")
    return redirect("province:account", person.pk)


@require_POST
@province_admin_only
def person_reactivate(request, pk):
    """Let an account in again."""
    person = _person(request, pk)
    require(accounts.why_not_reactivate(request.actor, person))
    accounts.reactivate(request.actor, person)
    messages.success(request, f"已恢复{person.name}的账号。")
    return redirect("province:account", person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def membership_add(request, pk):
    """One more role for somebody who has an account."""
    person = _person(request, pk)
    form = MembershipForm(request.POST or None, province=request.actor.province, user=person)
    if request.method != "POST" or not form.is_valid() or not keeps(form, lambda: _save_membership(request, form)):
        context = {"form": form, "person": person, "membership": None}
        return render(request, "schools/membership_form.html", context, status=_status(form))
    messages.success(request, "已增加任职。")
    return redirect("province:account", person.pk)


def _save_membership(request, form):
    accounts.save_membership(request.actor, form.save(commit=False))


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def membership_edit(request, pk):
    """Another role, or another school of the province."""
    membership = _membership(request, pk)
    require(accounts.why_not_change_membership(request.actor, membership))
    before, person = str(membership), membership.user
    form = MembershipForm(request.POST or None, province=request.actor.province, instance=membership)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "person": person, "membership": membership}
        return render(request, "schools/membership_form.html", context, status=_status(form))
    if form.has_changed():
        accounts.save_membership(request.actor, form.save(commit=False), before)
        messages.success(request, "任职已修改。")
    return redirect("province:account", person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def membership_end(request, pk):
    """End one role; the account stays."""
    membership = _membership(request, pk)
    require(accounts.why_not_deactivate(request.actor, membership.user))
    if request.method != "POST":
        consequence = (
            f"停用后，{membership.user.name}不能再以{membership.organisation}{membership.get_role_display()}的身份工作。"
            "账号和其他任职不受影响，以后可以恢复。"
        )
        context = {"membership": membership, "consequence": consequence}
        return render(request, "schools/membership_end.html", context)
    accounts.end_membership(request.actor, membership)
    messages.success(request, "任职已停用。")
    return redirect("province:account", membership.user_id)


@require_POST
@province_admin_only
def membership_restore(request, pk):
    """Let a role that was ended hold again."""
    membership = _membership(request, pk)
    accounts.restore_membership(request.actor, membership)
    messages.success(request, "任职已恢复。")
    return redirect("province:account", membership.user_id)

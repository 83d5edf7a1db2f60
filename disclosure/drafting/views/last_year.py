"""The school's earlier reports while it writes: starting from one, taking over a part, confirming it, reading it beside."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from disclosure.drafting import carry_over, last_year, saving
from disclosure.models import Campaign, Publication, Report
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow import permissions, transitions
from disclosure.workflow.addressing import number, own_report, part_key
from schools.access import require, school_only

# --- loading ----------------------------------------------------------------------------------------------------------


def _chosen(publications: list[Publication], year: str | None) -> Publication | None:
    """The publication of the year that was asked for, else the last one; None where there is none."""
    asked = [one for one in publications if str(one.year) == year]
    return next(iter(asked or publications), None)


def _year(request) -> int:
    """The year whose report is to be taken over; 0, of which nobody has a report, where none is named."""
    return number(request.POST.get("year")) or 0


def _section_url(report: Report, key: SectionKey) -> str:
    return reverse("author:section", args=[report.pk, key])


# --- starting ---------------------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def start(request, campaign_id: int):
    """Begin the report of a campaign from an earlier one; what that means is told before."""
    actor = request.actor
    campaign = get_object_or_404(Campaign.objects.select_related("province"), pk=campaign_id, province=actor.province)
    require(permissions.why_not_start(actor, campaign))
    if request.method == "GET":
        if begun := Report.objects.visible_to(actor).filter(campaign=campaign).first():
            return redirect("author:report", begun.pk)
        back = (reverse("author:home"), "返回工作台")
        return _offer_page(request, campaign, reverse("author:start_from_last_year", args=[campaign.pk]), back)
    try:
        report = last_year.start(campaign, _year(request), actor)
    except transitions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("author:home")
    return _begun(request, report)


@school_only
@require_http_methods(["GET", "POST"])
def take_over(request, report_id: int):
    """The same for a report that was begun and is still empty."""
    report = own_report(request, report_id)
    require(permissions.why_not_carry_over(request.actor, report))
    if request.method == "GET":
        if not last_year.is_untouched(report):
            messages.info(request, "报告已经有内容，不能再整份沿用；还空着的部分，可以在那一部分的页面上单独沿用。")
            return redirect("author:report", report.pk)
        back = (reverse("author:report", args=[report.pk]), "返回报告")
        return _offer_page(request, report.campaign, reverse("author:take_over", args=[report.pk]), back)
    try:
        last_year.take_over(report.pk, _year(request), request.actor)
    except transitions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("author:report", report.pk)
    return _begun(request, report)


def _begun(request, report: Report):
    """On to the report, saying what became of it: a colleague may have written there a moment earlier."""
    if not last_year.is_from(own_report(request, report.pk), _year(request)):
        messages.info(request, "报告里已经有内容，没有沿用往年的。还空着的部分，可以在那一部分的页面上单独沿用。")
        return redirect("author:report", report.pk)
    messages.success(
        request,
        "已沿用往年的报告。标有「沿用上年，待更新」的部分，请逐一修改；不用改的，逐一确认。",
        extra_tags=request.path,
    )
    return redirect("author:report", report.pk)


def _offer_page(request, campaign: Campaign, post_url: str, back: tuple[str, str]):
    """What would be taken over, and what not, with the earlier reports to choose from."""
    publications = last_year.publications_before(request.actor.school.pk, campaign.year)
    chosen = _chosen(publications, request.GET.get("year"))
    return render(
        request,
        "author/last_year_offer.html",
        {
            "campaign": campaign,
            "publications": publications,
            "chosen": chosen,
            "forecast": last_year.forecast(chosen, request.actor.school, campaign) if chosen else (),
            "carried": carry_over.CARRIED,
            "left_behind": carry_over.LEFT_BEHIND,
            "post_url": post_url,
            "back_url": back[0],
            "back_label": back[1],
        },
    )


# --- one part ---------------------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def take_over_part(request, report_id: int, key: str):
    """Take over one part that is still empty; who comes here from signing in finds the part."""
    key = part_key(key)
    report = own_report(request, report_id)
    if request.method == "POST":
        try:
            last_year.take_over_part(report.pk, key, _year(request), request.actor)
        except transitions.Refused as refusal:
            messages.error(request, str(refusal))
        except saving.Locked as locked:
            messages.error(request, f"没有沿用。{locked}")
        else:
            messages.success(request, "已沿用上年的这一部分，请改成今年的内容。")
    return redirect(_section_url(report, key))


@school_only
@require_http_methods(["GET", "POST"])
def confirm(request, report_id: int, key: str):
    """Say that what a part took over still holds; who comes here from signing in finds the part."""
    key = part_key(key)
    report = own_report(request, report_id)
    if request.method == "POST":
        seen = number(request.POST.get("base_version"))
        try:
            was_open = last_year.confirm(report.pk, key, seen, request.actor)
        except transitions.Refused as refusal:
            messages.error(request, str(refusal))
        except saving.Locked as locked:
            messages.error(request, f"没有确认。{locked}")
        else:
            said = "已确认" if was_open else "已经更新过，不需要再确认"
            messages.success(request, f"「{SECTIONS[key].title}」{said}。")
    return redirect(_section_url(report, key))


@school_only
@require_GET
def beside(request, report_id: int, key: str):
    """One part of an earlier report beside the draft: a page of its own, or with ``panel`` what the part's page shows."""
    key = part_key(key)
    report = own_report(request, report_id)
    publications = last_year.publications_before(report.school_id, report.campaign.year)
    chosen = _chosen(publications, request.GET.get("year"))
    context = {
        "report": report,
        "section": SECTIONS[key],
        "publications": publications,
        "beside": last_year.beside(report, key, chosen) if chosen else None,
    }
    template = "author/last_year_side.html" if "panel" in request.GET else "author/last_year.html"
    return render(request, template, context)

"""The provincial administrator's campaigns: what is asked of the schools in one year, and until when."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.campaigns.forms import CampaignForm, RulesForm, proposal
from disclosure.models import Campaign
from disclosure.report.enums import AUTHORS_TURN, Status
from schools import audit
from schools.access import province_admin_only
from schools.enums import EventType
from schools.forms import changes_of, keeps
from schools.models import School


@require_safe
@province_admin_only
def campaigns(request):
    """The province's campaigns and how far each is."""
    province = request.actor.province
    rows = Campaign.objects.filter(province=province).annotate(
        started=Count("reports"),
        handed_in=Count("reports", filter=Q(reports__first_submitted_at__isnull=False)),
        waiting=Count("reports", filter=Q(reports__status=Status.SUBMITTED)),
        published=Count("reports", filter=Q(reports__status=Status.PUBLISHED)),
    )
    rows = [{"campaign": campaign, "standing": _standing(campaign)} for campaign in rows]
    schools = School.objects.filter(province=province, is_active=True).count()
    return render(request, "province/campaigns/list.html", {"rows": rows, "schools": schools})


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def campaign_add(request):
    """A new year's campaign, from what the last one said."""
    province = request.actor.province
    form = CampaignForm(request.POST or None, instance=Campaign(province=province), initial=proposal(province))
    if request.method != "POST" or not form.is_valid() or not keeps(form, lambda: _save_new(request, form)):
        return _form_page(request, form)
    messages.success(request, f"已新建{form.instance.label}填报任务。", extra_tags=request.path)
    return redirect("province:campaigns")


def _save_new(request, form):
    audit.record(EventType.CAMPAIGN_ADDED, request.actor, form.save())


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def campaign_edit(request, pk):
    """Other dates, another addressee, other guidance."""
    campaign = get_object_or_404(Campaign.objects.select_related("province"), pk=pk, province=request.actor.province)
    label = campaign.label
    form = CampaignForm(request.POST or None, instance=campaign)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, label)
    if form.has_changed():
        with transaction.atomic():
            form.save()
            audit.record(EventType.CAMPAIGN_CHANGED, request.actor, campaign, **changes_of(form))
        messages.success(request, f"{campaign.label}填报任务已修改。", extra_tags=request.path)
    return redirect("province:campaigns")


@require_http_methods(["GET", "HEAD", "POST"])
@province_admin_only
def campaign_rules(request, pk):
    """How heavily each rule of the checks weighs in a campaign; what changes is read once more before it is saved."""
    campaign = get_object_or_404(Campaign.objects.select_related("province"), pk=pk, province=request.actor.province)
    only_changed = "changed" in request.GET
    if request.method != "POST":
        return _rules_page(request, RulesForm(campaign, only_changed=only_changed))
    with transaction.atomic():
        # Locked, so that two people who save at once do not undo each other's choice unseen.
        campaign = Campaign.objects.select_for_update(of=("self",)).select_related("province").get(pk=campaign.pk)
        form = RulesForm(campaign, request.POST, only_changed)
        if "edit" in request.POST or not form.is_valid():
            return _rules_page(request, form)
        changes = form.changes()
        if changes and "confirmed" not in request.POST:
            return _rules_confirmation(request, form, changes)
        if changes:
            campaign.severities = form.severities()
            campaign.save(update_fields=["severities"])
            said = {change.rule.title: [change.before.label, change.after.label] for change in changes}
            audit.record(EventType.SEVERITIES_CHANGED, request.actor, campaign, **said)
    if changes:
        messages.success(request, f"已调整 {len(changes)} 条检查规则的轻重。")
    else:
        messages.info(request, "没有改动。")
    return redirect("province:campaign_rules", campaign.pk)


def _rules_page(request, form: RulesForm):
    trail = audit.events_of(form.campaign).filter(type=EventType.SEVERITIES_CHANGED)[:5]
    context = {
        "form": form,
        "campaign": form.campaign,
        "entries": [(event, list(event.detail.items())) for event in trail],
    }
    return render(request, "province/campaigns/rules.html", context, status=400 if form.errors else 200)


def _rules_confirmation(request, form: RulesForm, changes):
    waiting = (*AUTHORS_TURN, Status.AWAITING_SIGNOFF)
    context = {
        "form": form,
        "campaign": form.campaign,
        "changes": changes,
        "raised": sum(change.is_raised for change in changes),
        "lowered": sum(not change.is_raised for change in changes),
        "in_writing": form.campaign.reports.filter(status__in=waiting).count(),
    }
    return render(request, "province/campaigns/rules_confirm.html", context)


def _standing(campaign) -> tuple[str, str]:
    """How a campaign stands today, as label and tone of a status tag."""
    if not campaign.is_open:
        return "未开始", "neutral"
    if campaign.is_overdue:
        return "已截止", "done"
    if campaign.days_left == 0:
        return "今天截止", "attention"
    return f"还有 {campaign.days_left} 天", "waiting"


def _form_page(request, form, label=""):
    """The form; ``label`` names the campaign that is there already."""
    context = {"form": form, "label": label, "campaign": form.instance}
    return render(request, "province/campaigns/form.html", context, status=400 if form.errors else 200)

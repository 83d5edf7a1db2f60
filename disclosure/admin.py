"""The operators' view of campaigns, reports and publications. The workflow changes reports; hands do not."""

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html

from disclosure.evaluation.slip_list import SlipResource, try_out, why_not_needed
from disclosure.models import Campaign, Publication, Report, Slip, Submission, Withdrawal
from schools.enums import EventType
from schools.operating import KeptAdmin, ReadOnlyAdmin, TableMixin


@admin.register(Campaign)
class CampaignAdmin(KeptAdmin):
    """What each province asks, year by year."""

    added, changed = EventType.CAMPAIGN_ADDED, EventType.CAMPAIGN_CHANGED
    list_display = ["label", "year", "province", "opens_on", "closes_on", "period_start", "period_end"]
    list_filter = ["year", "province"]
    list_select_related = ["province"]
    search_fields = ["label", "province__name", "=year"]
    autocomplete_fields = ["province"]
    date_hierarchy = "opens_on"
    # Written by the province on pages of its own, part by part and rule by rule.
    exclude = ["guidance", "severities"]

    def get_readonly_fields(self, request, obj=None):
        """Reports, their reviewers and their public addresses hang on province and year."""
        return ["province", "year"] if obj and obj.reports.exists() else []


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Where each report stands."""

    list_display = ["school", "campaign", "status", "status_since", "first_submitted_at", "late_reason", "backfilled"]
    list_filter = ["status", "backfilled", "campaign__year", "campaign__province"]
    list_select_related = ["school", "campaign__province"]
    search_fields = ["school__name", "school__slug", "campaign__label"]
    date_hierarchy = "status_since"


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Every handing-in and what became of it."""

    list_display = [
        "report",
        "number",
        "submitted_at",
        "submitted_by_name",
        "decision",
        "decided_at",
        "decided_by_name",
    ]
    list_filter = ["decision", "report__campaign__year", "report__campaign__province"]
    list_select_related = ["report__school", "report__campaign"]
    search_fields = ["report__school__name", "submitted_by_name", "decided_by_name", "sha256"]
    date_hierarchy = "submitted_at"
    # Private, and long: to be read where the report is.
    exclude = ["document"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What is, or was, public."""

    list_display = ["title", "school", "year", "number", "published_at", "backfilled", "public_page"]
    list_filter = ["year", "backfilled", "school__province"]
    list_select_related = ["school"]
    search_fields = ["title", "school__name", "sha256"]
    date_hierarchy = "published_at"
    exclude = ["document"]
    readonly_fields = ["public_page"]

    @admin.display(description="公开页面")
    def public_page(self, publication):
        """The way to the page that everyone sees."""
        return format_html('<a href="{}">查看</a>', publication.get_absolute_url())


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    """What was taken down, when and why."""

    list_display = ["publication", "withdrawn_at", "withdrawn_by_name", "reason"]
    list_select_related = ["publication"]
    search_fields = ["publication__title", "publication__school__name", "reason"]
    date_hierarchy = "withdrawn_at"


class SlipForm(forms.ModelForm):
    """A slip, tried on public reports before it is kept: what many of them say is most likely right."""

    is_certain = forms.BooleanField(
        label="看过例子，确实都是错别字", required=False, widget=forms.HiddenInput, help_text="勾选后再保存一次。"
    )

    class Meta:
        model = Slip
        fields = ("wrong", "right", "example", "unless")

    def clean(self):
        cleaned = super().clean()
        self.trial = None
        wrong = cleaned.get("wrong")
        if not wrong or not {"wrong", "unless"} & set(self.changed_data):
            return cleaned
        unless = Slip(wrong=wrong, unless=cleaned.get("unless", "")).exceptions
        if reason := why_not_needed(wrong, unless):
            raise forms.ValidationError({"wrong": reason})
        self.trial = try_out(wrong, unless)
        if self.trial.found:
            self.fields["is_certain"].widget = forms.CheckboxInput()
            if not cleaned.get("is_certain"):
                examples = [f"《{title}》：{words}" for title, words in self.trial.examples]
                self.add_error("is_certain", [f"{self.trial.in_words}。请看看是不是都错了，例如：", *examples])
        return cleaned


@admin.register(Slip)
class SlipAdmin(TableMixin, KeptAdmin):
    """Typing slips besides those the portal knows; the checks look for them from the next save on."""

    form = SlipForm
    list_display = ["wrong", "right", "example", "unless", "added_at"]
    search_fields = ["wrong", "right", "example"]
    resource_classes = [SlipResource]

    def has_delete_permission(self, request, obj=None):
        """What gives false alarms goes; no report hangs on it."""
        return self.has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if form.trial:
            messages.info(request, f"{form.trial.in_words}。各校下次打开检查时即按这一条提示。")

"""The operators' view of campaigns, reports and publications. The workflow changes reports; hands do not."""

from django.contrib import admin
from django.utils.html import format_html

from disclosure.models import Campaign, Publication, Report, Submission, Withdrawal
from schools.enums import EventType
from schools.operating import KeptAdmin, ReadOnlyAdmin


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
    # Written by the province, part by part, on its own page.
    exclude = ["guidance"]

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

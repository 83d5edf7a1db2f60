"""The operators' view of who takes part."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format

from schools import accounts, mail
from schools.enums import EventType, MailStatus, Role
from schools.importing import SchoolResource
from schools.models import Event, Membership, OutgoingMail, Province, School, User
from schools.operating import KeptAdmin, ReadOnlyAdmin, TableMixin


@admin.register(Province)
class ProvinceAdmin(KeptAdmin):
    """Provinces and their offices."""

    added, changed = EventType.PROVINCE_ADDED, EventType.PROVINCE_CHANGED
    list_display = ["name", "code", "office"]
    search_fields = ["name", "code", "office"]


@admin.register(School)
class SchoolAdmin(TableMixin, KeptAdmin):
    """Schools of all provinces; a whole list is imported as a table."""

    added, changed = EventType.SCHOOL_ADDED, EventType.SCHOOL_CHANGED
    list_display = ["name", "province", "code", "city", "level", "ownership", "is_active"]
    list_filter = ["is_active", "level", "ownership", "province"]
    list_select_related = ["province"]
    search_fields = ["name", "slug", "code", "city"]
    autocomplete_fields = ["province"]
    resource_classes = [SchoolResource]

    def get_readonly_fields(self, request, obj=None):
        """The address of a school that is there already stays: other pages link to its reports."""
        return ["slug"] if obj else []


class UserForm(UserChangeForm):
    """An account, as the operator changes it."""

    class Meta(UserChangeForm.Meta):
        model = User


class NewUserForm(AdminUserCreationForm):
    """An account, as the operator makes it: usually without a password, for a link."""

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "name", "email")


class MembershipInline(admin.TabularInline):
    """What a person does, for whom."""

    model = Membership
    extra = 0
    can_delete = False
    autocomplete_fields = ["school", "province"]


@admin.register(User)
class UserAdmin(KeptAdmin, DjangoUserAdmin):
    """Everyone who signs in. Operators are superusers."""

    added, changed = EventType.ACCOUNT_INVITED, EventType.ACCOUNT_CHANGED
    form, add_form = UserForm, NewUserForm
    list_display = ["username", "name", "email", "last_login", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", "memberships__role", "memberships__province"]
    search_fields = ["username", "name", "email", "memberships__school__name"]
    ordering = ["username"]
    date_hierarchy = "date_joined"
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email"]}),
        ("权限", {"fields": ["is_active", "is_superuser"]}),
        ("时间", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "email", "usable_password", "password1", "password2"]})]
    inlines = [MembershipInline]
    actions = ["issue_links"]

    def save_model(self, request, obj, form, change):
        # The admin asks for both; one switch is enough for who may enter.
        obj.is_staff = obj.is_superuser
        super().save_model(request, obj, form, change)

    def _record(self, type, request, obj, message):
        if message == [{"changed": {"fields": ["password"]}}]:  # the admin's own page for another's password
            type = EventType.PASSWORD_CHANGED
        super()._record(type, request, obj, message)

    @admin.action(description="生成设置密码的链接")
    def issue_links(self, request, queryset):
        """A one-time link for each chosen account that is active, shown once.

        As the answer itself: a message would wait for the next page in a cookie or in the table of sessions.
        """
        context = self.admin_site.each_context(request) | {
            "title": "设置密码的链接",
            "opts": self.opts,
            "rows": [(user, accounts.issue_link(request.actor, user) if user.is_active else None) for user in queryset],
            "why_not": accounts.DEACTIVATED,
            "days": accounts.LINK_DAYS,
        }
        return TemplateResponse(request, "schools/operator_links.html", context)


@admin.register(Membership)
class MembershipAdmin(KeptAdmin):
    """Who does what for whom."""

    added = changed = EventType.ACCOUNT_CHANGED
    list_display = ["user", "role", "school", "province", "is_active", "created_at"]
    list_filter = ["role", "is_active", "province"]
    list_select_related = ["user", "school", "province"]
    search_fields = ["user__username", "user__name", "school__name", "province__name"]
    autocomplete_fields = ["user", "school", "province"]
    date_hierarchy = "created_at"

    def subject_of(self, obj):
        return obj.user


class RoleFilter(admin.SimpleListFilter):
    """Events by the role of who did them."""

    title, parameter_name = "角色", "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(role=self.value()) if self.value() else queryset


class ProvinceFilter(admin.SimpleListFilter):
    """Events by the province they belong to; the trail keeps its code, not a reference."""

    title, parameter_name = "省份", "province"

    def lookups(self, request, model_admin):
        return list(Province.objects.values_list("code", "name"))

    def queryset(self, request, queryset):
        return queryset.filter(province_code=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """The audit trail."""

    list_display = ["at", "type", "actor_name", "organisation", "object_label", "address"]
    list_filter = ["type", RoleFilter, ProvinceFilter]
    search_fields = ["actor_name", "organisation", "object_label", "address"]
    date_hierarchy = "at"


class MailStatusFilter(admin.SimpleListFilter):
    """Mails by how they stand."""

    title, parameter_name = "状态", "status"

    def lookups(self, request, model_admin):
        return MailStatus.choices

    def queryset(self, request, queryset):
        return queryset.in_status(MailStatus(self.value())) if self.value() in MailStatus.values else queryset


def _moment(time) -> str:
    return date_format(timezone.localtime(time), "Y年n月j日 H:i")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """The outbox: what was sent, what waits, what was given up and why."""

    list_display = ["to", "subject", "standing", "attempts", "last_error"]
    list_filter = [MailStatusFilter, "attempts"]
    search_fields = ["to", "subject", "last_error"]
    date_hierarchy = "created_at"
    fields = ["to", "subject", "body", "created_at", "standing", "attempts", "last_error"]
    actions = ["send_again"]

    @admin.display(description="状态", ordering="sent_at")
    def standing(self, obj):
        """How a mail stands, and since or until when."""
        if obj.status == MailStatus.SENT:
            return f"{obj.status.label}，{_moment(obj.sent_at)}"
        if obj.status == MailStatus.WAITING and obj.attempts:
            return f"{obj.status.label}，{_moment(obj.due_at)} 再试"
        return obj.status.label

    @admin.action(description="重新发送未发出的邮件")
    def send_again(self, request, queryset):
        """Give mails that were given up, or wait, a fresh start."""
        messages.success(request, f"已安排重新发送 {mail.send_again(queryset)} 封邮件；已发出的不会重复发送。")

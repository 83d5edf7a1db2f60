"""Django's admin as the operators see it, at /operator/."""

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousFileOperation
from django.db.models import Model
from django.shortcuts import redirect, resolve_url
from import_export.admin import ImportExportMixin
from import_export.tmp_storages import MediaStorage

from schools import audit
from schools.access import require
from schools.enums import EventType
from schools.importing import ChineseCSV

ONLY_OPERATORS = "系统管理只供运维人员使用。"
OUR_APPS = ("schools", "disclosure")


class OperatorSite(AdminSite):
    """For superusers alone; one signs in, and changes the password, where everyone does."""

    site_title = site_header = "系统管理"
    index_title = "高校信息公开年度报告"
    site_url = "/"

    def register(self, model_or_iterable, *args, **kwargs):
        # Other apps' tables (tasks, failed sign-ins, groups) are machinery, not for hands.
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if issubclass(model, Model) and model._meta.app_label in OUR_APPS]
        super().register(ours, *args, **kwargs)

    def has_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def login(self, request, extra_context=None):
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or resolve_url("admin:index"))
        require(None if self.has_permission(request) else ONLY_OPERATORS)
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password_change")


class _Listing(ChangeList):
    """A list that takes a year no calendar has for a wrong address, as Django takes other wrong addresses."""

    def get_filters(self, request):
        try:
            return super().get_filters(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error


class _OurAdmin(ModelAdmin):
    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return _Listing


class KeptAdmin(_OurAdmin):
    """What is deactivated or ends, and is never deleted. Changes stand in the audit trail where it knows them."""

    added: EventType | None = None
    changed: EventType | None = None

    def has_delete_permission(self, request, obj=None):
        return False

    def log_addition(self, request, obj, message):
        self._record(self.added, request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._record(self.changed, request, obj, message)
        return super().log_change(request, obj, message)

    def _record(self, type, request, obj, message):
        if type is not None:
            audit.record(type, request.actor, self.subject_of(obj), operated=message)

    def subject_of(self, obj):
        """The thing whose history a change belongs to."""
        return obj


class ReadOnlyAdmin(_OurAdmin):
    """What is history, or is changed by the workflow alone: to be searched and read."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TableMixin(ImportExportMixin):
    """What is also imported and exported as a table, with ``resource_classes``: one format, all columns."""

    formats = [ChineseCSV]
    # In the storage that all machines share: the file waits there for the confirmation.
    tmp_storage_class = MediaStorage
    import_template_name = "schools/import.html"
    # One format and all columns: there is nothing to choose.
    skip_export_form = True

    def process_import(self, request, **kwargs):
        """Confirm an import; of a double click the second one finds the file gone."""
        try:
            return super().process_import(request, **kwargs)
        except (OSError, SuspiciousFileOperation):
            messages.error(request, "这份文件已经导入或已清理，请核对列表；如需再次导入，请重新选择文件。")
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

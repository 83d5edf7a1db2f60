"""Django's admin as the operators see it, at /operator/."""

import re
from contextlib import suppress
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.shortcuts import redirect, resolve_url
from import_export.admin import ImportExportMixin
from import_export.tmp_storages import BaseStorage

from schools import audit, storage
from schools.access import require
from schools.enums import EventType
from schools.importing import ChineseCSV

ONLY_OPERATORS = "系统管理只供运维人员使用。"
OUR_APPS = ("schools", "disclosure")
NOT_KEPT = "文件暂时存不进去，没有导入。请过一会儿重新选择文件，再试一次。"
NOT_READ = "文件暂时取不出来，没有导入。请过一会儿重新选择文件，再试一次。"
GONE = "这份文件已经导入或已清理，请核对列表；如需再次导入，请重新选择文件。"


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


class _WaitingFile(BaseStorage):
    """A file that waits for the confirmation of its import, in the storage that all machines share."""

    def save(self, data):
        self.name = uuid4().hex
        storage.write(self._path, data)

    def read(self):
        return storage.read(self._path)

    def remove(self):
        # The table is imported by now: a file that stays behind is no reason to say otherwise.
        with suppress(storage.Unavailable):
            storage.delete(self._path)

    @property
    def _path(self) -> str:
        if not re.fullmatch("[0-9a-f]{32}", self.name):  # it comes back from a form
            raise FileNotFoundError(self.name)
        return f"django-import-export/{self.name}"


class TableMixin(ImportExportMixin):
    """What is also imported and exported as a table, with ``resource_classes``: one format, all columns."""

    formats = [ChineseCSV]
    tmp_storage_class = _WaitingFile
    import_template_name = "schools/import.html"
    # One format and all columns: there is nothing to choose.
    skip_export_form = True

    def import_action(self, request, **kwargs):
        """Look a file through before it is imported."""
        try:
            return super().import_action(request, **kwargs)
        except storage.Unavailable:
            return self._choose_again(request, NOT_KEPT)

    def process_import(self, request, **kwargs):
        """Confirm an import; of a double click the second one finds the file gone."""
        try:
            return super().process_import(request, **kwargs)
        except storage.Unavailable:
            return self._choose_again(request, NOT_READ)
        except FileNotFoundError:
            return self._choose_again(request, GONE)

    def _choose_again(self, request, sentence: str):
        messages.error(request, sentence)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

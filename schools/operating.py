"""Django's admin as the operators see it, at /operator/."""

from django.contrib.admin import AdminSite
from django.shortcuts import redirect

from schools.access import require, to_sign_in

ONLY_OPERATORS = "系统管理只供运维人员使用。"


class OperatorSite(AdminSite):
    """For superusers alone; one signs in, and changes the password, where everyone does."""

    site_title = site_header = "系统管理"
    index_title = "高校信息公开年度报告"
    site_url = "/"
    # Who opens an address without a page learns whether it exists only after signing in.
    final_catch_all_view = True

    def has_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def login(self, request, extra_context=None):
        if not request.user.is_authenticated:
            return to_sign_in(request)
        require(None if self.has_permission(request) else ONLY_OPERATORS)
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password_change")

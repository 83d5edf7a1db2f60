"""Who takes part: provinces, schools, people and what each may reach."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.urls import register_converter

from schools.converters import WholeNumber


class SchoolsConfig(AppConfig):
    """Provinces, schools, accounts and the audit trail."""

    name = "schools"
    verbose_name = "学校与账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from schools import signals  # noqa: F401 — receivers connect when the models are there

        register_converter(WholeNumber, "whole")


class OperatorConfig(admin_apps.AdminConfig):
    """Django's admin with the portal's own rules of who may enter."""

    default = False
    default_site = "schools.operating.OperatorSite"

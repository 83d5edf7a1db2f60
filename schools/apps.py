"""Who takes part: provinces, schools, people and what each may reach."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Provinces, schools, accounts and the audit trail."""

    name = "schools"
    verbose_name = "学校与账号"
    default_auto_field = "django.db.models.BigAutoField"

"""The report, from first draft to public page."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The reports, their workflow and their publications."""

    name = "disclosure"
    verbose_name = "信息公开年度报告"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # The checks are registered once models are there; the version is that of the code which is being loaded.
        from disclosure.publishing.rendering import system_checks, version  # noqa: F401

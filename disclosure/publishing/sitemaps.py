"""What search engines are told of: the reports that are public now, and the page of each school."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max

from disclosure.models import Publication
from schools.models import School


class Reports(Sitemap):
    """The newest version of every report. A withdrawn one is not told of."""

    limit = 5000

    def items(self):
        return Publication.objects.current().defer("document").select_related("school").order_by("pk")

    def lastmod(self, publication):
        return publication.published_at

    def get_latest_lastmod(self):
        """Asked of the database: the library would read every report for it."""
        return Publication.objects.aggregate(newest=Max("published_at"))["newest"]


class Schools(Sitemap):
    """Every school's own page."""

    limit = 5000

    def items(self):
        return School.objects.order_by("pk")


SITEMAPS = {"reports": Reports, "schools": Schools}

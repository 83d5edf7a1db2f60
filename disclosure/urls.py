"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from disclosure.views import campaigns
from schools.urls import accounts_patterns, province_patterns

handler400 = "disclosure.views.errors.bad_request"
handler403 = "schools.access.denied"
handler500 = "disclosure.views.errors.server_error"

campaign_patterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/add/", campaigns.campaign_add, name="campaign_add"),
    path("campaigns/<whole:pk>/", campaigns.campaign_edit, name="campaign_edit"),
    path("campaigns/<whole:pk>/rules/", campaigns.campaign_rules, name="campaign_rules"),
]

urlpatterns = [
    path("", include("disclosure.public_urls")),
    path("accounts/", include((accounts_patterns, "accounts"))),
    path("province/", include(([*province_patterns, *campaign_patterns], "province"))),
    path("desk/", include("disclosure.author_urls")),
    path("review/", include("disclosure.review_urls")),
    path("operator/", admin.site.urls),
]

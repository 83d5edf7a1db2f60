"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from disclosure.campaigns import views
from schools.urls import accounts_patterns, province_patterns

handler400 = "disclosure.errors.bad_request"
handler403 = "schools.access.denied"
handler500 = "disclosure.errors.server_error"

campaign_patterns = [
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/add/", views.campaign_add, name="campaign_add"),
    path("campaigns/<whole:pk>/", views.campaign_edit, name="campaign_edit"),
    path("campaigns/<whole:pk>/rules/", views.campaign_rules, name="campaign_rules"),
]

urlpatterns = [
    path("", include("disclosure.publishing.urls")),
    path("accounts/", include((accounts_patterns, "accounts"))),
    path("province/", include(([*province_patterns, *campaign_patterns], "province"))),
    path("desk/", include("disclosure.drafting.urls")),
    path("review/", include("disclosure.review.urls")),
    path("operator/", admin.site.urls),
]

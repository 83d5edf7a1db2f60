"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("disclosure.public_urls")),
    path("operator/", admin.site.urls),
]

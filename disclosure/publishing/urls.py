"""The addresses of the public side. They are for good: other pages link to them."""

from django.urls import path

from disclosure.publishing import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("schools/", views.schools, name="schools"),
    path("schools/<slug:slug>/", views.school, name="school"),
    path("schools/<slug:slug>/<whole:year>/", views.report, name="report"),
    path("schools/<slug:slug>/<whole:year>/report.pdf", views.report_pdf, name="pdf"),
    path("schools/<slug:slug>/<whole:year>/report.docx", views.report_docx, name="docx"),
    path("schools/<slug:slug>/<whole:year>/report.html", views.report_html, name="html"),
    path("schools/<slug:slug>/<whole:year>/report.json", views.report_json, name="json"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/", views.report, name="version"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.pdf", views.report_pdf, name="version_pdf"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.docx", views.report_docx, name="version_docx"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.html", views.report_html, name="version_html"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.json", views.report_json, name="version_json"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_part, name="sitemap_part"),
    path("healthz", views.healthz, name="healthz"),
]

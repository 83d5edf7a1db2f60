"""The addresses of the public side. They are for good: other pages link to them."""

from django.urls import path

from disclosure.views import public

app_name = "public"
urlpatterns = [
    path("", public.home, name="home"),
    path("schools/", public.schools, name="schools"),
    path("schools/<slug:slug>/", public.school, name="school"),
    path("schools/<slug:slug>/<whole:year>/", public.report, name="report"),
    path("schools/<slug:slug>/<whole:year>/report.pdf", public.report_pdf, name="pdf"),
    path("schools/<slug:slug>/<whole:year>/report.docx", public.report_docx, name="docx"),
    path("schools/<slug:slug>/<whole:year>/report.html", public.report_html, name="html"),
    path("schools/<slug:slug>/<whole:year>/report.json", public.report_json, name="json"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/", public.report, name="version"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.pdf", public.report_pdf, name="version_pdf"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.docx", public.report_docx, name="version_docx"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.html", public.report_html, name="version_html"),
    path("schools/<slug:slug>/<whole:year>/v<whole:number>/report.json", public.report_json, name="version_json"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", public.sitemap_part, name="sitemap_part"),
    path("healthz", public.healthz, name="healthz"),
]

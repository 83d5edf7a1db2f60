"""Addresses of the school's side."""

from django.urls import path

from disclosure.drafting.views import author, fixes, imports, last_year, responses

app_name = "author"

urlpatterns = [
    path("", author.home, name="home"),
    path("start/<whole:campaign_id>/", author.start, name="start"),
    path("start/<whole:campaign_id>/last-year/", last_year.start, name="start_from_last_year"),
    path("reports/<whole:report_id>/", author.report, name="report"),
    path("reports/<whole:report_id>/preview/", author.preview, name="preview"),
    path("reports/<whole:report_id>/preview.pdf", author.preview_pdf, name="preview_pdf"),
    path("reports/<whole:report_id>/preview.docx", author.preview_docx, name="preview_docx"),
    path("reports/<whole:report_id>/check/", author.check, name="check"),
    path("reports/<whole:report_id>/history/", author.history, name="history"),
    path("reports/<whole:report_id>/actions/<slug:action>/", author.act, name="act"),
    path("reports/<whole:report_id>/remarks/<whole:remark_id>/", author.answer_remark, name="answer_remark"),
    path("reports/<whole:report_id>/findings/<slug:key>/answer/", responses.answer_finding, name="answer_finding"),
    path(
        "reports/<whole:report_id>/findings/<slug:key>/take-back/", responses.take_back_answer, name="take_back_answer"
    ),
    path("reports/<whole:report_id>/last-year/", last_year.take_over, name="take_over"),
    path("reports/<whole:report_id>/import/", imports.new, name="import_new"),
    path("reports/<whole:report_id>/import/<whole:import_id>/", imports.show, name="import"),
    path("reports/<whole:report_id>/import/<whole:import_id>/compare/", imports.compare, name="import_compare"),
    path("reports/<whole:report_id>/import/<whole:import_id>/undo/", imports.undo, name="import_undo"),
    path("reports/<whole:report_id>/import/<whole:import_id>/discard/", imports.discard, name="import_discard"),
    path("reports/<whole:report_id>/import/<whole:import_id>/source", imports.source, name="import_source"),
    path("reports/<whole:report_id>/<slug:key>/", author.section, name="section"),
    path("reports/<whole:report_id>/<slug:key>/last-year/", last_year.beside, name="last_year"),
    path("reports/<whole:report_id>/<slug:key>/take-over/", last_year.take_over_part, name="take_over_part"),
    path("reports/<whole:report_id>/<slug:key>/confirm/", last_year.confirm, name="confirm_carried"),
    path("reports/<whole:report_id>/<slug:key>/save/", author.autosave, name="autosave"),
    path("reports/<whole:report_id>/<slug:key>/fix/", fixes.fix, name="fix"),
    path("reports/<whole:report_id>/<slug:key>/presence/", author.presence, name="presence"),
]

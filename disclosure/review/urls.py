"""Addresses of the reviewer's side."""

from django.urls import path

from disclosure.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("reports/<whole:report_id>/", views.report, name="report"),
    path("reports/<whole:report_id>/changes/", views.changes, name="changes"),
    path("reports/<whole:report_id>/report.pdf", views.pdf, name="pdf"),
    path("reports/<whole:report_id>/report.docx", views.docx, name="docx"),
    path("reports/<whole:report_id>/sources/<whole:import_id>", views.source, name="source"),
    path("reports/<whole:report_id>/remarks/<slug:key>/", views.remark, name="remark"),
    path("reports/<whole:report_id>/remarks/<whole:remark_id>/remove/", views.remark_remove, name="remark_remove"),
    path("reports/<whole:report_id>/presence/", views.presence, name="presence"),
    path("reports/<whole:report_id>/findings/", views.take_up, name="take_up"),
    path("reports/<whole:report_id>/findings/<str:finding>/waiver/", views.waive, name="waive"),
    path("reports/<whole:report_id>/return/", views.send_back, name="send_back"),
    path("reports/<whole:report_id>/approve/", views.approve, name="approve"),
    path("reports/<whole:report_id>/withdraw/", views.withdraw, name="withdraw"),
    path(
        "reports/<whole:report_id>/versions/<whole:number>/withdraw/", views.withdraw_version, name="withdraw_version"
    ),
    path("reports/<whole:report_id>/reopen/", views.reopen, name="reopen"),
    path("reports/<whole:report_id>/log/", views.log, name="log"),
]

"""Addresses of the reviewer's side."""

from django.urls import path

from disclosure.views import review

app_name = "review"
urlpatterns = [
    path("", review.queue, name="queue"),
    path("reports/<whole:report_id>/", review.report, name="report"),
    path("reports/<whole:report_id>/changes/", review.changes, name="changes"),
    path("reports/<whole:report_id>/report.pdf", review.pdf, name="pdf"),
    path("reports/<whole:report_id>/report.docx", review.docx, name="docx"),
    path("reports/<whole:report_id>/sources/<whole:import_id>", review.source, name="source"),
    path("reports/<whole:report_id>/remarks/<slug:key>/", review.remark, name="remark"),
    path("reports/<whole:report_id>/remarks/<whole:remark_id>/remove/", review.remark_remove, name="remark_remove"),
    path("reports/<whole:report_id>/presence/", review.presence, name="presence"),
    path("reports/<whole:report_id>/findings/", review.take_up, name="take_up"),
    path("reports/<whole:report_id>/findings/<str:finding>/waiver/", review.waive, name="waive"),
    path("reports/<whole:report_id>/return/", review.send_back, name="send_back"),
    path("reports/<whole:report_id>/approve/", review.approve, name="approve"),
    path("reports/<whole:report_id>/withdraw/", review.withdraw, name="withdraw"),
    path(
        "reports/<whole:report_id>/versions/<whole:number>/withdraw/", review.withdraw_version, name="withdraw_version"
    ),
    path("reports/<whole:report_id>/reopen/", review.reopen, name="reopen"),
    path("reports/<whole:report_id>/log/", review.log, name="log"),
]

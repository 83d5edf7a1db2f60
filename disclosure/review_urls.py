"""Addresses of the reviewer's side."""

from django.urls import path

from disclosure.views import review

app_name = "review"
urlpatterns = [
    path("", review.queue, name="queue"),
    path("reports/<int:report_id>/", review.report, name="report"),
    path("reports/<int:report_id>/changes/", review.changes, name="changes"),
    path("reports/<int:report_id>/report.pdf", review.pdf, name="pdf"),
    path("reports/<int:report_id>/report.docx", review.docx, name="docx"),
    path("reports/<int:report_id>/sources/<int:import_id>", review.source, name="source"),
    path("reports/<int:report_id>/remarks/<slug:key>/", review.remark, name="remark"),
    path("reports/<int:report_id>/remarks/<int:remark_id>/remove/", review.remark_remove, name="remark_remove"),
    path("reports/<int:report_id>/presence/", review.presence, name="presence"),
    path("reports/<int:report_id>/findings/", review.take_up, name="take_up"),
    path("reports/<int:report_id>/findings/<str:finding>/waiver/", review.waive, name="waive"),
    path("reports/<int:report_id>/return/", review.send_back, name="send_back"),
    path("reports/<int:report_id>/approve/", review.approve, name="approve"),
    path("reports/<int:report_id>/withdraw/", review.withdraw, name="withdraw"),
    path("reports/<int:report_id>/versions/<int:number>/withdraw/", review.withdraw_version, name="withdraw_version"),
    path("reports/<int:report_id>/reopen/", review.reopen, name="reopen"),
    path("reports/<int:report_id>/log/", review.log, name="log"),
]

"""What the school says to a finding of the checks, from the panel beside a part or from the page of the checks."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from disclosure.drafting.forms.parts import FORMS
from disclosure.drafting.forms.responses import Unsaved
from disclosure.drafting.views.author import check_page, section_page
from disclosure.findings import responses
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow.addressing import own_report
from disclosure.workflow.transitions import Refused
from schools.access import school_only, wants_json


@school_only
@require_http_methods(["GET", "POST"])
def answer_finding(request, report_id: int, key: str):
    """Say why a finding stays, or ask to have it waived; who comes back by GET, from signing in, finds the page."""
    report = own_report(request, report_id)
    if request.method == "GET":
        return redirect(_place(request, report, key))
    reason = request.POST.get("ready") or request.POST.get("reason", "")
    keys = [key, *request.POST.get("alike", "").split()]
    try:
        answers = responses.answer(report.pk, keys, reason, request.actor, over=request.POST.get("over", ""))
    except Refused as refusal:
        return _refused(request, report_id, str(refusal), Unsaved(key, reason, str(refusal)))
    return _done(request, report, key, _said(answers))


def _said(answers) -> str:
    """What the person reads who has just said something; after a second click nothing is new."""
    if not answers:
        return "这条理由已经记下，没有变化。"
    asked = sum(one.is_request for one in answers)
    if asked:
        return (
            "已提交豁免申请，审核人会收到邮件。" if asked == 1 else f"已对 {asked} 处提交豁免申请，审核人会收到邮件。"
        )
    return f"已对 {len(answers)} 条写明理由。" if len(answers) > 1 else "已写明理由。"


@school_only
@require_POST
def take_back_answer(request, report_id: int, key: str):
    """Take back what was said to a finding."""
    report = own_report(request, report_id)
    try:
        said = responses.take_back(report.pk, key, request.actor, over=request.POST.get("over", ""))
    except Refused as refusal:
        return _refused(request, report_id, str(refusal))
    if said is None:
        return _done(request, report, key, "这一条的理由已经撤回过了。")
    # Its words once more: whoever took the wrong one back, or a colleague's, can take them from here.
    return _done(request, report, key, f"已撤回{said.said_by_name}写的理由：「{said.reason}」")


def _done(request, report, key: str, message: str):
    if wants_json(request):
        return JsonResponse({"state": "saved", "message": message})
    messages.success(request, message, extra_tags=request.path)
    return redirect(_place(request, report, key))


def _refused(request, report_id: int, problem: str, unsaved: Unsaved | None = None):
    """The reason why not: to the script, or on the page as the report is now, with what was written in its field."""
    if wants_json(request):
        return JsonResponse({"state": "refused", "message": problem}, status=409)
    report = own_report(request, report_id)
    if part := _part(request):
        messages.error(request, problem)
        form = FORMS[part].for_part(SECTIONS[part].of(report))
        return section_page(request, report, part, form, SECTIONS[part].of(report).version, status=409, unsaved=unsaved)
    return check_page(request, report, problem, status=409, unsaved=unsaved)


def _part(request) -> SectionKey | None:
    """The part on whose page the form stood, or None: the page of the checks."""
    page = request.POST.get("page", "")
    return SectionKey(page) if page in SectionKey.values else None


def _place(request, report, key: str) -> str:
    """Where the form stood, at its finding."""
    part = _part(request)
    address = reverse("author:section", args=[report.pk, part]) if part else reverse("author:check", args=[report.pk])
    return f"{address}#finding-{key}"

"""The reviewer's side: the queue, one report and what changed in it, the decisions, the log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from disclosure import queue as queueing
from disclosure import remarking, reviewing, workflow
from disclosure.components import Problem
from disclosure.enums import Action, SectionKey, Status
from disclosure.forms.review import RemarkForm, ReopenForm, ReturnForm, SeenForm, WithdrawForm
from disclosure.history import last_step, mails_of, story_of
from disclosure.models import Import, Report
from disclosure.rendering import word
from disclosure.sections import SECTIONS
from disclosure.views.addressing import part_key
from disclosure.views.importing import source_response
from schools.access import province_only
from schools.enums import Level, Ownership

ROWS_A_PAGE = 50
ENTRIES_A_PAGE = 100


# --- loading ----------------------------------------------------------------------------------------------------------


def _report(request, report_id: int) -> Report:
    """The report, if it is of the office's own province; of another province's a reviewer knows nothing."""
    return get_object_or_404(Report.objects.visible_to(request.actor).with_context(), pk=report_id)


# --- the queue --------------------------------------------------------------------------------------------------------


@province_only
@require_safe
def queue(request):
    """The schools of the province in one campaign, by how their reports stand."""
    actor = request.actor
    campaigns = queueing.campaigns(actor)
    campaign = next(
        (one for one in campaigns if str(one.year) == request.GET.get("year")), campaigns[0] if campaigns else None
    )
    if campaign is None:
        return render(request, "review/queue.html", {"campaign": None})
    query = queueing.Query.read(request.GET)
    every = queueing.rows(actor, campaign)
    total = queueing.counts(every)
    found = [row for row in every if query.fits(row)]
    tab = _tab(request, total)
    counts = queueing.counts(found)
    chosen = queueing.ordered([row for row in found if row.is_in(tab)], query.order)
    context = {
        "campaign": campaign,
        "campaigns": campaigns,
        "query": query,
        "tab": tab,
        "kept": _without(request.GET, "tab", "page"),
        "tabs": [(one, counts[one]) for one in queueing.Tab if total[one] or one in (queueing.Tab.PENDING, tab)],
        "page": Paginator(chosen, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "due": len(every),
        "handed_in": sum(row.is_handed_in for row in every),
        "public": sum(row.is_public for row in every),
        "total": {one.name: count for one, count in total.items()},
        "next": queueing.next_pending(actor),
        "levels": Level,
        "ownerships": Ownership,
        "orders": queueing.Order,
    }
    return render(request, "review/queue.html", context)


def _without(parameters, *names: str) -> str:
    """A query string without some of its names."""
    kept = parameters.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def _tab(request, total) -> queueing.Tab:
    """The tab asked for; without one, what waits for the reviewer, or all where nothing does."""
    asked = request.GET.get("tab", "")
    if asked in queueing.Tab.values:
        return queueing.Tab(asked)
    return queueing.Tab.PENDING if total[queueing.Tab.PENDING] else queueing.Tab.ALL


# --- one report -------------------------------------------------------------------------------------------------------


@province_only
@require_safe
def report(request, report_id: int):
    """The report under review as it would be published, with remarks and last year's figures beside it."""
    return _report_page(request, _report(request, report_id))


def _report_page(request, report: Report, written=None, key: SectionKey | None = None, problem="", status=200):
    """The page of one report; ``written`` is the form of a remark on part ``key`` that met with ``problem``."""
    submission = reviewing.submission_shown(report)
    context = _frame(request, report)
    if submission is None:
        context |= reviewing.standing(report) | {"written": written, "problems": [Problem(problem)] if problem else []}
        return render(request, "review/standing.html", context, status=status)
    reading = reviewing.read(report, submission)
    forms = {one: RemarkForm(key=one.value) for one in SectionKey}
    if written is not None:
        forms[key] = written
    context |= {
        "reading": reading,
        "parts": [(part, forms[part.key]) for part in reading.parts],
        "written_key": key,
        "problems": [Problem(problem, f"#id_{key}_text")] if problem else [],
        "may_decide": report.status == Status.SUBMITTED,
    }
    return render(request, "review/report.html", context, status=status)


def _frame(request, report: Report) -> dict:
    """What every page about a report says."""
    actor = request.actor
    return {
        "report": report,
        "actions": {action.value for action in workflow.available(report, actor)},
        "next": queueing.next_pending(actor, besides=report),
    }


@province_only
@require_safe
def changes(request, report_id: int):
    """What changed since the return, or since the version that is public."""
    report = _report(request, report_id)
    submission = reviewing.submission_compared(report)
    if submission is None:
        raise Http404("nothing of this report was handed in")
    bases = reviewing.bases_of(submission)
    asked = request.GET.get("since")
    base = next((one for one in bases if str(one.number) == asked), bases[0] if bases else None)
    context = _frame(request, report) | {
        "submission": submission,
        "base": base,
        "bases": bases,
        "is_under_review": report.status == Status.SUBMITTED,
        "rounds": reviewing.earlier_rounds(submission, base),
    }
    if base:
        parts = reviewing.changes(base, submission)
        context |= {
            "has_changed": any(part.diff.is_changed for part in parts),
            "shown": [part for part in parts if part.diff.is_changed or part.remarks],
            "same": [part for part in parts if not part.diff.is_changed and not part.remarks],
        }
    return render(request, "review/changes.html", context)


@province_only
@require_safe
def pdf(request, report_id: int):
    """What was handed in as a PDF, as it would be published, marked as a draft."""
    from disclosure.rendering.pdf import render as render_pdf  # WeasyPrint takes a second to load

    report = _report(request, report_id)
    submission = reviewing.submission_shown(report)
    if submission is None:
        raise Http404("nothing of this report is under review")
    response = HttpResponse(render_pdf(submission.read().public(), draft=True), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{report}（送审稿）.pdf")
    return response


@province_only
@require_safe
def docx(request, report_id: int):
    """What was handed in as a Word file marked as a draft, with the whole annex: what the office keeps."""
    report = _report(request, report_id)
    submission = reviewing.submission_shown(report)
    if submission is None:
        raise Http404("nothing of this report is under review")
    response = HttpResponse(word.render(submission.read(), draft=True), content_type=word.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{report}（送审稿）.docx")
    return response


@province_only
@require_safe
def source(request, report_id: int, import_id: int):
    """The file that a report handed in was imported from."""
    visible = Import.objects.visible_to(request.actor)
    return source_response(get_object_or_404(visible, pk=import_id, report_id=report_id))


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request, report_id: int, key: str):
    """Write a remark on one part of the submission under review, or take one back.

    Who comes back by GET, from signing in, finds the report.
    """
    report, key = _report(request, report_id), part_key(key)
    if request.method != "POST":
        return _back_to_part(report, key)
    if "remove" in request.POST:
        return _remove_remark(request, report, key)
    form = RemarkForm(request.POST, key=key.value)
    if not form.is_valid():
        return _report_page(request, report, form, key, problem=form.errors["text"][0], status=400)
    try:
        remarking.add(report.pk, key, form.cleaned_data["text"], request.actor)
    except workflow.Refused as refusal:
        report.refresh_from_db()
        return _report_page(request, report, form, key, problem=str(refusal), status=409)
    said = f"已写下对「{SECTIONS[key].short_title}」的审核意见，退回时一并发给学校。"
    messages.success(request, said, extra_tags=request.path)
    return _back_to_part(report, key)


def _remove_remark(request, report: Report, key: SectionKey):
    try:
        removed = remarking.remove(report.pk, request.POST["remove"], request.actor)
    except workflow.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        # Its words once more: whoever deleted the wrong one can take them from here.
        messages.success(request, f"已删除审核意见：「{removed}」" if removed else "这条审核意见已经删除。")
    return _back_to_part(report, key)


def _back_to_part(report: Report, key: SectionKey):
    return redirect(f"{reverse('review:report', args=[report.pk])}#notes-{key.value}")


# --- decisions --------------------------------------------------------------------------------------------------------


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request, report_id: int):
    """Return the report to the school with the remarks on its parts."""
    return _decide(
        request,
        report_id,
        Action.SEND_BACK,
        ReturnForm,
        "报告已退回，填报人会收到邮件。",
    )


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request, report_id: int):
    """Approve the report, which publishes it."""
    return _decide(request, report_id, Action.APPROVE, SeenForm, "已审核通过，报告已经向社会公开。")


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, report_id: int):
    """Take a published report down."""
    return _decide(request, report_id, Action.WITHDRAW, WithdrawForm, "已撤回公开，公众看到的是撤回说明和原因。")


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, report_id: int):
    """Let the school write a withdrawn report again."""
    return _decide(request, report_id, Action.REOPEN, ReopenForm, "已重新开放填报，填报人会收到邮件。")


def _decide(request, report_id: int, action: Action, form_class, done: str):
    """One decision: its page on GET; on POST the step, or its page again with the reason why not."""
    report = _report(request, report_id)
    if request.method != "POST":
        form = form_class(initial={"seen": request.GET.get("seen", "")})
        return _decision_page(request, report, action, form, workflow.why_not(action, report, request.actor))
    form = form_class(request.POST)
    if not form.is_valid():
        return _decision_page(request, report, action, form, status=400)
    said = dict(form.cleaned_data)
    if "seen" in said:
        said["sha256"] = said.pop("seen")
    try:
        workflow.perform(action, report.pk, request.actor, **said)
    except workflow.Refused as refusal:
        report.refresh_from_db()
        return _decision_page(request, report, action, form, str(refusal))
    messages.success(request, done, extra_tags=request.path)
    return redirect("review:report", report.pk)


def _decision_page(request, report: Report, action: Action, form, refusal: str | None = None, status: int = 200):
    """The page before a decision. A ``refusal`` stands at the top with what was done last; nothing typed is lost."""
    submission = workflow.pending_submission(report)
    remarks = reviewing.remarks_by_part(submission) if submission else []
    may_go_on = workflow.why_not(action, report, request.actor) is None
    if may_go_on and "seen" in form.fields and (submission is None or form["seen"].value() != submission.sha256):
        refusal = workflow.SEEN_IS_OLD if form["seen"].value() else "请先打开报告通读全文，再作决定。"
        may_go_on = False
    context = _frame(request, report) | {
        "action": action,
        "form": form,
        "kept_text": form["comment"].value() if "comment" in form.fields else "",
        "submission": submission,
        "remarks": remarks,
        "consequence": _consequence(report, remarks),
        "refusal": refusal,
        "last": last_step(report) if refusal else None,
        "may_go_on": may_go_on,
        "publication": workflow.live_publication(report),
    }
    return render(request, f"review/{action.value}.html", context, status=409 if refusal else status)


def _consequence(report: Report, remarks: list) -> str:
    """What a return does, in one sentence."""
    named = "、".join(f"「{section.short_title}」" for section, _ in remarks)
    return f"{report.school.name}只能修改{named}，其余部分保持锁定；填报人会收到邮件。"


# --- the log ----------------------------------------------------------------------------------------------------------


@province_only
@require_safe
def log(request, report_id: int):
    """Everything that happened to a report, and the mails that told of it."""
    report = _report(request, report_id)
    context = _frame(request, report) | {
        "page": Paginator(story_of(report), ENTRIES_A_PAGE).get_page(request.GET.get("page")),
        "mails": mails_of(report),
    }
    return render(request, "review/log.html", context)

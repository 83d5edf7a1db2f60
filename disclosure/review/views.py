"""The reviewer's side: the queue, one report and what changed in it, the decisions, the log."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.components import Problem
from disclosure.drafting.views.imports import source_response
from disclosure.findings import responses
from disclosure.models import Import, Presence, Publication, Remark, Report, written_by
from disclosure.models.assembly import complete
from disclosure.publishing.rendering import word
from disclosure.report.enums import Action, SectionKey, Severity, Status
from disclosure.report.sections import SECTIONS
from disclosure.review import queue as queueing
from disclosure.review import reading as reviewing
from disclosure.review.forms import RemarkForm, ReopenForm, ReturnForm, SeenForm, WaiverForm, WithdrawForm
from disclosure.workflow import comments, notifications, permissions, transitions
from disclosure.workflow.addressing import part_key
from disclosure.workflow.agenda import Stage
from disclosure.workflow.history import Reader, last_step, mails_of, story_of
from schools.access import province_only
from schools.enums import EventType, Level, Ownership
from schools.paging import page_of

ROWS_A_PAGE = 50
ENTRIES_A_PAGE = 100

NO_REMARK = "没有写下审核意见"
NO_DECISION = "没有作出决定"
GONE = "这条审核意见已经删除。"


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
    stages = queueing.campaigns(actor)
    entries = [entry for stage in stages.values() for entry in stage]
    if not entries:
        return render(request, "review/queue.html", {"campaign": None})
    asked = request.GET.get("year")
    campaign = next((entry for entry in entries if str(entry.campaign.year) == asked), entries[0]).campaign
    query = queueing.Query.read(request.GET)
    every = queueing.rows(actor, campaign)
    total = queueing.counts(every)
    found = [row for row in every if query.fits(row)]
    tab = _tab(request, total)
    counts = queueing.counts(found)
    chosen = queueing.ordered([row for row in found if row.is_in(tab)], query.order)
    context = {
        "campaign": campaign,
        "entries": entries,
        # Past ones are found in the list of years; one alone needs no choice.
        "beside": [entry for stage in (Stage.UNFINISHED, Stage.OPEN, Stage.AHEAD) for entry in stages[stage]],
        "query": query,
        "tab": tab,
        "kept": _without(request.GET, "tab", "page"),
        "tabs": [(one, counts[one]) for one in queueing.Tab if total[one] or one in (queueing.Tab.PENDING, tab)],
        "page": page_of(request, chosen, ROWS_A_PAGE),
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
    return next((tab for tab in (queueing.Tab.PENDING, queueing.Tab.WAIVER) if total[tab]), queueing.Tab.ALL)


# --- one report -------------------------------------------------------------------------------------------------------


@province_only
@require_safe
def report(request, report_id: int):
    """The report under review as it would be published, with remarks and last year's figures beside it."""
    return _report_page(request, _report(request, report_id))


@dataclass(frozen=True)
class Unsaid:
    """What a reviewer sent and the portal did not take: the form with the words, and why not.

    ``key`` is the part a remark was for, ``finding`` the key of the error a decision was for.
    """

    title: str
    problem: str
    form: RemarkForm | WaiverForm | None = None
    key: SectionKey | None = None
    finding: str = ""

    @property
    def words(self) -> str:
        """What was written."""
        if self.form is None:
            return ""
        return self.form["reason" if self.finding else "text"].value() or ""


def _report_page(request, report: Report, unsaid: Unsaid | None = None, status=200):
    """The page of one report; what was ``unsaid`` stands in its field again, or above, where that is gone."""
    submission = transitions.submission_shown(report)
    may_decide = report.status == Status.SUBMITTED
    may_waive = permissions.why_not_waive(request.actor, report) is None
    context = _frame(request, report) | {"versions": reviewing.versions(report, request.actor)}
    # Of a draft only what the school asks about is shown; what is under review shows its errors beside its parts.
    asked, gone = ([], []) if may_decide or not may_waive else _asked(report)
    if submission is None:
        context |= reviewing.standing(report)
        place = ""
    else:
        reading = reviewing.read(report, submission)
        forms = {one: RemarkForm(key=one.value) for one in SectionKey}
        place = f"#id_{unsaid.key}_text" if may_decide and unsaid and unsaid.key else ""
        if place:
            forms[unsaid.key] = unsaid.form
        found = reading.findings if may_decide else []
        waiver_forms = _waiver_forms(found, unsaid)
        place = place or _place_of(waiver_forms, unsaid)
        context |= {
            "reading": reading,
            "authorship": written_by(reading.remarks, request.user),
            "reader": request.user,
            "others": Presence.others(report, "", request.user) if may_decide else [],
            "parts": [
                (part, forms[part.key], [(one, waiver_forms.get(one.anchor)) for one in part.findings])
                for part in reading.parts
            ],
            "written_key": unsaid.key if unsaid else None,
            "may_decide": may_decide,
        }
    asked_forms = _waiver_forms(asked, unsaid)
    place = place or _place_of(asked_forms, unsaid)
    context |= {
        "asked": [(one, asked_forms.get(one.anchor)) for one in asked],
        "gone": gone,
        "problem_title": unsaid.title if unsaid else "",
        "lost_words": unsaid.words if unsaid and not place else "",
        "problems": [Problem(unsaid.problem, place)] if unsaid else [],
    }
    return render(request, "review/report.html" if submission else "review/standing.html", context, status=status)


def _asked(report: Report) -> tuple[list[reviewing.Shown], list[str]]:
    """The errors of the school's draft that it asks to waive or that were decided on, and the sentences of those that
    are errors no more.
    """
    said = [*report.answers.filter(severity=Severity.ERROR), *report.waivers.all()]
    if not said:
        return [], []
    judged = responses.shown_to_reviewer(complete(Report.objects.filter(pk=report.pk)).get()).judged
    known = {one.finding.key for one in judged}
    gone = dict.fromkeys(one.sentence for one in said if one.key not in known)
    # What waits for a decision stands first.
    found = sorted(reviewing.shown(judged, "request"), key=lambda one: not one.waits)
    return found, list(gone)


def _waiver_forms(found: list[reviewing.Shown], unsaid: Unsaid | None) -> dict[str, WaiverForm]:
    """A form for each error that may be decided on, by the anchor of its finding; once where it stands twice."""
    forms: dict[str, WaiverForm] = {}
    known = set()
    for one in found:
        key = one.judged.finding.key
        if not one.judged.may_be_waived or key in known:
            continue
        known.add(key)
        is_unsaid = unsaid is not None and unsaid.finding == key and unsaid.form is not None
        forms[one.anchor] = unsaid.form if is_unsaid else WaiverForm()
        forms[one.anchor].auto_id = f"id_{one.anchor}_%s"
    return forms


def _place_of(forms: dict[str, WaiverForm], unsaid: Unsaid | None) -> str:
    """Where the field of the decision stands that was not taken; "" where it is not on the page."""
    form = unsaid.form if unsaid else None
    return next((f"#id_{anchor}_reason" for anchor, one in forms.items() if one is form), "")


def _frame(request, report: Report) -> dict:
    """What every page about a report says."""
    actor = request.actor
    return {
        "report": report,
        "actions": {action.value for action in transitions.available(report, actor)},
        "next": queueing.next_pending(actor, besides=report),
        "next_asking": queueing.next_asking(actor, besides=report),
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
    from disclosure.publishing.rendering.pdf import render as render_pdf  # WeasyPrint takes a second to load

    report = _report(request, report_id)
    submission = transitions.submission_shown(report)
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
    submission = transitions.submission_shown(report)
    if submission is None:
        raise Http404("nothing of this report is under review")
    response = HttpResponse(word.render(submission.read(), draft=True), content_type=word.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{report}（送审稿）.docx")
    return response


@province_only
@require_safe
def source(request, report_id: int, import_id: int):
    """The file that a report handed in was imported from."""
    one = get_object_or_404(Import.objects.visible_to(request.actor), pk=import_id, report_id=report_id)
    return source_response(request, one, reverse("review:report", args=[report_id]))


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
        return _report_page(request, report, Unsaid(NO_REMARK, form.errors["text"][0], form, key), status=400)
    try:
        comments.add(report.pk, key, form.cleaned_data["text"], request.actor)
    except transitions.Refused as refusal:
        report.refresh_from_db()
        return _report_page(request, report, Unsaid(NO_REMARK, str(refusal), form, key), status=409)
    said = f"已写下对「{SECTIONS[key].short_title}」的审核意见，退回时一并发给学校。"
    messages.success(request, said, extra_tags=request.path)
    return _back_to_part(report, key)


def _remove_remark(request, report: Report, key: SectionKey):
    try:
        removed = comments.remove(report.pk, request.POST["remove"], request.actor)
    except comments.OfColleague as asked:
        return redirect("review:remark_remove", report.pk, asked.remark.pk)
    except transitions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        # Its words once more: whoever deleted the wrong one can take them from here.
        messages.success(request, f"已删除审核意见：「{removed.text}」" if removed else GONE)
    return _back_to_part(report, key)


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def remark_remove(request, report_id: int, remark_id: int):
    """Delete a colleague's remark: GET asks and says what it means, POST deletes and tells its author."""
    report = _report(request, report_id)
    under_review = Remark.objects.filter(submission=transitions.pending_submission(report))
    remark = under_review.filter(pk=remark_id).select_related("created_by").first()
    if reason := permissions.why_not_remark(request.actor, report):
        messages.error(request, reason)
    elif remark is None:
        messages.success(request, GONE)
    elif request.method != "POST":
        context = {
            "report": report,
            "remark": remark,
            "author": remark.author_for(request.user),
            "consequence": _consequence_of_removal(report, remark, request.user, under_review.count() == 1),
            "back_url": _place_of_part(report, SectionKey(remark.section)),
            "others": Presence.others(report, "", request.user),
        }
        return render(request, "review/remark_remove.html", context)
    else:
        try:
            removed = comments.remove(report.pk, remark.pk, request.actor, confirmed=True)
        except transitions.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            author = remark.author_for(request.user)
            messages.success(request, f"已删除{author}写的审核意见：「{remark.text}」" if removed else GONE)
    return _back_to_part(report, SectionKey(remark.section)) if remark else redirect("review:report", report.pk)


@province_only
@require_POST
def presence(request, report_id: int):
    """Say that one has, or no longer has, a report open for review; which colleagues have it open too."""
    report = _report(request, report_id)
    if request.POST.get("here") == "0":
        Presence.leave(report, "", request.user)
        return JsonResponse({"others": []})
    return JsonResponse({"others": Presence.note(report, "", request.user)})


def _consequence_of_removal(report: Report, remark: Remark, user, is_last: bool) -> str:
    """What deleting a remark does, in a few sentences."""
    said = "删除之后，退回时学校不会看到这条意见。"
    if is_last:
        said += "这是最后一条意见：删除之后，报告就可以审核通过。"
    if remark.is_by(user):
        return said
    if notifications.addresses_of_author(report, remark):
        return f"{said}{remark.created_by_name}会收到邮件，操作记录写明是您删除的。"
    return f"{said}{remark.created_by_name}没有可用的邮箱，请当面告知；操作记录写明是您删除的。"


def _place_of_part(report: Report, key: SectionKey) -> str:
    return f"{reverse('review:report', args=[report.pk])}#notes-{key.value}"


def _back_to_part(report: Report, key: SectionKey):
    return redirect(_place_of_part(report, key))


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request, report_id: int):
    """Make remarks of findings of the checks, one click for one or for several."""
    report = _report(request, report_id)
    if request.method != "POST":
        return redirect("review:report", report.pk)
    try:
        remarks = comments.take_up(report.pk, request.POST.getlist("finding"), request.actor)
    except transitions.Refused as refusal:
        report.refresh_from_db()
        return _report_page(request, report, Unsaid(NO_REMARK, str(refusal)), status=409)
    messages.success(request, f"已写成 {len(remarks)} 条审核意见，退回时一并发给学校。")
    return _back_to_part(report, SectionKey(remarks[0].section))


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request, report_id: int, finding: str):
    """Let an error pass for this report, or say that it must be mended."""
    report = _report(request, report_id)
    if request.method != "POST":
        return redirect("review:report", report.pk)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        problem = next(iter(form.errors.values()))[0]
        return _report_page(request, report, Unsaid(NO_DECISION, problem, form, finding=finding), status=400)
    said = form.cleaned_data
    try:
        waiver = responses.decide(
            report.pk, finding, said["decision"], said["reason"], request.actor, seen=said["seen"]
        )
    except transitions.Refused as refusal:
        report.refresh_from_db()
        return _report_page(request, report, Unsaid(NO_DECISION, str(refusal), form, finding=finding), status=409)
    told = "" if report.status == Status.SUBMITTED else "学校会收到邮件。"
    messages.success(request, f"已记录：{waiver.decision}。{told}", extra_tags=request.path)
    if report.status == Status.SUBMITTED:
        return _back_to_part(report, SectionKey(waiver.section))
    return redirect(f"{reverse('review:report', args=[report.pk])}#waivers")


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


@province_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_version(request, report_id: int, number: int):
    """Take down one older version of a report; the newest stays public."""
    report = _report(request, report_id)
    versions = list(transitions.versions_of(report))
    publication = next((one for one in versions if one.number == number), None)
    if publication is None:
        raise Http404(f"this report has no version {number}")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    refusal = transitions.why_not_withdraw_version(publication, report, request.actor, versions[0])
    if request.method == "POST" and form.is_valid() and refusal is None:
        try:
            transitions.withdraw_version(report.pk, number, request.actor, form.cleaned_data["comment"])
        except transitions.Refused as refused:
            refusal = str(refused)
        else:
            done = f"已撤回第 {number} 版，公众在它的地址看到的是撤回说明和原因。"
            messages.success(request, done, extra_tags=request.path)
            return redirect("review:report", report.pk)
    context = _frame(request, report) | {
        "label": EventType.VERSION_WITHDRAWN.label,
        "form": form,
        "kept_text": form["comment"].value() or "",
        "title": f"撤回{report.school.name}报告的第 {number} 版",
        "consequence": _consequence_for_version(publication, versions[0]),
        "publication": publication,
        "newest": versions[0],
        "refusal": refusal,
        "last": None,
        "submission": None,  # what is decided on here is a publication
        "may_go_on": refusal is None,
    }
    status = 409 if refusal else 400 if form.errors else 200
    return render(request, "review/withdraw_version.html", context, status=status)


def _decide(request, report_id: int, action: Action, form_class, done: str):
    """One decision: its page on GET; on POST the step, or its page again with the reason why not."""
    report = _report(request, report_id)
    if request.method != "POST":
        form = form_class(initial={"seen": request.GET.get("seen", "")})
        return _decision_page(request, report, action, form, transitions.why_not(action, report, request.actor))
    form = form_class(request.POST)
    if not form.is_valid():
        return _decision_page(request, report, action, form, status=400)
    said = dict(form.cleaned_data)
    if "seen" in said:
        said["sha256"] = said.pop("seen")
    try:
        transitions.perform(action, report.pk, request.actor, **said)
    except transitions.Refused as refusal:
        report.refresh_from_db()
        return _decision_page(request, report, action, form, str(refusal))
    messages.success(request, done, extra_tags=request.path)
    return redirect("review:report", report.pk)


def _decision_page(request, report: Report, action: Action, form, refusal: str | None = None, status: int = 200):
    """The page before a decision. A ``refusal`` stands at the top with what was done last; nothing typed is lost."""
    submission = transitions.pending_submission(report)
    remarks = reviewing.remarks_by_part(submission) if submission else []
    written = [remark for _, found in remarks for remark in found]
    may_go_on = transitions.why_not(action, report, request.actor) is None
    if may_go_on and "seen" in form.fields and (submission is None or form["seen"].value() != submission.sha256):
        refusal = transitions.SEEN_IS_OLD if form["seen"].value() else "请先打开报告通读全文，再作决定。"
        may_go_on = False
    context = _frame(request, report) | {
        "label": action.label,
        "form": form,
        "findings": reviewing.found_in(report, submission) if action is Action.APPROVE and may_go_on else "",
        "kept_text": form["comment"].value() if "comment" in form.fields else "",
        "submission": submission,
        "remarks": remarks,
        "remark_ids": transitions.ids_of(sorted(written, key=lambda remark: remark.pk)),
        "authorship": written_by(written, request.user),
        "others": Presence.others(report, "", request.user) if submission else [],
        "consequence": _consequence(report, remarks),
        "refusal": refusal,
        "last": last_step(report, Reader.OFFICE) if refusal else None,
        "may_go_on": may_go_on,
        "publication": transitions.live_publication(report),
    }
    return render(request, f"review/{action.value}.html", context, status=409 if refusal else status)


def _consequence(report: Report, remarks: list) -> str:
    """What a return does, in one sentence."""
    named = "、".join(f"「{section.short_title}」" for section, _ in remarks)
    return f"{report.school.name}只能修改{named}，其余部分保持锁定；填报人会收到邮件。"


def _consequence_for_version(publication: Publication, newest: Publication) -> str:
    """What the withdrawal of one version does, in one sentence."""
    number = publication.number
    if newest.own_withdrawal:
        return f"这份报告重新公开之后，公众仍看不到第 {number} 版，它的地址只显示您写的原因；学校会收到邮件。"
    return (
        f"公众将看不到第 {number} 版和它的下载文件，它的地址只显示撤回说明和您写的原因；"
        f"现行的第 {newest.number} 版仍然公开，学校会收到邮件。"
    )


# --- the log ----------------------------------------------------------------------------------------------------------


@province_only
@require_safe
def log(request, report_id: int):
    """What happened to a report between school and office, and the mails that told of it."""
    report = _report(request, report_id)
    rounds = reviewing.handed_in(report)
    context = _frame(request, report) | {
        "page": page_of(request, story_of(report, Reader.OFFICE), ENTRIES_A_PAGE),
        "mails": mails_of(report, Reader.OFFICE),
        "rounds": [one for one in rounds if one.findings],
    }
    return render(request, "review/log.html", context)

"""The school's side: writing a report, answering remarks, handing it in."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from disclosure.checks import completeness
from disclosure.chinese.dates import chinese_moment, clock
from disclosure.components import Task
from disclosure.drafting import checklist, conflict, last_year, saving
from disclosure.drafting.forms.parts import FORMS, BrokenForm, TooManyRows
from disclosure.drafting.forms.responses import AnswerForms, Unsaved
from disclosure.evaluation.score import score_of
from disclosure.findings import presentation
from disclosure.findings.presentation import panel_of
from disclosure.findings.progress import PartState, progress_of
from disclosure.models import Campaign, Presence, Publication, Remark, Report
from disclosure.models.assembly import assemble, complete
from disclosure.publishing.rendering import word
from disclosure.publishing.rendering.pdf import render as render_pdf
from disclosure.report.enums import Action, Decision, SectionKey, Status
from disclosure.report.guidance import guidance_for
from disclosure.report.sections import SECTIONS
from disclosure.workflow import agenda, comments, permissions, transitions
from disclosure.workflow.addressing import number, own_report, part_key
from disclosure.workflow.agenda import Stage
from disclosure.workflow.history import Reader, story_of
from schools.access import require, school_only
from schools.paging import page_of

ENTRIES_A_PAGE = 50

BROKEN = "收到的内容不完整，没有保存。"
# To the page that saves by itself, and to the one that was sent and is another now.
BROKEN_IN_PLACE = f"{BROKEN}请刷新页面后再试；您填写的内容还在本页。"
BROKEN_AS_SENT = f"{BROKEN}请按浏览器的后退键回到刚才的页面，您填写的内容还在那里。"


# --- loading ----------------------------------------------------------------------------------------------------------


def _returned_remarks(report: Report) -> list:
    """The remarks of the return the school is working on, in report order."""
    returned = report.open_return() if report.status != Status.PUBLISHED else None
    order = list(SectionKey)
    return sorted(returned.remarks.all(), key=lambda remark: order.index(remark.section)) if returned else []


# --- the desk ---------------------------------------------------------------------------------------------------------


@school_only
@require_GET
def home(request):
    """What there is to do, the most urgent first, what lies ahead, and the years before."""
    actor = request.actor
    reports = {report.campaign_id: report for report in Report.objects.visible_to(actor).with_context()}
    reported = {report.campaign.year for report in reports.values()}
    # A school that moved to another province goes on there with what it had begun.
    known = Campaign.objects.filter(Q(province=actor.province) | Q(pk__in=reports)).select_related("province")
    campaigns = [campaign for campaign in known if campaign.pk in reports or campaign.year not in reported]
    stages = agenda.arrange(
        agenda.SchoolEntry(campaign, reports.get(campaign.pk), actor.is_signatory) for campaign in campaigns
    )
    work = stages[Stage.UNFINISHED] + stages[Stage.OPEN]
    published = set(Publication.objects.current().filter(school=actor.school).values_list("year", flat=True))
    context = {
        "is_without_campaign": not campaigns,
        "only": None,
        "work": [],
        "ahead": stages[Stage.AHEAD],
        "earlier": [
            {
                "campaign": entry.campaign,
                "report": entry.report,
                "is_public": entry.campaign.year in published,
                "why_not_start": permissions.why_not_start(actor, entry.campaign),
            }
            for entry in stages[Stage.PAST]
        ],
    }
    if len(work) > 1:
        remarks = _open_remarks(work)
        context["work"] = [_work(actor, entry, remarks) for entry in work]
    elif work:
        [entry] = work
        context |= _only(actor, entry)
    return render(request, "author/home.html", context)


def _only(actor, entry: agenda.SchoolEntry) -> dict:
    """What the desk says where there is one report or campaign to look after: all of it."""
    context = {
        "only": entry,
        "report": entry.report,
        "why_not_start": permissions.why_not_start(actor, entry.campaign),
    }
    if entry.report:
        return context | _standing(actor, complete(Report.objects.filter(pk=entry.report.pk)).get())
    return context | {"last_publication": last_year.last_before(actor.school.pk, entry.campaign.year)}


@dataclass(frozen=True)
class Work:
    """One of several reports on the desk: how it stands (``hint``), and the next step with its address.

    Without an address the step begins the report; without a step there is nothing to do.
    """

    entry: agenda.SchoolEntry
    hint: str
    step: str = ""
    url: str = ""


def _open_remarks(work: list[agenda.SchoolEntry]) -> Counter:
    """How many remarks of the reviewer wait for an answer, by report: one query."""
    returned = [entry.report for entry in work if entry.report and entry.report.status == Status.RETURNED]
    open_ = Remark.objects.filter(
        submission__report__in=returned, submission__decision=Decision.RETURNED, settled_at__isnull=True
    )
    return Counter(open_.values_list("submission__report", flat=True))


def _work(actor, entry: agenda.SchoolEntry, remarks: Counter) -> Work:
    report = entry.report
    if report is None:
        if permissions.why_not_start(actor, entry.campaign):
            return Work(entry, "填报人还没有开始填写。")
        return Work(entry, "还没有开始填写。", "开始填写")
    url = reverse("author:report", args=[report.pk])
    look = "打开报告"
    if report.status == Status.RETURNED:
        count = remarks[report.pk]
        hint = f"还有 {count} 条审核意见没有答复。" if count else "审核意见都已答复，请检查后重新提交。"
        return Work(entry, f"审核人退回了报告。{hint}", "修改并答复" if count and actor.is_author else look, url)
    if report.status == Status.AWAITING_SIGNOFF:
        if actor.is_signatory:
            return Work(entry, "填报人已经填好，等您审签。", "审阅并签发", reverse("author:check", args=[report.pk]))
        return Work(entry, "内容已锁定，等分管领导签发。", look, url)
    if report.status == Status.DRAFT:
        hint = f"正在更正已发布的报告。更正原因：{report.correction_reason}" if report.is_correction else ""
        return Work(entry, hint, "继续填写" if actor.is_author else look, url)
    hints = {
        Status.SUBMITTED: f"{report.campaign.province.office}正在审核，现在不需要做什么。",
        Status.WITHDRAWN: f"公众看不到这份报告。{report.campaign.province.office}重新开放填报之后，可以修改。",
    }
    return Work(entry, hints.get(report.status, "本年度的报告已经公开。"), look, url)


def _standing(actor, report: Report) -> dict:
    """What the desk and the report's own page say of a report alike."""
    progress = progress_of(report)
    return {
        "report": report,
        "progress": progress,
        "tasks": [_task(report, part) for part in progress.parts],
        "continue_url": _continue_url(report, progress),
        "remarks": _returned_remarks(report),
        "returned": report.open_return() if report.status == Status.RETURNED else None,
        "actions": transitions.available(report, actor),
        # Where nothing is written yet, the report may still be started from an earlier one.
        "last_publication": last_year.offered_to_all(report, actor),
        "is_beginning": actor.is_author and report.status == Status.DRAFT and last_year.is_untouched(report),
    }


def _continue_url(report: Report, progress) -> str:
    """The first part one may write that still lacks something, a reason or an answer, or "" where none does."""
    for part in progress.parts:
        if part.is_editable and part.is_open:
            return section_url(report, part.section.key)
    return ""


def _task(report: Report, part) -> Task:
    hint = next((one.finding.sentence for one in part.findings if one.is_open), "")
    hint = hint if part.state != PartState.EMPTY else ""
    return Task(part.section.heading, part.label, part.tone, section_url(report, part.section.key), hint)


def section_url(report: Report, key: str, field: str = "") -> str:
    url = reverse("author:section", args=[report.pk, key])
    return f"{url}#id_{field}" if field else url


@school_only
@require_POST
def start(request, campaign_id: int):
    """Begin the report of a campaign, or go on with the one there is; ``way`` says where the author goes from here."""
    campaign = get_object_or_404(Campaign, pk=campaign_id, province=request.actor.province)
    try:
        report = transitions.start(campaign, request.actor)
    except transitions.Refused as refusal:
        require(str(refusal))
    way = request.POST.get("way")
    if way == "import":
        return redirect("author:import_new", report.pk)
    if way == "write":
        return redirect(section_url(report, SectionKey.HEAD))
    return redirect("author:report", report.pk)


@school_only
@require_GET
def report(request, report_id: int):
    """One report: where it stands, its parts, what can be done."""
    report = own_report(request, report_id)
    imports = list(report.imports.without_texts().select_related("uploaded_by"))
    # They are taken back in turn, the last first.
    written = next((one for one in imports if one.is_applied), None)
    standing = _standing(request.actor, report)
    context = standing | {
        "score": score_of(report, standing["progress"].judgement),
        "submissions": report.submissions.defer("document"),
        "publication": transitions.live_publication(report),
        "imports": imports,
        "undoable": written and permissions.why_not_undo(request.actor, written) is None and written.pk,
    }
    return render(request, "author/report.html", context)


# --- writing ----------------------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def section(request, report_id: int, key: str):
    """One part with its form; posting saves it, for browsers without scripts and for the buttons.

    With ``?panel`` the panel of checks alone, for scripts.
    """
    key = part_key(key)
    report = own_report(request, report_id)
    part = SECTIONS[key].of(report)
    if request.method == "GET":
        if "panel" in request.GET:
            return HttpResponse(_panel(request, report, progress_of(report), key))
        form = FORMS[key].for_part(part, blank_rows="add" in request.GET)
        return section_page(request, report, key, form, part.version)
    form, _, refused = save_as_sent(request, report, key)
    if refused:
        return refused
    if form.all_errors():
        messages.warning(request, "已保存。有内容需要改正，请看标红的地方。")
        return redirect(section_url(report, key))
    if "add_row" in request.POST:
        return redirect(f"{section_url(report, key)}?add=1")
    messages.success(request, f"「{SECTIONS[key].title}」已保存。")
    following = _next_key(key) if "next" in request.POST else None
    return redirect(section_url(report, following or key))


def save_as_sent(request, report: Report, key: SectionKey):
    """Save what a browser without scripts posted.

    The form and the report as it is then; or, third, the page that says why it was not saved and holds what was typed.
    """
    part = SECTIONS[key].of(report)
    try:
        return *_save(request, report, key), None
    except BrokenForm:
        messages.error(request, BROKEN_AS_SENT)
        return None, None, section_page(request, report, key, FORMS[key].for_part(part), part.version, status=400)
    except TooManyRows as refusal:
        messages.error(request, f"没有保存。{refusal}您填写的内容都在下面。")
        form = FORMS[key](request.POST)
        return None, None, section_page(request, report, key, form, base_version(request), status=400)
    except saving.Locked as locked:
        messages.error(request, f"没有保存。{locked}")
        form = FORMS[key](request.POST)
        return None, None, section_page(request, report, key, form, part.version, status=403)
    except saving.Clash as found:
        form = FORMS[key](request.POST)
        page = section_page(request, report, key, form, found.part.version, status=409, clash_of=found.part)
        return None, None, page


def _save(request, report: Report, key: SectionKey):
    """Save what was posted; the form and the report as it is then. Raises what saving and the form raise."""
    form = FORMS[key](request.POST)
    content = form.content()
    form.must_not_outgrow(SECTIONS[key].of(report))
    return form, saving.save_part(report.pk, key, content, base_version(request), request.actor)


def base_version(request) -> int:
    """The version the text was written over. Raises ``BrokenForm`` where the form names none."""
    version = number(request.POST.get("base_version"))
    if version is None:
        raise BrokenForm("base_version is no number")
    return version


def _next_key(key: SectionKey) -> SectionKey | None:
    keys = list(SectionKey)
    index = keys.index(key) + 1
    return keys[index] if index < len(keys) else None


def section_page(
    request,
    report: Report,
    key: SectionKey,
    form,
    version: int,
    status: int = 200,
    clash_of=None,
    answered=None,
    unsaved: Unsaved | None = None,
):
    """The page of one part; ``answered`` is a remark and the answer to it that was not taken, ``unsaved`` the reason
    to a finding.
    """
    progress = progress_of(report)
    why_locked = permissions.why_not_edit(request.actor, report, key)
    remarks = [remark for remark in _returned_remarks(report) if remark.section == key]
    remark, answer = answered or (None, "")
    last_publication = last_year.last_before(report.school_id, report.campaign.year)
    form.all_errors()
    return render(
        request,
        "author/section.html",
        {
            "report": report,
            "section": SECTIONS[key],
            "part": SECTIONS[key].of(report),
            "form": form,
            "version": version,
            "progress": progress,
            "why_locked": why_locked,
            # What was typed before the lock came stays in the form, to be copied from there.
            "is_reading": why_locked and request.method == "GET",
            "guidance": guidance_for(key, report.campaign),
            "remarks": remarks,
            "answered": remark,
            "answer": answer,
            "last_publication": last_publication,
            "offered": last_publication if last_year.may_take_over(report, key, request.actor) else None,
            "blanks": last_year.blanks_left(progress.document, key),
            "may_answer": not why_locked and (remark is None or remark in remarks),
            "next_key": _next_key(key),
            "clash_of": clash_of,
            "differences": conflict.differences(form, clash_of) if clash_of else (),
        }
        | _panel_context(request, report, progress, key, unsaved),
        status=status,
    )


def _panel_context(request, report: Report, progress, key: SectionKey, unsaved: Unsaved | None = None) -> dict:
    """What the panel of checks beside the form of part ``key`` shows, and what may be done there."""
    return {
        "panel": panel_of(progress, report, key),
        "may_fix": permissions.why_not_edit(request.actor, report, key) is None,
        "answering": AnswerForms(
            report,
            progress.judgement,
            permissions.why_not_answer_finding(request.actor, report),
            page=key.value,
            unsaved=unsaved,
        ),
    }


def _panel(request, report: Report, progress, key: SectionKey) -> str:
    """The panel alone, for a page that exchanges it."""
    context = {"report": report, "section": SECTIONS[key]} | _panel_context(request, report, progress, key)
    return render_to_string("author/panel.html", context, request)


@school_only
@require_POST
def autosave(request, report_id: int, key: str):
    """Save what the page sends by itself, and say in JSON what became of it."""
    key = part_key(key)
    if request.headers.get("X-Writer") != str(request.user.pk):
        # Somebody else has signed in in another tab of this browser; they must not become the author of this text.
        return JsonResponse({"state": "signed_out"}, status=401)
    report = get_object_or_404(Report.objects.visible_to(request.actor), pk=report_id)
    try:
        form, saved = _save(request, report, key)
    except BrokenForm:
        return JsonResponse({"state": "refused", "message": BROKEN_IN_PLACE}, status=400)
    except TooManyRows as refusal:
        errors = FORMS[key](request.POST).all_errors()
        return JsonResponse({"state": "refused", "message": str(refusal), "errors": errors}, status=400)
    except saving.Locked as locked:
        return JsonResponse({"state": "locked", "message": str(locked)}, status=403)
    except saving.Clash as found:
        theirs = found.part
        return JsonResponse(
            {
                "state": "clash",
                "version": theirs.version,
                "saved_by": theirs.saved_by.name if theirs.saved_by else "系统",
                "saved_at": chinese_moment(theirs.saved_at) if theirs.saved_at else "",
                "fields": [one.to_json() for one in conflict.differences(FORMS[key](request.POST), theirs)],
            },
            status=409,
        )
    return JsonResponse(saved_answer(request, saved, key, form.all_errors()))


def saved_answer(request, report: Report, key: SectionKey, errors: dict[str, str]) -> dict:
    """What a page is told after part ``key`` was saved; ``errors`` stand beside the fields."""
    part = SECTIONS[key].of(report)
    progress = progress_of(report)
    standing = progress.of(key)
    return {
        "state": "saved",
        "version": part.version,
        "saved_at": clock(part.saved_at),
        "errors": errors,
        "section_state": standing.state.value,
        "is_carried": part.carried_from is not None,
        "section_tag": render_to_string(
            "components/status_tag.html", {"label": standing.short_label, "tone": standing.tone}
        ),
        "panel": _panel(request, report, progress, key),
    }


@school_only
@require_POST
def presence(request, report_id: int, key: str):
    """Say that one is, or is no longer, looking at a part; who else is, and its version now."""
    key = part_key(key)
    report = get_object_or_404(Report.objects.visible_to(request.actor), pk=report_id)
    if request.POST.get("here") == "0":
        Presence.leave(report, key, request.user)
        return JsonResponse({"others": []})
    part = SECTIONS[key].model.objects.select_related("saved_by").get(report=report)
    return JsonResponse(
        {
            "others": Presence.note(report, key, request.user),
            "version": part.version,
            "saved_by": part.saved_by.name if part.saved_by else "",
        }
    )


@school_only
@require_http_methods(["GET", "POST"])
def answer_remark(request, report_id: int, remark_id: int):
    """Say what was done about a remark of the reviewer; who comes back by GET, from signing in, finds the part."""
    report = own_report(request, report_id)
    # Of a remark that has not been sent back with the report the school knows nothing.
    told = Remark.objects.filter(submission__report=report, submission__decision=Decision.RETURNED)
    remark = told.filter(pk=remark_id).first()
    if request.method == "GET":
        if remark is None:
            return redirect("author:report", report.pk)
        return redirect(f"{section_url(report, remark.section)}#answer-{remark.pk}")
    answer = request.POST.get("answer", "")
    try:
        remark = comments.answer(report.pk, remark_id, answer, request.actor)
    except transitions.Refused as refusal:
        messages.error(request, str(refusal))
        if remark is None:
            return redirect("author:report", report.pk)
        key = SectionKey(remark.section)
        part = SECTIONS[key].of(report)
        form = FORMS[key].for_part(part)
        return section_page(request, report, key, form, part.version, status=409, answered=(remark, answer))
    left = remark.submission.remarks.filter(settled_at__isnull=True).count()
    following = f"还有 {left} 条审核意见待答复。" if left else "审核意见已全部答复，请检查并提交。"
    messages.success(request, f"已答复，并标为已处理。{following}", extra_tags=request.path)
    return redirect(section_url(report, remark.section))


# --- looking ----------------------------------------------------------------------------------------------------------


@school_only
@require_GET
def preview(request, report_id: int):
    """The report as the public would see it, marked as a draft."""
    report = own_report(request, report_id)
    return render(request, "author/preview.html", {"report": report, "document": assemble(report).public()})


@school_only
@require_GET
def preview_pdf(request, report_id: int):
    """The same as PDF."""
    report = own_report(request, report_id)
    document = assemble(report).public()
    if any(completeness.oversized(document)):
        return redirect("author:check", report.pk)
    response = HttpResponse(render_pdf(document, draft=True), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{document.title or '报告'}（草稿）.pdf")
    return response


@school_only
@require_GET
def preview_docx(request, report_id: int):
    """The whole report as a Word file marked as a draft, for the school's own use: with what the public does not see."""
    report = own_report(request, report_id)
    document = assemble(report)
    if any(completeness.oversized(document)):
        return redirect("author:check", report.pk)
    response = HttpResponse(word.render(document, draft=True), content_type=word.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{document.title or '报告'}（草稿）.docx")
    return response


@school_only
@require_GET
def history(request, report_id: int):
    """Who did what to the report, and when."""
    report = get_object_or_404(Report.objects.visible_to(request.actor).with_context(), pk=report_id)
    page = page_of(request, story_of(report, Reader.SCHOOL), ENTRIES_A_PAGE)
    return render(request, "author/history.html", {"report": report, "page": page})


# --- handing in -------------------------------------------------------------------------------------------------------


@school_only
@require_GET
def check(request, report_id: int):
    """Everything that is missing or does not fit, and the way to hand in."""
    return check_page(request, own_report(request, report_id))


def check_page(request, report: Report, problem: str = "", status: int = 200, unsaved: Unsaved | None = None):
    """The page of the checks; ``problem`` is why something was not done, ``unsaved`` the reason that was not taken."""
    progress = progress_of(report)
    judgement = progress.judgement
    actions = [
        action
        for action in (Action.REQUEST_SIGNOFF, Action.SUBMIT, Action.SIGN_OFF)
        if transitions.why_not(action, report, request.actor) is None
    ]
    action = actions[0] if actions else None
    why_not = permissions.why_not_answer_finding(request.actor, report)
    answering = AnswerForms(report, judgement, why_not, unsaved=unsaved)
    needs_late_reason = transitions.needs_late_reason(report)
    shown = presentation.shown_in(judgement, report)
    if unsaved:
        # What was written and not taken must be seen, however many findings come before.
        shown.sort(key=lambda one: one.judged.finding.key != unsaved.key)
    return render(
        request,
        "author/check.html",
        {
            "report": report,
            "progress": progress,
            "score": score_of(report, judgement),
            "answering": answering,
            "groups": checklist.groups(shown, beside_text=action is Action.SIGN_OFF),
            "unsettled": progress.remarks,
            "may_hand_in": action is not None and progress.is_ready,
            "told": [one for one in shown if not one.judged.is_open],
            "parts": checklist.by_part([one for one in shown if not one.judged.is_open], all_parts=True),
            "action": action,
            "needs_late_reason": needs_late_reason,
            "late_since": report.campaign.closes_on if needs_late_reason and not report.late_reason else None,
            "late_reason": request.POST.get("late_reason", report.late_reason),
            "sha256": progress.document.hash,
            "problem": problem,
            "document": progress.document.public(),
        },
        status=status,
    )


@school_only
@require_http_methods(["GET", "POST"])
def act(request, report_id: int, action: str):
    """Take a step: GET asks to confirm what cannot be undone, POST takes it."""
    try:
        action = Action(action)
    except ValueError:
        raise Http404(f"there is no action {action!r}") from None
    report = own_report(request, report_id)
    require(permissions.why_not_act(request.actor, report, action))
    hands_in = action in (Action.REQUEST_SIGNOFF, Action.SUBMIT, Action.SIGN_OFF)
    if request.method == "GET":
        return redirect("author:check", report.pk) if hands_in else _confirm_page(request, report, action)
    try:
        done = transitions.perform(
            action,
            report.pk,
            request.actor,
            sha256=request.POST.get("sha256", ""),
            late_reason=request.POST.get("late_reason", ""),
            comment=request.POST.get("comment", ""),
        )
    except transitions.Refused as refusal:
        report = own_report(request, report_id)
        if hands_in:
            return check_page(request, report, str(refusal), status=409)
        return _confirm_page(request, report, action, str(refusal), status=409)
    said = _DONE[action].format(office=done.campaign.province.office)
    messages.success(request, said, extra_tags=request.path)
    return redirect("author:report", report.pk)


def _confirm_page(request, report: Report, action: Action, problem: str = "", status: int = 200):
    return render(
        request,
        "author/confirm.html",
        {
            "report": report,
            "action": action,
            "consequence": _consequence(report, action),
            "asks_comment": bool(transitions.TRANSITIONS[action].comment),
            "comment_label": _COMMENT_LABELS.get(action, ""),
            "comment": request.POST.get("comment", ""),
            "problem": problem or transitions.why_not(action, report, request.actor),
        },
        status=status,
    )


def _consequence(report: Report, action: Action) -> str:
    sentence = _CONSEQUENCES[action].format(office=report.campaign.province.office)
    if action is Action.RECALL and transitions.recall_makes_late(report):
        sentence += "填报已经截止，撤回后再提交会记为逾期。"
    return sentence


_DONE = {
    Action.REQUEST_SIGNOFF: "已送分管领导审签。签发之后，报告会提交给{office}。",
    Action.SUBMIT: "已提交给{office}。审核结果会显示在工作台。",
    Action.SIGN_OFF: "已签发，并提交给{office}。",
    Action.DECLINE: "已退回填报人修改。",
    Action.RECALL: "已撤回，可以继续修改。改好后请重新提交。",
    Action.START_CORRECTION: "现在可以修改报告。更正发布之前，公众看到的仍是原来的版本。",
    Action.DISCARD_CORRECTION: "已放弃更正，报告恢复为已发布的内容。",
}
_CONSEQUENCES = {
    Action.DECLINE: "报告会退回填报人，由填报人修改后再次送您审签。",
    Action.RECALL: "报告会回到填写状态，{office}暂时看不到它；改好后需要重新提交。",
    Action.START_CORRECTION: "您将修改报告的新版本；在{office}审核通过之前，公众看到的仍是现在的版本。"
    "修改之后须重新进行保密审查。",
    Action.DISCARD_CORRECTION: "更正期间所做的修改会全部丢弃，报告恢复为已发布的内容。丢弃后无法找回。",
}
_COMMENT_LABELS = {
    Action.DECLINE: "需要修改什么",
    Action.START_CORRECTION: "更正原因（发布后向公众显示）",
}

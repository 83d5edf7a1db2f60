"""The school's side: from a file to the draft, and back out of it."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from disclosure.components import Problem
from disclosure.drafting import saving, sources
from disclosure.drafting.forms.imports import ACCEPTED, FileForm, PasteForm
from disclosure.drafting.imports import apply, confirmation, intake
from disclosure.health import outage_of
from disclosure.importing.errors import LARGEST_FILE, Unreadable
from disclosure.importing.isolation import take_apart, take_apart_pasted
from disclosure.models import Import, Report
from disclosure.report.enums import ImportState, SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow import permissions
from disclosure.workflow.addressing import number, own_report
from disclosure.workflow.transitions import Refused
from schools.access import is_our_address, require, school_only
from schools.lines import one_line
from schools.storage import Unavailable

logger = logging.getLogger(__name__)

# What a form of several parts takes besides its one long field.
_FORM_ITSELF = 16 * 1024
NOT_KEPT = "文件已经读取，但暂时存不进去，没有导入，草稿没有改动。请过一会儿重新选择文件，再上传一次。"
NOT_KEPT_PASTED = "粘贴的内容已经读取，但暂时存不进去，没有导入，草稿没有改动。内容还在这里，请过一会儿再试。"
NOT_NOW = "来源文件「{}」暂时取不出来，请过一会儿再下载。"
LOST = "来源文件「{}」已经丢失或损坏，不能下载。请联系系统维护人员，告知编号 {}。"
BROKEN = "收到的内容不完整，没有改动。请看下面现在的样子，再试一次。"


# --- loading ----------------------------------------------------------------------------------------------------------


def _import(request, report_id: int, import_id: int) -> Import:
    """The import of the school's own report; of another school's nobody knows anything."""
    visible = Import.objects.visible_to(request.actor).select_related("uploaded_by", "applied_by", "ended_by")
    return get_object_or_404(visible, pk=import_id, report_id=report_id)


# --- bringing in ------------------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def new(request, report_id: int):
    """Choose a file, or paste; what it was taken apart into waits to be confirmed."""
    report = own_report(request, report_id)
    require(permissions.why_not_as_author(request.actor, report))
    if reason := permissions.why_not_import(request.actor, report):
        messages.error(request, f"现在不能导入。{reason}")
        return redirect("author:report", report.pk)
    if request.method == "GET":
        return _new_page(request, report, FileForm(), PasteForm())
    if "pasted" in request.POST:
        return _paste(request, report)
    form = FileForm(request.POST, request.FILES)
    status = 400
    if form.is_valid():
        source = form.cleaned_data["source"]
        content = source.read()
        try:
            one = intake.take_in(report.pk, content, source.name, take_apart(content, source.name), request.actor)
        except Unreadable as problem:
            form.add_error("source", str(problem))
        except Unavailable as problem:
            form.add_error("source", _not_kept(problem, NOT_KEPT))
            status = 503
        except Refused as refusal:
            return _not_now(request, report, refusal)
        else:
            return redirect("author:import", report.pk, one.pk)
    return _new_page(request, report, form, PasteForm(), status=status)


def _paste(request, report: Report):
    form = PasteForm(request.POST)
    status = 400
    if form.is_valid():
        pasted = form.cleaned_data["pasted"]
        try:
            one = intake.take_in(
                report.pk, pasted.encode(), intake.PASTED, take_apart_pasted(pasted), request.actor, pasted=True
            )
        except Unreadable as problem:
            form.add_error("pasted", str(problem))
        except Unavailable as problem:
            form.add_error("pasted", _not_kept(problem, NOT_KEPT_PASTED))
            status = 503
        except Refused as refusal:
            return _not_now(request, report, refusal)
        else:
            messages.success(request, "粘贴的内容已经读取，请核对。", extra_tags=request.path)
            return redirect("author:import", report.pk, one.pk)
    return _new_page(request, report, FileForm(), form, status=status)


def _not_kept(problem: Unavailable, words: str) -> str:
    """Why a file cannot be kept, where that is known, and what to do."""
    outage = outage_of(problem)
    return f"{outage.sentence}。{words}" if outage else words


def _not_now(request, report: Report, refusal: Exception):
    messages.error(request, f"没有导入。{refusal}")
    return redirect("author:report", report.pk)


def _new_page(request, report: Report, file_form, paste_form, status: int = 200):
    return render(
        request,
        "author/import_new.html",
        {
            "report": report,
            "file_form": file_form,
            "paste_form": paste_form,
            "open_import": report.imports.filter(state=ImportState.OPEN).select_related("uploaded_by").first(),
            "accepted": ",".join(ACCEPTED),
            "largest": LARGEST_FILE,
            "largest_mb": LARGEST_FILE // 1024 // 1024,
            "largest_paste": settings.DATA_UPLOAD_MAX_MEMORY_SIZE - _FORM_ITSELF,
            "largest_paste_mb": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024,
        },
        status=status,
    )


# --- confirming -------------------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def show(request, report_id: int, import_id: int):
    """One import: while it is open, block by block with what each becomes; after that, what became of it."""
    report, one = own_report(request, report_id), _import(request, report_id, import_id)
    if request.method == "GET":
        why_not = permissions.why_not_import(request.actor, report)
        if not one.is_open or why_not:
            return _ended_page(request, report, one, why_not)
        return _confirm_page(request, report, one, moved=number(request.GET.get("moved")))
    require(permissions.why_not_as_author(request.actor, report))
    try:
        moved = confirmation.change(one, confirmation.Sent.read(request.POST), request.actor)
    except confirmation.Broken:
        messages.error(request, BROKEN)
        return redirect("author:import", report.pk, one.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("author:import", report.pk, one.pk)
    if "next" in request.POST:
        return redirect("author:import_compare", report.pk, one.pk)
    address = reverse("author:import", args=[report.pk, one.pk])
    return redirect(f"{address}?moved={moved}#block-{moved}" if moved is not None else _back_to(request, address))


def _back_to(request, address: str) -> str:
    """The page again, where the button was that was pressed."""
    for button in ("along", "confirm"):
        if (index := number(request.POST.get(button))) is not None:
            return f"{address}#block-{index}"
    return address


def _confirm_page(request, report: Report, one: Import, moved: int | None):
    sheet = confirmation.sheet(one, moved)
    return render(
        request,
        "author/import_confirm.html",
        {
            "report": report,
            "one": one,
            "sheet": sheet,
            "moved": moved,
            "targets": confirmation.target_groups(),
            "is_of_another_year": intake.is_of_another_year(sheet.proposal, report),
            "is_of_another_school": intake.is_of_another_school(sheet.proposal, report),
            "takes_period": one.choices.get("period"),
            "takes_contacts": one.choices.get("contacts"),
        },
    )


def _ended_page(request, report: Report, one: Import, why_not: str | None):
    done = apply.undoing(one, report, request.actor) if one.is_applied else None
    sheet = confirmation.sheet(one)
    return render(
        request,
        "author/import_ended.html",
        {
            "report": report,
            "one": one,
            "why_not_import": why_not,
            "why_not_undo": apply.why_not_undo(_with(one, report), report, request.actor),
            "sections": [SECTIONS[key] for key in SectionKey if key in one.before.get("parts", {})],
            "left_out": [(SECTIONS[key], rows) for key, rows in one.before.get("left_out", {}).items()],
            "undoing": done,
            "not_taken": len(sheet.questions) - sheet.ticked,
        },
    )


def _with(one: Import, report: Report) -> Import:
    one.report = report
    return one


# --- comparing and writing --------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def compare(request, report_id: int, import_id: int):
    """What stands in the draft beside what would be written; posting writes it."""
    report, one = own_report(request, report_id), _import(request, report_id, import_id)
    require(permissions.why_not_as_author(request.actor, report))
    if not one.is_open or permissions.why_not_import(request.actor, report):
        return redirect("author:import", report.pk, one.pk)
    if request.method == "GET":
        return _compare_page(request, report, one)
    ways = {key: request.POST[f"way-{key}"] for key in SectionKey if f"way-{key}" in request.POST}
    versions = {key: number(request.POST.get(f"version-{key}")) for key in SectionKey}
    revision = number(request.POST.get("revision"))
    try:
        written = apply.apply(one, revision, ways, versions, request.actor)
    except apply.Undecided as open_parts:
        return _compare_page(request, report, one, ways, undecided=open_parts.keys, status=400)
    except apply.Overtaken as gone:
        # What the colleague saved is read anew.
        report = own_report(request, report_id)
        return _compare_page(request, report, one, ways, overtaken=gone.keys, status=409)
    except (Refused, saving.Locked) as refusal:
        messages.error(request, f"没有写入。{refusal}")
        return redirect("author:import_compare", report.pk, one.pk)
    messages.success(request, f"已写入 {len(written)} 个部分。")
    return redirect("author:import", report.pk, one.pk)


def _compare_page(request, report: Report, one: Import, ways=None, overtaken=(), undecided=(), status: int = 200):
    comparisons = apply.compare(one, report, request.actor, ways, overtaken, undecided)
    problems = [
        Problem(f"{SECTIONS[key].heading}：请选择怎样处理现有内容", f"#id_way-{key}-replace") for key in undecided
    ] + [Problem(f"{SECTIONS[key].heading}：您比较之后有人保存过，请再看一遍", f"#part-{key}") for key in overtaken]
    return render(
        request,
        "author/import_compare.html",
        {
            "report": report,
            "one": one,
            "comparisons": comparisons,
            "may_write": any(not one.why_locked and not one.is_same for one in comparisons),
            "untouched": apply.untouched(comparisons),
            "problems": problems,
            "problem_title": "没有写入",
        },
        status=status,
    )


# --- stepping back ----------------------------------------------------------------------------------------------------


@school_only
@require_http_methods(["GET", "POST"])
def undo(request, report_id: int, import_id: int):
    """Take back what an import has written, after asking."""
    report = own_report(request, report_id)
    one = _with(_import(request, report_id, import_id), report)
    require(permissions.why_not_as_author(request.actor, report))
    if reason := apply.why_not_undo(one, report, request.actor):
        messages.error(request, f"不能撤销。{reason}")
        return redirect("author:import", report.pk, one.pk)
    if request.method == "GET":
        return render(
            request,
            "author/import_undo.html",
            {"report": report, "one": one, "undoing": apply.undoing(one, report, request.actor)},
        )
    try:
        done = apply.undo(one, request.actor)
    except (Refused, saving.Locked) as refusal:
        messages.error(request, f"没有撤销。{refusal}")
        return redirect("author:import", report.pk, one.pk)
    left = "；".join(section.short_title for section in done.left)
    messages.success(
        request,
        f"已撤销，{len(done.restored)} 个部分恢复为导入之前的内容。"
        + (f"导入之后修改过的没有动：{left}。" if left else ""),
    )
    return redirect("author:report", report.pk)


@school_only
@require_http_methods(["GET", "POST"])
def discard(request, report_id: int, import_id: int):
    """Give an import up that has not been written, after asking."""
    report, one = own_report(request, report_id), _import(request, report_id, import_id)
    require(permissions.why_not_as_author(request.actor, report))
    if not one.is_open:
        return redirect("author:import", report.pk, one.pk)
    if request.method == "GET":
        return render(request, "author/import_discard.html", {"report": report, "one": one})
    intake.abandon(one, request.actor)
    messages.success(request, "已放弃这次导入，草稿没有改动。")
    return redirect("author:report", report.pk)


# --- the file itself --------------------------------------------------------------------------------------------------


@school_only
@require_GET
def source(request, report_id: int, import_id: int):
    """The file as it was uploaded."""
    one = _import(request, report_id, import_id)
    return source_response(request, one, reverse("author:import", args=[report_id, import_id]))


def source_response(request, one: Import, page: str) -> HttpResponse:
    """An imported file to be saved to disk. Whatever it is, the browser shows nothing of it.

    Where the storage does not give it, the page it was asked for from says so, or ``page``.
    """
    try:
        content = sources.read(one.sha256)
    except Unavailable:
        return _without_source(request, page, NOT_NOW.format(one.name))
    except sources.Lost as problem:
        logger.error("The source of import %s cannot be read: %s", one.pk, problem)
        return _without_source(request, page, LOST.format(one.name, request.id))
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, one_line(one.name))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _without_source(request, page: str, sentence: str):
    messages.error(request, sentence)
    referer = request.headers.get("Referer", "")
    return redirect(referer if is_our_address(request, referer) else page)

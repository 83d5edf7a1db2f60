"""Mending with one click what the checks have found in a part."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from disclosure.chinese.dates import chinese_moment
from disclosure.drafting import apply_fix, saving
from disclosure.drafting.apply_fix import Mended, mend
from disclosure.drafting.forms.parts import FORMS, BrokenForm
from disclosure.drafting.views import author
from disclosure.models import Report
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.workflow.addressing import own_report, part_key
from disclosure.workflow.transitions import Refused
from schools.access import school_only, wants_json


@school_only
@require_http_methods(["GET", "POST"])
def fix(request, report_id: int, key: str):
    """Take the fix of one finding (``fix``), or of all of its kind in the part (``fix_all``).

    The page with scripts has saved what was typed, names the version and gets JSON; without scripts the whole form is
    sent, and saved first. Who comes back by GET, from signing in, finds the part.
    """
    key = part_key(key)
    report = own_report(request, report_id)
    if request.method == "GET":
        return redirect(author.section_url(report, key))
    is_all = "fix_all" in request.POST
    ident = request.POST.get("fix_all" if is_all else "fix", "")
    if wants_json(request):
        return _in_place(request, report, key, ident, is_all)
    _, saved, refused = author.save_as_sent(request, report, key)
    if refused:
        return refused
    try:
        mended = mend(report.pk, key, ident, is_all, SECTIONS[key].of(saved).version, request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except saving.Locked as locked:
        messages.error(request, f"没有修改。{locked}")
    except saving.Clash:
        messages.error(request, apply_fix.GONE)
    else:
        messages.success(request, _said(mended))
        return redirect(author.section_url(report, key, mended.field))
    return redirect(author.section_url(report, key))


def _in_place(request, report: Report, key: SectionKey, ident: str, is_all: bool) -> JsonResponse:
    """Answers like ``author.autosave``, and with the fields that hold something else now (``values``)."""
    if request.headers.get("X-Writer") != str(request.user.pk):
        return JsonResponse({"state": "signed_out"}, status=401)
    before = FORMS[key].sent_for(SECTIONS[key].of(report))
    try:
        mended = mend(report.pk, key, ident, is_all, author.base_version(request), request.actor)
    except BrokenForm:
        return JsonResponse({"state": "refused", "message": author.BROKEN_IN_PLACE}, status=400)
    except Refused as refusal:
        return JsonResponse({"state": "refused", "message": str(refusal)}, status=400)
    except saving.Locked as locked:
        return JsonResponse({"state": "locked", "message": str(locked)}, status=403)
    except saving.Clash as found:
        return JsonResponse({"state": "refused", "message": _newer(found.part)}, status=400)
    part = SECTIONS[key].of(mended.report)
    after = FORMS[key].sent_for(part)
    told = author.saved_answer(request, mended.report, key, FORMS[key].for_part(part).all_errors())
    values = {name: value for name, value in after.items() if before.get(name) != value}
    return JsonResponse(told | {"values": values, "said": _said(mended)})


def _said(mended: Mended) -> str:
    return f"已修改 {mended.count} 处，并已保存。"


def _newer(part) -> str:
    who = part.saved_by.name if part.saved_by else "系统"
    when = f"于 {chinese_moment(part.saved_at)} " if part.saved_at else ""
    return f"没有修改：{who}{when}保存了这一部分，本页显示的是之前的内容。请刷新页面后再试。"

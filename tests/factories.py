"""What the tests are made of: one plain function a thing, with sensible values for whatever a test does not name."""

import copy
import datetime
import itertools

from django.utils import timezone

from disclosure.drafting import sources
from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Campaign, Head, Import, Report
from disclosure.models.assembly import assemble, complete, disassemble
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, Action, ImportState, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import comments, permissions, transitions
from schools.actor import Actor
from schools.enums import PROVINCE_ROLES, Role
from schools.models import Membership, Province, School, User

PASSWORD = "plum-blossom-26"

_numbers = itertools.count(1)


def make_province(code="91", name="甲省", **values):
    """A province with its office."""
    return Province.objects.create(code=code, name=name, **{"office": f"{name}教育厅办公室"} | values)


def make_school(province, name=None, **values):
    """A school that takes part."""
    number = next(_numbers)
    name = name or f"{province.name}第{number}学院"
    return School.objects.create(province=province, name=name, **{"slug": f"school-{number}"} | values)


def latest_year() -> int:
    """The year of the latest report whose period, to 31 August, is over."""
    today = timezone.localdate()
    return today.year if today > datetime.date(today.year, 8, 31) else today.year - 1


def make_campaign(province, year=None, **values):
    """The campaign of one year, open since a month ago and for another month, whatever day the tests run on."""
    today = timezone.localdate()
    year = year or latest_year()
    return Campaign.objects.create(
        province=province,
        year=year,
        **{
            "label": f"{year - 1}-{year}学年度",
            "period_start": datetime.date(year - 1, 9, 1),
            "period_end": datetime.date(year, 8, 31),
            "opens_on": today - datetime.timedelta(days=30),
            "closes_on": today + datetime.timedelta(days=30),
            "addressee": province.office,
        }
        | values,
    )


def make_user(username=None, name=None, **values):
    """A person with ``PASSWORD``, without any membership."""
    number = next(_numbers)
    username = username or f"user-{number}"
    return User.objects.create_user(username=username, name=name or f"人员{number}", password=PASSWORD, **values)


def make_membership(role, organisation, user=None, **values):
    """``user``, or a new person, in ``role`` for a school or a province, as the role asks."""
    place = "province" if role in PROVINCE_ROLES else "school"
    return Membership.objects.create(user=user or make_user(), role=role, **{place: organisation}, **values)


def make_actor(role, organisation, username=None, name=None, **values):
    """A new person who acts in ``role`` for ``organisation``."""
    user = make_user(username, name, **values)
    return Actor(user=user, membership=make_membership(role, organisation, user=user))


# --- Reports ------------------------------------------------------------------------------------------------

_TEXTS = {
    SectionKey.OVERVIEW: (
        "<p>本学年度，学校把信息公开纳入年度重点工作，由党政办公室牵头，各部门各负其责。</p>"
        "<h3>（一）健全工作机制</h3><p>学校修订了信息公开实施细则，明确了保密审查的程序和责任人。</p>"
        "<h3>（二）加强队伍建设</h3><p>全年组织信息公开培训2次，共60人次参加。</p>"
    ),
    SectionKey.PROACTIVE: (
        "<p>学校通过官网、微信公众号等渠道主动公开信息，方便师生和社会公众查阅。</p>"
        "<p>按照公布&lt;高等学校信息公开事项清单&gt;的通知要求，逐项公开了招生、财务等信息。</p>"
    ),
    SectionKey.ON_REQUEST: "<p>本学年度共收到信息公开申请3件，全部按时答复，没有收取费用。</p>",
    SectionKey.EVALUATION: "<p>学校向师生发放问卷，收回200份，对信息公开工作表示满意的占97.5%。</p>",
    SectionKey.COMPLAINTS: "<p>本学年度没有因信息公开工作受到举报，也没有发生行政复议和行政诉讼。</p>",
    SectionKey.EXPERIENCE: (
        "<h3>（一）主要经验</h3><p>定期检查公开栏目，发现问题及时通知责任部门。</p>"
        "<h3>（二）存在的问题</h3><p>个别栏目更新不够及时，部分公示只在网页发布，师生查找不便；新任联络员对审核程序还不够熟悉。</p>"
        "<h3>（三）改进措施</h3><p>每月通报一次各栏目的更新情况。</p>"
    ),
    SectionKey.OTHER: "<p>无其他需要报告的事项。</p>",
}

_FIGURES = {
    SectionKey.OVERVIEW: {
        "training_sessions": 2,
        "training_departments": 15,
        "training_staff": 60,
        "liaison_staff": 18,
        "rules": [{"name": "信息公开实施细则", "number": "院办〔2022〕7号", "url": "https://www.example.edu.cn/xxgk"}],
    },
    SectionKey.PROACTIVE: {
        "channels": [
            {"channel": "website", "name": "学校官网", "count": 820},
            {"channel": "wechat", "name": "官方微信公众号", "count": 380},
        ],
        "total": 1200,
        "items_listed": 50,
        "items_not_applicable": 4,
    },
    SectionKey.ON_REQUEST: {
        "received": 3,
        "carried_in": 0,
        "granted": 2,
        "partly_granted": 0,
        "refused": 1,
        "refused_by": {"privacy": 1},
        "carried_out": 0,
        "by_applicant": {
            "campus": {"received": 2, "granted": 2},
            "individual": {"received": 1, "refused": 1, "refused_by": {"privacy": 1}},
        },
        "fees_charged": 0,
        "fees_waived": 0,
        "longest_days": 12,
        "mean_days": 8.5,
        "late_answers": 0,
    },
    SectionKey.EVALUATION: {"methods": ["问卷调查", "座谈会"], "responses": 200, "satisfaction_percent": 97.5},
    SectionKey.COMPLAINTS: {
        "reports": 0,
        "reports_upheld": "n/a",
        "reports_closed": "n/a",
        "reconsiderations": 0,
        "lawsuits": 0,
    },
}

# Numbers and mailboxes that nobody can have: no area is 0000, no mobile begins with 100, no QQ number is 0.
_CONTACTS = [
    {"role": "leader", "name": "方分管", "position": "副院长", "office_phone": "0000-0000001"},
    {
        "role": "head",
        "name": "唐主任",
        "position": "党政办公室主任",
        "office_phone": "0000-0000002",
        "mobile": "10000000002",
        "email": "office@example.edu.cn",
    },
    {
        "role": "liaison",
        "name": "宋联络",
        "position": "党政办公室秘书",
        "office_phone": "0000-0000003",
        "mobile": "10000000003",
        "email": "0@qq.com",
    },
]


def full_document(school=None, year=None, **changes) -> Document:
    """A report in which no check finds anything, of ``school`` for the campaign ``make_campaign`` makes of ``year``.

    ``changes`` replace what stands in its interchange form: a key at the top (``title="…"``), or with ``__`` a path
    (``sections__overview__body="<p>…</p>"``, ``sections__complaints__figures__reports=2``).
    """
    year = year or latest_year()
    name = school.name if school else "甲省明德学院"
    province = school.province if school else None
    data = {
        "schema": "disclosure-report/1",
        "province": {"code": province.code, "name": province.name, "office": province.office}
        if province
        else {"code": "91", "name": "甲省", "office": "甲省教育厅办公室"},
        "school": {"slug": school.slug if school else "jiasheng-mingde-xueyuan", "name": name},
        "year": year,
        "label": f"{year - 1}-{year}学年度",
        "period": {"start": f"{year - 1}-09-01", "end": f"{year}-08-31"},
        "title": f"{name}{year - 1}-{year}学年度信息公开工作报告",
        "addressee": f"{province.name if province else '甲省'}教育厅办公室",
        "preamble": "<p>根据《高等学校信息公开办法》，现将本学年度信息公开工作情况报告如下。</p>",
        "sections": {
            key.value: {
                "heading": SECTIONS[key].heading,
                "body": _TEXTS[key],
                "figures": copy.deepcopy(_FIGURES.get(key, {})),
            }
            for key in MANDATED
        },
        "contacts": copy.deepcopy(_CONTACTS),
        "signature": {"organisation": name, "date": f"{year}-10-20"},
        "confidentiality_review": {"reviewer": "周保密", "date": f"{year}-10-18"},
    }
    for path, value in changes.items():
        *steps, last = path.split("__")
        inner = data
        for step in steps:
            inner = inner[step]
        inner[last] = value
    return Document.model_validate(data)


def make_import(report, content: bytes = b"PK\x03\x04 a Word file", name="年报.docx", **values) -> Import:
    """A file that was imported into ``report`` when its draft was written; nothing is proposed of it."""
    person = someone(Role.AUTHOR, report.school).user
    at = report.created_at
    return Import.objects.create(
        report=report,
        name=name,
        sha256=sources.keep(content),
        size=len(content),
        **{
            "uploaded_at": at,
            "uploaded_by": person,
            "state": ImportState.APPLIED,
            "applied_at": at,
            "applied_by": person,
            "proposal": {},
        }
        | values,
    )


def someone(role, organisation) -> Actor:
    """Whoever acts in ``role`` for a school or a province, made if nobody does."""
    place = "province" if role in PROVINCE_ROLES else "school"
    found = Membership.objects.filter(role=role, is_active=True, **{place: organisation}).select_related("user").first()
    return Actor(user=found.user, membership=found) if found else make_actor(role, organisation)


def write(report, document, actor=None) -> None:
    """Put ``document`` into the parts of ``report``, as its author would by typing."""
    actor = actor or someone(Role.AUTHOR, report.school)
    disassemble(document, complete(Report.objects.filter(pk=report.pk)).get(), actor.user)


def hand_in(report, **said) -> Report:
    """Submit ``report`` as it stands, by sign-off where its school has a signatory."""
    author = someone(Role.AUTHOR, report.school)
    review_again(report)
    explain(report)
    said = {"sha256": seen(report)} | said
    if not permissions.has_signatory(report.school):
        return transitions.perform(Action.SUBMIT, report.pk, author, **said)
    transitions.perform(Action.REQUEST_SIGNOFF, report.pk, author, **said)
    return transitions.perform(Action.SIGN_OFF, report.pk, someone(Role.SIGNATORY, report.school), **said)


def review_again(report) -> None:
    """Confirm the confidentiality review, where a correction asks for it anew, as its author would before handing in."""
    unreviewed = Head.objects.filter(report=report, confidentiality_reviewer="").exclude(report__correction_reason="")
    unreviewed.update(confidentiality_reviewer="周保密", confidentiality_date=timezone.localdate())


def explain(report, reason="已经核对，情况属实。") -> None:
    """Answer every warning that nobody has answered, as the author of ``report`` would before handing it in."""
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    if keys := [one.finding.key for one in judgement.unanswered]:
        responses.answer(report.pk, keys, reason, someone(Role.AUTHOR, report.school))


def seen(report) -> str:
    """The hash a person sees who looks at ``report`` now: of what is under review, else of what stands in its parts."""
    pending = transitions.pending_submission(report)
    return pending.sha256 if pending else assemble(complete(Report.objects.filter(pk=report.pk)).get()).hash


def make_report(school=None, campaign=None, status=Status.DRAFT, document=None, remarks=None, **said) -> Report:
    """A report brought to ``status`` through the workflow, as ``full_document`` or as ``document`` has it.

    People who are missing are made; awaiting sign-off gives the school a signatory. ``remarks`` are what a returned
    one was returned with, by section (概述 if not named). ``said`` goes with handing in (``late_reason``).
    """
    school = school or make_school(campaign.province if campaign else make_province())
    campaign = campaign or make_campaign(school.province)
    author, reviewer = someone(Role.AUTHOR, school), someone(Role.REVIEWER, school.province)
    report = transitions.start(campaign, author)
    write(report, document or full_document(school, campaign.year), author)
    if status == Status.AWAITING_SIGNOFF:
        someone(Role.SIGNATORY, school)
        explain(report)
        report = transitions.perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=seen(report), **said)
    elif status != Status.DRAFT:
        report = hand_in(report, **said)
    if status == Status.RETURNED:
        for key, text in (remarks or {SectionKey.OVERVIEW: "请补充培训的时间。"}).items():
            comments.add(report.pk, key, text, reviewer)
        report = transitions.perform(
            Action.SEND_BACK, report.pk, reviewer, sha256=seen(report), comment="请按各部分的意见修改。"
        )
    if status in (Status.PUBLISHED, Status.WITHDRAWN):
        report = transitions.perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    if status == Status.WITHDRAWN:
        report = transitions.perform(Action.WITHDRAW, report.pk, reviewer, comment="附件内容有误，更正后重新公开。")
    return report


def make_versions(school, campaign, number=2) -> Report:
    """A report that was published and corrected: its newest version is ``number``."""
    report = make_report(school, campaign, Status.PUBLISHED)
    author, reviewer = someone(Role.AUTHOR, school), someone(Role.REVIEWER, school.province)
    for _ in range(number - 1):
        transitions.perform(Action.START_CORRECTION, report.pk, author, comment="满意率有误。")
        report = hand_in(report)
        report = transitions.perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    return report

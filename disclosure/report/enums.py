"""Closed vocabularies of the report. Imports nothing of ours."""

from django.db import models


class SectionKey(models.TextChoices):
    """The parts of a report that are written, saved, locked and remarked on one by one."""

    HEAD = "head", "标题、引言与落款"
    OVERVIEW = "overview", "概述"
    PROACTIVE = "proactive", "主动公开情况"
    ON_REQUEST = "on_request", "依申请公开和不予公开情况"
    EVALUATION = "evaluation", "对信息公开的评议情况"
    COMPLAINTS = "complaints", "因学校信息公开工作受到举报、复议、诉讼的情况"
    EXPERIENCE = "experience", "主要经验、问题和改进措施"
    OTHER = "other", "其他需要报告的事项"
    CONTACTS = "contacts", "信息公开工作联系方式"


# The seven sections, in the order of the ministry's notice 教办厅函〔2018〕80号.
MANDATED = (
    SectionKey.OVERVIEW,
    SectionKey.PROACTIVE,
    SectionKey.ON_REQUEST,
    SectionKey.EVALUATION,
    SectionKey.COMPLAINTS,
    SectionKey.EXPERIENCE,
    SectionKey.OTHER,
)


class Status(models.TextChoices):
    """Where a report stands. The labels are what the school reads; see ``REVIEWER_LABELS``."""

    DRAFT = "draft", "填写中"
    AWAITING_SIGNOFF = "awaiting_signoff", "待领导审签"
    SUBMITTED = "submitted", "已提交，待审核"
    RETURNED = "returned", "退回修改"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回公开"


REVIEWER_LABELS = {
    Status.DRAFT: "学校填写中",
    Status.AWAITING_SIGNOFF: "学校审签中",
    Status.SUBMITTED: "待审核",
    Status.RETURNED: "已退回，待学校修改",
    Status.PUBLISHED: "已发布",
    Status.WITHDRAWN: "已撤回公开",
}

# Whose turn it is.
AUTHORS_TURN = frozenset({Status.DRAFT, Status.RETURNED})
SIGNATORYS_TURN = frozenset({Status.AWAITING_SIGNOFF})
WITH_SCHOOL = AUTHORS_TURN | SIGNATORYS_TURN
REVIEWERS_TURN = frozenset({Status.SUBMITTED})
NOBODYS_TURN = frozenset({Status.PUBLISHED, Status.WITHDRAWN})


class Action(models.TextChoices):
    """What a person may do to a report as a whole; the labels stand on the buttons."""

    REQUEST_SIGNOFF = "request_signoff", "送分管领导审签"
    SIGN_OFF = "sign_off", "签发并提交"
    DECLINE = "decline", "退回填报人修改"
    SUBMIT = "submit", "提交审核"
    RECALL = "recall", "撤回修改"
    SEND_BACK = "send_back", "退回修改"
    APPROVE = "approve", "审核通过并发布"
    WITHDRAW = "withdraw", "撤回公开"
    REOPEN = "reopen", "重新开放填报"
    START_CORRECTION = "start_correction", "更正报告"
    DISCARD_CORRECTION = "discard_correction", "放弃更正"


class Decision(models.TextChoices):
    """What became of one submission."""

    PENDING = "pending", "待审核"
    RECALLED = "recalled", "学校撤回"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "审核通过"
    ENDED = "ended", "已终止"


class ImportState(models.TextChoices):
    """What became of one file that was brought into a draft."""

    OPEN = "open", "待确认"
    APPLIED = "applied", "已写入"
    UNDONE = "undone", "已撤销"
    ABANDONED = "abandoned", "已放弃"


class Severity(models.TextChoices):
    """What a finding of a check asks: an error blocks, a warning wants to be mended or explained."""

    ERROR = "error", "须改正"
    WARNING = "warning", "请核对"


class ContactRole(models.TextChoices):
    """The three rows the ministry's annex asks for, and any further person."""

    LEADER = "leader", "学校分管领导"
    HEAD = "head", "部门负责人"
    LIAISON = "liaison", "工作联系人"
    ADDITIONAL = "additional", "其他联系人"


MANDATED_CONTACTS = (ContactRole.LEADER, ContactRole.HEAD, ContactRole.LIAISON)


class ChannelKind(models.TextChoices):
    """The kinds of channel that figures.md names."""

    WEBSITE = "website", "官网"
    DISCLOSURE_COLUMN = "disclosure_column", "信息公开专栏"
    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    VIDEO = "video", "抖音/视频号"
    INTRANET = "intranet", "OA/内网"
    BOARD = "board", "公告栏/宣传栏/电子屏"
    PERIODICAL = "periodical", "校报/简报"
    MINUTES = "minutes", "会议纪要"
    DOCUMENT = "document", "公文"
    PRESS = "press", "新闻发布会"
    HOTLINE = "hotline", "信箱/热线"
    OTHER = "other", "其他"


class Applicant(models.TextChoices):
    """Who asked for information: the columns of the table of requests, and their total."""

    CAMPUS = "campus", "校内师生员工"
    INDIVIDUAL = "individual", "校外个人"
    ORGANISATION = "organisation", "法人或其他组织"
    TOTAL = "total", "合计"

"""Closed vocabularies of who takes part. Imports nothing of ours."""

from django.db import models


class Role(models.TextChoices):
    """What a person does for the organisation of a membership."""

    AUTHOR = "author", "填报人"
    SIGNATORY = "signatory", "分管领导"
    REVIEWER = "reviewer", "审核人"
    PROVINCE_ADMIN = "province_admin", "省级管理员"


SCHOOL_ROLES = frozenset({Role.AUTHOR, Role.SIGNATORY})
PROVINCE_ROLES = frozenset({Role.REVIEWER, Role.PROVINCE_ADMIN})


class Level(models.TextChoices):
    """办学层次."""

    UNDERGRADUATE = "undergraduate", "本科"
    VOCATIONAL = "vocational", "专科（高职）"
    ADULT = "adult", "成人高校"


class Ownership(models.TextChoices):
    """办学性质."""

    PUBLIC = "public", "公办"
    PRIVATE = "private", "民办"
    JOINT = "joint", "中外（内地与港澳台）合作办学"


class MailStatus(models.TextChoices):
    """How a mail of the outbox stands."""

    SENT = "sent", "已发送"
    WAITING = "waiting", "待发"
    FAILED = "failed", "未发出"


class EventType(models.TextChoices):
    """Everything the audit trail knows. One trail for both apps, so it lives in the lower one."""

    SIGNED_IN = "signed_in", "登录"
    SIGNED_OUT = "signed_out", "退出"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    LOCKED_OUT = "locked_out", "登录被锁定"
    PASSWORD_CHANGED = "password_changed", "修改密码"
    ORGANISATION_CHOSEN = "organisation_chosen", "切换单位"
    DENIED = "denied", "越权访问被拒绝"

    ACCOUNT_INVITED = "account_invited", "邀请账号"
    ACCOUNT_ACTIVATED = "account_activated", "启用账号"
    ACCOUNT_CHANGED = "account_changed", "修改账号"
    ACCOUNT_DEACTIVATED = "account_deactivated", "停用账号"
    ACCOUNT_REACTIVATED = "account_reactivated", "恢复账号"
    LINK_ISSUED = "link_issued", "重新发出设置密码的链接"
    PROVINCE_ADDED = "province_added", "新增省份"
    PROVINCE_CHANGED = "province_changed", "修改省份信息"
    SCHOOL_ADDED = "school_added", "新增学校"
    SCHOOL_CHANGED = "school_changed", "修改学校信息"
    CAMPAIGN_ADDED = "campaign_added", "新建填报任务"
    CAMPAIGN_CHANGED = "campaign_changed", "修改填报任务"
    SEVERITIES_CHANGED = "severities_changed", "调整检查规则的轻重"

    REPORT_STARTED = "report_started", "开始填报"
    REPORT_LOADED = "report_loaded", "补录报告"
    REPORT_CARRIED_OVER = "report_carried_over", "沿用上年报告"
    CARRIED_CONFIRMED = "carried_confirmed", "确认沿用内容"
    SECTION_SAVED = "section_saved", "保存内容"
    SOURCE_UPLOADED = "source_uploaded", "上传来源文件"
    IMPORT_APPLIED = "import_applied", "写入导入内容"
    IMPORT_UNDONE = "import_undone", "撤销导入"
    FINDING_ANSWERED = "finding_answered", "写明不改的理由"
    ANSWER_REMOVED = "answer_removed", "撤回不改的理由"
    WAIVER_ASKED = "waiver_asked", "申请豁免"
    WAIVER_GRANTED = "waiver_granted", "同意豁免"
    WAIVER_DECLINED = "waiver_declined", "不予豁免"
    REMARK_ADDED = "remark_added", "写审核意见"
    REMARK_REMOVED = "remark_removed", "删除审核意见"
    REMARK_ANSWERED = "remark_answered", "答复审核意见"
    SIGNOFF_REQUESTED = "signoff_requested", "送审签"
    SIGNED_OFF = "signed_off", "签发并提交"
    SIGNOFF_DECLINED = "signoff_declined", "审签退回"
    SUBMITTED = "submitted", "提交审核"
    RECALLED = "recalled", "撤回修改"
    RETURNED = "returned", "退回修改"
    PUBLISHED = "published", "审核通过并发布"
    WITHDRAWN = "withdrawn", "撤回公开"
    VERSION_WITHDRAWN = "version_withdrawn", "撤回旧版本"
    REOPENED = "reopened", "重新开放填报"
    CORRECTION_STARTED = "correction_started", "开始更正"
    CORRECTION_DISCARDED = "correction_discarded", "放弃更正"

"""The parts of a report as typed tables: the head, the seven sections, the contacts annex.

Each part is saved on its own, under its own version. A field that holds what its column cannot (「近两千」 for
a count) keeps the words in ``unparsed`` until the author mends them, so that nothing typed is ever lost.
"""

from django.db import models

from disclosure.models.fields import CountField, DaysField, PercentField, YuanField
from disclosure.report.enums import Applicant, ChannelKind, ContactRole
from schools.fields import LineField


class ReportPart(models.Model):
    """What every part has: the report it belongs to, and the version that saving counts up."""

    report = models.OneToOneField("disclosure.Report", models.CASCADE, related_name="%(class)s", verbose_name="报告")
    version = models.PositiveIntegerField("版本", default=0)
    saved_at = models.DateTimeField("保存时间", null=True, blank=True)
    saved_by = models.ForeignKey(
        "schools.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保存人"
    )
    unparsed = models.JSONField("未能识别的填写内容", default=dict, blank=True)
    carried_from = models.PositiveSmallIntegerField(
        "沿用自", null=True, blank=True, help_text="内容沿用哪一年的报告；修改或确认之后为空。"
    )

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.report}：{self._meta.verbose_name}"


class Head(ReportPart):
    """Title, addressee, preamble, period, signature, and who has reviewed the report for confidentiality."""

    title = LineField("报告标题", max_length=200, blank=True)
    label = LineField("报告年度", max_length=40, blank=True, help_text="学校自己的写法，例如：2022-2023学年度。")
    addressee = LineField("主送机关", max_length=100, blank=True)
    preamble = models.TextField("引言", blank=True)
    period_start = models.DateField("统计期限开始", null=True, blank=True)
    period_end = models.DateField("统计期限结束", null=True, blank=True)
    signature_organisation = LineField("落款单位", max_length=200, blank=True)
    signature_date = models.DateField("落款日期", null=True, blank=True)
    confidentiality_reviewer = LineField("保密审查人", max_length=40, blank=True)
    confidentiality_date = models.DateField("保密审查日期", null=True, blank=True)

    class Meta:
        verbose_name = "标题、引言与落款"


class NarrativePart(ReportPart):
    """One of the seven sections: a heading in the school's own words, and a text."""

    heading = LineField("本部分标题", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)

    class Meta:
        abstract = True


class Overview(NarrativePart):
    """一、概述."""

    training_sessions = CountField("信息公开培训")
    training_departments = CountField("参加培训的部门")
    training_staff = CountField("参加培训的人员")
    liaison_staff = CountField("信息公开联络员")

    class Meta:
        verbose_name = "概述"


class Rule(models.Model):
    """A rule issued or revised in the period."""

    part = models.ForeignKey(Overview, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    name = LineField("制度名称", max_length=200, blank=True)
    number = LineField("文号", max_length=200, blank=True)
    url = LineField("链接", max_length=500, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name


class Proactive(NarrativePart):
    """二、主动公开情况."""

    total = CountField("主动公开信息总数")
    total_is_approximate = models.BooleanField("总数为约数", default=False)
    total_reason = LineField("总数与各渠道之和不一致的原因", max_length=200, blank=True)
    items_listed = CountField("清单列出的公开事项")
    items_not_applicable = CountField("其中学校不涉及的事项")

    class Meta:
        verbose_name = "主动公开情况"


class Channel(models.Model):
    """One channel of proactive disclosure and how much went through it."""

    part = models.ForeignKey(Proactive, models.CASCADE, related_name="channels")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField("渠道类型", max_length=20, choices=ChannelKind.choices, blank=True)
    name = LineField("渠道名称", max_length=200, blank=True)
    count = CountField("公开数量")
    approximate = models.BooleanField("约数", default=False)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return self.name or self.get_channel_display()


class OnRequest(NarrativePart):
    """三、依申请公开和不予公开情况."""

    fees_charged = YuanField("收取费用")
    fees_waived = YuanField("减免费用")
    longest_days = DaysField("最长答复时间")
    mean_days = DaysField("平均答复时间")
    late_answers = CountField("超过规定时限的答复")

    class Meta:
        verbose_name = "依申请公开和不予公开情况"


class RequestColumn(models.Model):
    """One column of the table of requests: those of one kind of applicant, or the total."""

    part = models.ForeignKey(OnRequest, models.CASCADE, related_name="columns")
    applicant = models.CharField("申请人", max_length=20, choices=Applicant.choices)
    received = CountField("本期新收")
    carried_in = CountField("上期结转")
    granted = CountField("予以公开")
    partly_granted = CountField("部分公开")
    refused = CountField("不予公开")
    refused_state_secret = CountField("属于国家秘密")
    refused_trade_secret = CountField("属于商业秘密")
    refused_privacy = CountField("涉及个人隐私")
    refused_other_rule = CountField("其他规定不予公开")
    unavailable = CountField("无法提供")
    not_processed = CountField("不予处理")
    other_outcome = CountField("其他处理")
    carried_out = CountField("结转下期")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["part", "applicant"], name="one_column_an_applicant")]

    def __str__(self):
        return self.get_applicant_display()


class Evaluation(NarrativePart):
    """四、对信息公开的评议情况."""

    methods = models.JSONField("评议方式", default=list, blank=True)
    responses = CountField("收回评议意见")
    satisfaction_percent = PercentField("满意率")

    class Meta:
        verbose_name = "对信息公开的评议情况"


class Complaints(NarrativePart):
    """五、因学校信息公开工作受到举报、复议、诉讼的情况."""

    reports = CountField("收到举报")
    reports_upheld = CountField("其中查实")
    reports_closed = CountField("其中办结")
    reconsiderations = CountField("行政复议总计")
    reconsiderations_upheld = CountField("行政复议结果维持")
    reconsiderations_corrected = CountField("行政复议结果纠正")
    reconsiderations_other = CountField("行政复议其他结果")
    reconsiderations_pending = CountField("行政复议尚未审结")
    lawsuits = CountField("行政诉讼总计")
    lawsuits_upheld = CountField("行政诉讼结果维持")
    lawsuits_corrected = CountField("行政诉讼结果纠正")
    lawsuits_other = CountField("行政诉讼其他结果")
    lawsuits_pending = CountField("行政诉讼尚未审结")

    class Meta:
        verbose_name = "因学校信息公开工作受到举报、复议、诉讼的情况"


class Experience(NarrativePart):
    """六、主要经验、问题和改进措施."""

    class Meta:
        verbose_name = "主要经验、问题和改进措施"


class Other(NarrativePart):
    """七、其他需要报告的事项."""

    class Meta:
        verbose_name = "其他需要报告的事项"


class Contacts(ReportPart):
    """附件：信息公开工作联系方式."""

    class Meta:
        verbose_name = "信息公开工作联系方式"


class Contact(models.Model):
    """One person of the contacts annex."""

    part = models.ForeignKey(Contacts, models.CASCADE, related_name="people")
    position_in_list = models.PositiveSmallIntegerField()
    role = models.CharField("联系人类别", max_length=20, choices=ContactRole.choices)
    name = LineField("姓名", max_length=40, blank=True)
    position = LineField("职务", max_length=60, blank=True)
    office_phone = LineField("办公电话", max_length=60, blank=True)
    mobile = LineField("移动电话", max_length=30, blank=True)
    email = LineField("电子邮箱", max_length=100, blank=True)

    class Meta:
        ordering = ["position_in_list"]

    def __str__(self):
        return f"{self.get_role_display()} {self.name}"

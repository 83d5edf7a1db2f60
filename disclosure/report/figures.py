"""The figures of each section: their words, units and order, in one place for forms, pages, PDF, checks and diff.

Source: the ministry's notice 教办厅函〔2018〕80号 for what is asked; the requests' rows and their balance after the
government-wide format 国办公开办函〔2021〕30号, reduced to what a college has.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from disclosure.report.enums import SectionKey

FigureValue = int | Decimal | Literal["n/a"] | None


class Kind(StrEnum):
    """What a figure is made of."""

    COUNT = "count"  # a whole number
    YUAN = "yuan"  # two decimals
    DAYS = "days"  # working days, one decimal
    PERCENT = "percent"  # 0 to 100, one decimal


@dataclass(frozen=True)
class Figure:
    """One figure: its key in the document, its words, its unit, and how deep it is indented in a table."""

    key: str
    label: str
    unit: str
    kind: Kind = Kind.COUNT
    level: int = 0

    @property
    def column(self) -> str:
        """The name of its column and form field, which know one level only: ``refused_by.privacy``, refused_privacy."""
        return self.key.replace("_by.", "_")


# Single figures, in the order in which the forms ask and the pages tell them.
FIGURES: dict[SectionKey, tuple[Figure, ...]] = {
    SectionKey.OVERVIEW: (
        Figure("training_sessions", "信息公开培训", "次"),
        Figure("training_departments", "参加培训的部门", "个"),
        Figure("training_staff", "参加培训的人员", "人次"),
        Figure("liaison_staff", "信息公开联络员", "人"),
    ),
    SectionKey.PROACTIVE: (
        Figure("total", "主动公开信息总数", "条"),
        Figure("items_listed", "清单列出的公开事项", "项"),
        Figure("items_not_applicable", "其中学校不涉及的事项", "项"),
    ),
    SectionKey.ON_REQUEST: (
        Figure("fees_charged", "收取费用", "元", Kind.YUAN),
        Figure("fees_waived", "减免费用", "元", Kind.YUAN),
        Figure("longest_days", "最长答复时间", "个工作日", Kind.DAYS),
        Figure("mean_days", "平均答复时间", "个工作日", Kind.DAYS),
        Figure("late_answers", "超过规定时限的答复", "件"),
    ),
    SectionKey.EVALUATION: (
        Figure("responses", "收回评议意见", "份"),
        Figure("satisfaction_percent", "满意率", "%", Kind.PERCENT),
    ),
    SectionKey.COMPLAINTS: (
        Figure("reports", "收到举报", "件"),
        Figure("reports_upheld", "其中查实", "件", level=1),
        Figure("reports_closed", "其中办结", "件", level=1),
    ),
    SectionKey.EXPERIENCE: (),
    SectionKey.OTHER: (),
}

# The rows of the table of requests. A key with a dot stands one level deeper in the document.
REQUEST_ROWS: tuple[Figure, ...] = (
    Figure("received", "本期新收", "件"),
    Figure("carried_in", "上期结转", "件"),
    Figure("granted", "予以公开", "件"),
    Figure("partly_granted", "部分公开", "件"),
    Figure("refused", "不予公开", "件"),
    Figure("refused_by.state_secret", "属于国家秘密", "件", level=1),
    Figure("refused_by.trade_secret", "属于商业秘密", "件", level=1),
    Figure("refused_by.privacy", "涉及个人隐私", "件", level=1),
    Figure("refused_by.other_rule", "其他规定不予公开", "件", level=1),
    Figure("unavailable", "无法提供", "件"),
    Figure("not_processed", "不予处理", "件"),
    Figure("other_outcome", "其他处理", "件"),
    Figure("carried_out", "结转下期", "件"),
)
REFUSAL_GROUNDS = ("state_secret", "trade_secret", "privacy", "other_rule")
# 本期新收 + 上期结转 = the sum of these.
INTAKE = ("received", "carried_in")
OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_outcome")
APPLICANTS = ("campus", "individual", "organisation")

# The columns of the table of reconsiderations and lawsuits; the total stands beside them.
CASE_OUTCOMES: tuple[Figure, ...] = (
    Figure("upheld", "结果维持", "件"),
    Figure("corrected", "结果纠正", "件"),
    Figure("other", "其他结果", "件"),
    Figure("pending", "尚未审结", "件"),
)
CASES = (("reconsiderations", "行政复议"), ("lawsuits", "行政诉讼"))

# What stands over the tables of figures. The Word file says by it what a table is, and is read back by it.
TABLE_CAPTIONS: dict[str, str] = {
    "overview": "培训和队伍",
    "rules": "制定或修订的制度",
    "channels": "各渠道主动公开信息数量",
    "items": "清单事项",
    "proactive": "主动公开信息数量",
    "requests": "收到和处理信息公开申请情况（单位：件）",
    "on_request": "费用和答复时间",
    "evaluation": "评议结果",
    "complaints": "受到举报情况",
    "cases": "行政复议和行政诉讼情况（单位：件）",
}


# What the total of the channels is called where the school states it, and where the portal has added it up. The Word file
# is read back by these too: what was added up is no figure of the report.
STATED_TOTAL = "合计"
RECKONED_TOTAL = "各渠道之和（学校未填报合计）"


def value_at(figures: object, key: str) -> FigureValue:
    """The figure ``key`` (dots go deeper) of a figures model: a number, ``"n/a"``, or None."""
    *steps, name = key.split(".")
    for step in steps:
        figures = getattr(figures, step)
    value: FigureValue = getattr(figures, name)
    return value

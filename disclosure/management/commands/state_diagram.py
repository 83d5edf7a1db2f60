"""Write ``docs/workflow.md`` from the table of transitions."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from disclosure.report.enums import REVIEWER_LABELS, Status
from disclosure.workflow import permissions, transitions

PATH = Path(settings.BASE_DIR) / "docs" / "workflow.md"

INTRODUCTION = (
    "# 报告的流程\n\n"
    "本文由 `manage.py state_diagram` 根据 `disclosure/workflow/transitions.py` 中的转换表生成，"
    "请勿手工修改；测试会核对两者一致。\n\n"
    "一份报告是一所学校在一个填报任务中的一个案卷。它的状态只由 `workflow.transitions` 改变：每一步先锁定报告、重新核对，"
    "再在同一个事务里写入状态和操作记录；邮件和 PDF 在事务提交之后处理。\n\n"
    "- 学校有分管领导账号的，先送审签，由分管领导签发提交；没有的，由填报人直接提交。\n"
    "- 退回必须写总体意见，并至少对一个部分写明审核意见；学校只能修改写有意见的部分，逐条答复后才能再次提交。\n"
    "- 审核通过的正是审核人读到的那一份：操作带着内容的校验值，内容变了就不能通过。\n"
    "- 截止日期之后首次提交须说明原因，并记为逾期；审核人作出决定之前被学校撤回的提交，不算已经提交。\n"
    "- 更正期间原来的版本仍然公开；更正经审核通过后成为新的版本，更正原因向公众显示。\n"
)


def text() -> str:
    """The whole page: what it is, the diagram, the table."""
    return "\n".join(
        [INTRODUCTION, "## 状态图", "", "```mermaid", transitions.mermaid() + "```", "", *_statuses(), *_steps()]
    )


def _statuses() -> list[str]:
    rows = [f"| {status.label} | {REVIEWER_LABELS[status]} | `{status.value}` |" for status in Status]
    return ["## 状态", "", "| 学校看到 | 审核人看到 | 代码 |", "|---|---|---|", *rows, ""]


def _steps() -> list[str]:
    rows = [
        f"| {transition.action.label} | {WHO[permissions.WHO_MAY[transition.action]]} | {_labels(transition.sources)} "
        f"| {_labels(transition.targets)} | {'是' if transition.comment else ''} | {'是' if transition.tell else ''} |"
        for transition in transitions.TRANSITIONS.values()
    ]
    return ["## 操作", "", "| 操作 | 由谁 | 从 | 到 | 须写明原因 | 发邮件 |", "|---|---|---|---|---|---|", *rows, ""]


WHO = {
    permissions.why_not_as_author: "填报人",
    permissions.why_not_as_signatory: "分管领导",
    permissions.why_not_as_reviewer: "审核人",
}


def _labels(statuses) -> str:
    return " / ".join(Status(status).label for status in statuses)


class Command(BaseCommand):
    """Write the page."""

    help = "根据转换表生成 docs/workflow.md"

    def handle(self, *args, **options):
        PATH.write_text(text(), encoding="utf-8")
        self.stdout.write(f"已写入 {PATH.relative_to(settings.BASE_DIR)}")

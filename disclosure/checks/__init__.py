"""The checks of a report before it is submitted. Importing the modules of rules registers them.

``base`` has what a rule is and runs them, ``texts`` how rules read a report and say where something stands, ``fixes``
takes the fix that a finding offers.
"""

from disclosure.checks import (
    agreement,
    carried,
    completeness,
    copying,
    figures,
    form,
    naming,
    numbering,
    period,
    privacy,
    sums,
    wording,
)
from disclosure.checks.base import (
    BY_NAME,
    RULES,
    Context,
    Edit,
    Elsewhere,
    Finding,
    Fix,
    Passage,
    Problem,
    Published,
    Rule,
    run,
)

__all__ = [
    "BY_NAME",
    "GROUPS",
    "RULES",
    "Context",
    "Edit",
    "Elsewhere",
    "Finding",
    "Fix",
    "Passage",
    "Problem",
    "Published",
    "Rule",
    "agreement",
    "carried",
    "completeness",
    "copying",
    "figures",
    "form",
    "naming",
    "numbering",
    "period",
    "privacy",
    "run",
    "sums",
    "wording",
]

# What kind of rules a module holds, in the order in which people read them.
GROUPS = {
    "completeness": "该写的都写了",
    "figures": "数据",
    "agreement": "正文与数据表、与所在部分一致",
    "sums": "正文里的比率和合计",
    "naming": "年度与校名",
    "period": "统计期限",
    "copying": "抄写",
    "wording": "文号、法规名称、错别字、约数",
    "form": "标点、残留、链接",
    "numbering": "编号",
    "privacy": "个人信息",
    "carried": "沿用上年",
}

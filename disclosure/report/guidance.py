"""What belongs into each part of a report, beside every form; a province may add words of its own (``Campaign``).

Source: the ministry's notice 教办厅函〔2018〕80号 and the faults that real reports have.
"""

from typing import Protocol

from disclosure.report.enums import SectionKey


class Campaign(Protocol):
    """What is asked of a campaign here: the province's own words for a part."""

    def guidance_for(self, key: SectionKey, /) -> str: ...


GUIDANCE: dict[SectionKey, tuple[str, ...]] = {
    SectionKey.HEAD: (
        "引言写明依据的文件和统计期限；文件名称和文号请与原文核对，年份用六角括号，例如〔2018〕80号。",
        "统计期限默认为填报任务规定的期限，与本校实际不同时可以修改。",
        "落款日期是报告定稿的日期。",
    ),
    SectionKey.OVERVIEW: (
        "写学校一年来信息公开工作的总体情况：工作机制和制度、清单事项落实情况、培训和考核。",
        "本年新订或修订的制度请逐项列出，有公开链接的一并填写。",
    ),
    SectionKey.PROACTIVE: (
        "按渠道填写主动公开的信息数量。只有约数的，勾选「约数」，不要写「近2000条」。",
        "总数由学校填写；空着的，公开的报告列出各渠道之和，并写明学校未填报合计。",
        "正文请写明招生、财务等重点领域信息的公开情况。",
    ),
    SectionKey.ON_REQUEST: (
        "没有收到申请也要填 0；与学校无关的格子填「不适用」；不清楚的空着。",
        "本期新收与上期结转之和，应等于各种办理结果与结转下期之和。",
        "不予公开的，请在正文中说明依据。",
    ),
    SectionKey.EVALUATION: (
        "写师生员工和社会公众对信息公开工作的评价，以及是怎样了解到的。",
        "做过调查的，请填写收回的份数和满意率。",
    ),
    SectionKey.COMPLAINTS: (
        "写因信息公开工作受到的举报、行政复议、行政诉讼及处理结果。没有发生请填 0，并在正文中说明。",
        "不予公开的情况写在第三部分，不写在这里。",
    ),
    SectionKey.EXPERIENCE: (
        "分主要经验、存在的问题、改进措施三个方面写。",
        "问题要具体，改进措施与问题对应。",
    ),
    SectionKey.OTHER: ("没有的话，写「无其他需要报告的事项。」",),
    SectionKey.CONTACTS: (
        "分管领导、部门负责人、工作联系人三项必填，可以再添加联系人。",
        "办公电话会公开；移动电话和个人邮箱只供省级审核人联系，不会公开。",
    ),
}


def guidance_for(key: SectionKey, campaign: Campaign) -> list[str]:
    """The sentences beside the form of ``key``: the portal's, then the province's own, one a line."""
    return [*GUIDANCE[key], *filter(None, (line.strip() for line in campaign.guidance_for(key).splitlines()))]

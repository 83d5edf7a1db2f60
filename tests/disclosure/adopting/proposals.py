"""Proposals made by hand, as the reading of a file would give them."""

import hashlib
from datetime import date

from disclosure.importing.proposal import BlockRole, Proposal, ProposedBlock, ProposedFigure, ProposedPeriod
from disclosure.report.document import Contact, Period
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from disclosure.richtext import from_text

SENTENCE = "通过学校官网发布信息1286条"


def block(text, place=None, role=BlockRole.TEXT, **values) -> ProposedBlock:
    """A block of one paragraph."""
    return ProposedBlock(
        **{
            "html": from_text(text),
            "text": text,
            "place": place,
            "role": role if place else BlockRole.LEFT_OUT,
            "reason": "按标题判断。",
        }
        | values
    )


def figure(section, key, value, sentence, index, **values) -> ProposedFigure:
    """A figure that was found in the block with this index."""
    return ProposedFigure(section=section, key=key, value=value, sentence=sentence, block=index, **values)


def proposal(year: int, school: str = "甲省明德学院", **values) -> Proposal:
    """A short report of ``school``: a head, four sections, contacts, figures, one block that is uncertain."""
    blocks = (
        block("红头文件", None, reason="文头，不属于报告。"),
        block(f"{school}{year - 1}-{year}学年度信息公开工作报告", SectionKey.HEAD, BlockRole.TITLE),
        block("根据《高等学校信息公开办法》，现报告如下。", SectionKey.HEAD, BlockRole.PREAMBLE),
        block(SECTIONS["overview"].heading, SectionKey.OVERVIEW, BlockRole.HEADING),
        block("本学年度召开培训会3次，公布<高等学校信息公开事项清单>。", SectionKey.OVERVIEW),
        block("二、主动公开情况", SectionKey.PROACTIVE, BlockRole.HEADING),
        block(f"{SENTENCE}，共发布1300条。", SectionKey.PROACTIVE),
        block("学校共发布信息近1400条。", SectionKey.PROACTIVE),
        block("收到申请情况", SectionKey.PROACTIVE, is_certain=False, reason="像标题，但没有编号。"),
        block("本学年度未收到申请。", SectionKey.PROACTIVE),
        block("四、评议情况", SectionKey.EVALUATION, BlockRole.HEADING),
        block("满意率百分之九十八。", SectionKey.EVALUATION),
    )
    return Proposal(
        **{
            "blocks": blocks,
            "year": year,
            "label": f"{year - 1}-{year}学年度",
            "school": school,
            "period": ProposedPeriod(
                period=Period(start=date(year - 1, 9, 1), end=date(year, 8, 31)), sentence="统计期限自9月1日起"
            ),
            "figures": (
                figure("overview", "training_sessions", 3, "本学年度召开培训会3次", 4),
                figure("proactive", "channels", {"channel": "website", "name": "学校官网", "count": 1286}, SENTENCE, 6),
                figure("proactive", "total", 1300, "共发布1300条", 6),
                figure("proactive", "total", 1400, "共发布信息近1400条", 7, approximate=True),
                figure("proactive", "total_is_approximate", True, "共发布信息近1400条", 7, approximate=True),
                figure("evaluation", "satisfaction_percent", 98, "满意率百分之九十八", 11),
            ),
            "contacts": (Contact(role="liaison", name="宋联络", office_phone="0000-0000003", mobile="13800138000"),),
            "notices": ("图片 2 张没有导入。",),
        }
        | values
    )


CONTENT = b"PK\x03\x04 a Word file"
SHA256 = hashlib.sha256(CONTENT).hexdigest()

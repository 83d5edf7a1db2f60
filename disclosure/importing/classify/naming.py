"""Which part of the report the words of a heading name. Scored by words: no two provinces write the headings alike.

The variants of fifteen years are in the domain notes (mandate.md); what hundreds of colleges write beyond them is
told by the same words in other order.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from disclosure.report.enums import SectionKey

OVERVIEW, PROACTIVE, ON_REQUEST, EVALUATION, COMPLAINTS, EXPERIENCE, OTHER = (
    SectionKey.OVERVIEW,
    SectionKey.PROACTIVE,
    SectionKey.ON_REQUEST,
    SectionKey.EVALUATION,
    SectionKey.COMPLAINTS,
    SectionKey.EXPERIENCE,
    SectionKey.OTHER,
)
STRONG = 3

# Words and what they weigh: 3 names the section by itself, 2 and 1 only where nothing else does. Longest first where
# one word holds another.
_WORDS: tuple[tuple[SectionKey, int, str], ...] = (
    (OVERVIEW, 3, "概述|概况|概要|综述|总述|总体情况|整体情况|基本情况|总的情况|总体评价|总体工作"),
    (
        OVERVIEW,
        2,
        "总体|组织领导|组织机构|组织建设|组织保障|领导体制|工作机制|机制建设|制度建设|机构建设|机构设置|前言|引言",
    ),
    (
        OVERVIEW,
        1,
        "工作情况|开展情况|进展情况|推进情况|实施情况|执行情况|落实情况|主要工作|重点工作|机制|制度|机构|领导|保障|培训|平台建设|队伍",
    ),
    (PROACTIVE, 3, "主动公开|主动公布|主动向社会公开|主动发布|主动信息公开"),
    (PROACTIVE, 3, r"公开(?:的|工作的?)?[^,、。]{0,5}(?:内容|渠道|形式|(?<!联系)方式|途径|范围|数量)|重点领域"),
    (PROACTIVE, 2, r"公开(?:的|工作的?)?[^,、。]{0,5}(?:载体|平台|事项|目录)|清单|重点信息|公开条目|公开数据"),
    (PROACTIVE, 1, "信息公开情况|公开情况"),
    (ON_REQUEST, 3, "依申请|申请公开|公开申请(?!行政复议|复议)|不予公开|不公开|免予公开|不宜公开"),
    (ON_REQUEST, 3, r"申请(?:的)?(?:办理|处理|受理|答复|接收)"),
    (ON_REQUEST, 1, "收费|减免"),
    (EVALUATION, 3, "评议|评价|满意度|满意率|测评|评估"),
    (EVALUATION, 1, "反馈|反响"),
    (COMPLAINTS, 3, "举报|复议|诉讼|投诉|申诉"),
    (COMPLAINTS, 1, "信访|监督"),
    (EXPERIENCE, 3, "经验|问题|不足|困难|改进|整改|下一步|下步|下阶段|今后|打算|努力方向|薄弱环节|展望|未来"),
    (EXPERIENCE, 2, "措施|建议|做法|特色|亮点|体会|工作思路|工作计划|工作安排|工作设想|存在|对策"),
    (EXPERIENCE, 1, "成效|成绩|举措|创新"),
    (
        OTHER,
        3,
        r"(?:其他|其它)(?:需要?|事项|说明|情况|报告|问题|相关|有关|工作)?|需要?(?:特别)?(?:说明|报告)的?(?:其他|其它)?(?:事项|情况|问题)",
    ),
    (OTHER, 3, "附注|补充说明|说明事项|事项说明|情况说明"),
)
_PATTERN = {(key, weight, words): re.compile(words) for key, weight, words in _WORDS}
# What a heading that names something ends with; one that begins with a verb and ends otherwise exhorts.
_NOUN_END = re.compile(
    r"(?:情况|概述|概况|综述|总述|经验|问题|不足|措施|方向|打算|计划|事项|说明|报告|做法|公开|对策|附注|评议|评价|举报|复议|诉讼|投诉|"
    r"申请|测评|内容|渠道|形式|方式|途径|数量|困难|展望|亮点|体会|建议|思路|改进|整改|成效|一览表|统计表|情况表|明细表|清单|表|"
    r"等|其他|其它|其他工作|前言|引言|机制|安排|设想|办法|需要?(?:说明|报告)的)(?:\([^()]{0,20}\))?$"
)
_NAMING_END = re.compile(r"(?:情况|概述|概况|经验|问题|不足|措施|方向|打算|计划|事项|说明|做法)(?:\([^()]{0,20}\))?$")
_EXHORTING = re.compile(
    r"^(?:进一步|继续|不断|切实|全面|积极|着力|大力|认真|努力|及时|持续|深入|依法|严格|坚持|加强|加大|加快|完善|健全|强化|推进|规范|落实|"
    r"提升|提高|拓宽|拓展|做好|做实|创新|深化|优化|构建|建立|建设|注重|扩大|丰富|突出|抓好|狠抓|紧扣|聚焦|围绕|夯实|筑牢|畅通|压实|细化|明确|广泛)"
)
_CONTACT_WORDS = re.compile(r"联系方式|联系人|联络人|联络员|通讯录|联系表|联系电话|联系信息")
_ITEM_WORDS = re.compile(r"清单|事项.{0,6}(?:公开情况|一览)|公开情况(?:一览)?表")
_ANNEX_TABLE = re.compile(r"统计表|情况表|一览表|明细表|汇总表|登记表")


@dataclass(frozen=True)
class Named:
    """What the words of a heading name.

    ``strong`` are the sections named outright, in the order of the words; ``weak`` those that they may mean, likeliest
    first. An exhortation (「加强主动公开工作」) names nothing outright.
    """

    strong: tuple[SectionKey, ...] = ()
    weak: tuple[SectionKey, ...] = ()

    @property
    def key(self) -> SectionKey | None:
        """The section, the first of them where several are merged."""
        return self.strong[0] if self.strong else None


@lru_cache(maxsize=4096)
def name(words: str) -> Named:
    """What ``words`` (a heading without its number, blanks taken out) name."""
    if not words or len(words) > 60:
        return Named()
    words = _bare(words)
    best: dict[SectionKey, tuple[int, int]] = {}
    for (key, weight, _), pattern in _PATTERN.items():
        found = pattern.search(words)
        if found and (key not in best or weight > best[key][0]):
            best[key] = (weight, found.start())
    strong = [key for key, (weight, _) in best.items() if weight >= STRONG]
    if strong and is_exhortation(words):
        strong = []
    strong.sort(key=lambda key: best[key][1])
    # 「其他需要说明的问题」 is no section on problems, 「不予公开的其他情况」 none of other matters.
    if OTHER in strong and len(strong) > 1:
        if strong[0] is OTHER:
            strong = [OTHER]
        elif "其" in words and not re.search(r"(?:其他|其它)(?:需|事项|说明|应)", words):
            strong.remove(OTHER)
    weak = sorted((key for key in best if key not in strong), key=lambda key: (-best[key][0], best[key][1]))
    return Named(tuple(strong), tuple(weak))


def is_exhortation(words: str) -> bool:
    """Whether words call to do something, as subheadings do, and name nothing.

    「深化公开内容」 and 「主动公开抓重点,回应关切」 do; 「推进信息公开的主要经验」 and 「主动公开情况」 name.
    """
    return ("," in words or bool(_EXHORTING.match(words))) and not _NAMING_END.search(words)


def ends_as_name(words: str) -> bool:
    """Whether words end with a noun, as the names of sections do."""
    return bool(_NOUN_END.search(_bare(words)))


def _bare(words: str) -> str:
    """``words`` without the brackets and marks around them and the stop behind."""
    return words.strip("【】[]《》<>〈〉*★■◆●▲").rstrip("。:;,.、：；，")


def names_contacts(words: str) -> bool:
    """Whether a title is that of the annex with the people to turn to."""
    return bool(_CONTACT_WORDS.search(words))


def names_items(words: str) -> bool:
    """Whether a title is that of the annex with the items of the ministry's list."""
    return bool(_ITEM_WORDS.search(words))


def is_title_of_a_table(words: str) -> bool:
    return bool(_ANNEX_TABLE.search(words))

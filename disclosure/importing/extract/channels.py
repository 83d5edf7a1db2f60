"""The channels of proactive disclosure as schools name them, and the kind each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from disclosure.report.enums import ChannelKind

# In this order: the first that fits is the kind. What a name ends in decides where words of two kinds meet.
_KINDS: tuple[tuple[ChannelKind, str], ...] = (
    (
        ChannelKind.OTHER,
        r"QQ(?:工作)?群|qq群|微信(?:工作)?群|工作群|微信朋友圈|广播站?|电视台?|今日头条|头条号?|新媒体平台|新媒体|融媒体|报刊|报纸"
        r"|(?:省级?|市级?|国家级|中央|校外|主流|社会|新闻|各级)(?:以上)?(?:各?类?)?(?:主流|新闻)?媒体|(?<![新融自多全种类])媒体|易班|学生手册|知乎|教代会|学代会|职代会|(?:教职工|职工|学生)代表大会|短信平台",
    ),
    (ChannelKind.VIDEO, r"抖音(?:号|平台)?|(?:微信)?视频号|快手(?:号)?|哔哩哔哩|[Bb]站|短视频平台"),
    (ChannelKind.WEIBO, r"微博"),
    (
        ChannelKind.INTRANET,
        r"(?:OA|oa)(?:系统|办公系统|平台|网)?|办公自动化系统?|(?:协同|网上|网络)?办公(?:系统|平台|网)|内网|企业微信|钉钉|智慧校园平台?|信息门户",
    ),
    (ChannelKind.WECHAT, r"(?:官微|微信(?:订阅号|公众号|公众平台|服务号|平台|号)?|公众号|微校园)"),
    (
        ChannelKind.DISCLOSURE_COLUMN,
        r"[“\"「]?信息公开[”\"」]?(?:专题|门户)?(?:专栏|网站?|栏目|平台|专网|专页|网页|主页)|(?:校务|院务|政务)公开(?:网站?|专栏|平台|栏目)|公开专栏|公开网",
    ),
    (
        ChannelKind.BOARD,
        r"(?:校务|院务|党务|政务|信息|事务)?(?:公开|公示|公告|宣传|告示|信息公告|信息公示)栏|电子(?:显示|公告|大|宣传)?屏|显示屏|LED屏?|宣传橱窗|橱窗|展板|海报|横幅",
    ),
    (ChannelKind.PERIODICAL, r"(?:工作|校园|信息|学校|院)?简报|校报|院报|校刊|院刊|校办刊物|刊物|学报|期刊"),
    (
        ChannelKind.MINUTES,
        r"(?:(?:党委会|党委常委会|党总支会|校长办公会|院长办公会|校务会|办公会)[、和]?){0,3}(?:会议)?纪要",
    ),
    (ChannelKind.PRESS, r"(?:新闻|校情|信息)发布会|新闻通气会|通气会"),
    (
        ChannelKind.HOTLINE,
        r"(?:校长|院长|书记|电子|意见)?(?:书记)?(?:信箱|邮箱)|(?:服务|咨询|监督)?热线|(?:监督|咨询)?电话",
    ),
    (ChannelKind.DOCUMENT, r"公文|(?:规范性|红头|行政|各类|正式|党政)*文件"),
    (
        ChannelKind.WEBSITE,
        r"官方?网(?:站|页)?|门户(?:网站|网)?|主页|校园(?:官)?网(?:站)?|校网|网站|网页|(?:学校|学院)主网|主网|互联网|网络平台|网络|网上|(?:招标|采购|招生|就业|新闻|人事|教务|财务|资产){1,3}(?:信息)?网",
    ),
)
_CORE = "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in _KINDS)
_OWN = (
    r"(?:学校|学院|校园|官方|校内|我校|我院|院内|校级|门户|各类|系列|校|院|公共|移动|新"
    r"|各(?:单位|部门|学院|院系|院部)|二级(?:学院|单位)|部门)"
)
_NAME = re.compile(
    rf"(?P<own>{_OWN}{{0,4}})(?:{_CORE})(?P<rest>(?:订阅号|专栏|专题|公众号|账号|平台|网站|系统|号|群)?)"
)
_JOINTS = frozenset({"、", "和", "与", "及", "以及", "/", ""})
# What tells nothing of the place; then what was published there belongs to the name.
GENERIC = frozenset({"网络", "网上", "互联网", "网络平台"})
# Kinds that are what is published, where another channel says where.
_PIECES = frozenset({ChannelKind.DOCUMENT, ChannelKind.MINUTES, ChannelKind.PERIODICAL})


@dataclass(frozen=True)
class Mention:
    """One or several channels named together, as written, with their kinds in order."""

    start: int
    end: int
    name: str
    kinds: tuple[ChannelKind, ...]

    @property
    def kind(self) -> ChannelKind | None:
        """The kind, None where channels of several kinds are named together."""
        return self.kinds[0] if len(set(self.kinds)) == 1 else None

    @property
    def is_piece(self) -> bool:
        return set(self.kinds) <= _PIECES


def mentions(words: str) -> list[Mention]:
    """The channels named in ``words``, those joined by 、 or 和 as one."""
    found: list[Mention] = []
    for match in _NAME.finditer(words):
        kind = next(kind for kind, _ in _KINDS if match[kind.value])
        own = match["own"]
        start = match.start() + len(own) - len(_kept(own))
        here = Mention(start, match.end(), words[start : match.end()], (kind,))
        if found and words[found[-1].end : start] in _JOINTS:
            last = found.pop()
            here = Mention(last.start, here.end, words[last.start : here.end], (*last.kinds, kind))
        found.append(here)
    return found


def _kept(own: str) -> str:
    """The words before a channel that belong to its name: 学校官网, but 我校官网 is the 官网 and 各类文件 are 文件."""
    return re.sub(r"^(?:我校|我院|各类|系列|新|校(?=各|二级)|院(?=各|二级))+", "", own)

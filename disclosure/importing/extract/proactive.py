"""Figures of proactive disclosure in running text: channels with their counts, the total, the items of the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from disclosure.importing.extract.channels import GENERIC, Mention, mentions
from disclosure.importing.extract.extraction import Found, count_found
from disclosure.importing.extract.passages import NUMBER, TITLE, Count, Passage
from disclosure.report.enums import ChannelKind, SectionKey

KEY = SectionKey.PROACTIVE

_ALWAYS = frozenset({"条", "条次", "篇", "篇次", "则"})
_KINDS_OF_MEASURE: dict[str, frozenset[ChannelKind]] = {
    "期": frozenset({ChannelKind.PERIODICAL, ChannelKind.MINUTES, ChannelKind.BOARD, ChannelKind.WECHAT}),
    "次": frozenset({ChannelKind.MINUTES, ChannelKind.PRESS, ChannelKind.BOARD}),
    "场": frozenset({ChannelKind.PRESS}),
    "场次": frozenset({ChannelKind.PRESS}),
    "份": frozenset({ChannelKind.DOCUMENT, ChannelKind.MINUTES, ChannelKind.PERIODICAL, ChannelKind.BOARD}),
    "件": frozenset({ChannelKind.DOCUMENT, ChannelKind.MINUTES}),
    "张": frozenset({ChannelKind.BOARD}),
    "块": frozenset({ChannelKind.BOARD}),
    "号": frozenset({ChannelKind.DOCUMENT}),
}
_PUBLISHED = re.compile(
    r"发布|公开|公布|推送|推出|刊发|刊登|刊载|发表|更新|上传|上线|印发|下发|制发|编发|编印|编辑|编写|出版|出刊|刊出|发行|播出|播放|形成(?=会议纪要|纪要)"
    r"|张贴|公示|展示|发出|发送|推文|发文|宣传报道"
)
_PIECES = (
    r"(?:信息|消息|资讯|推文|图文|文章|稿件|动态|新闻|短?视频|微视频|作品|内容|通知|公告|公示|事项|数据|要闻|通告|通报|报道"
    r"|推送|宣传片|帖文|博文|节目|文件|纪要)"
)
_SUM_WORDS = r"(?:总?数量?|总量|总计|合计|累计|共|计|约|达到?|有|为|是|了|近|超)"
_INFORMATION_AT_END = re.compile(
    rf"{_PIECES}(?:[、和及与](?:短?视频|公告|通告|公示|新闻|文章|信息|文件)等?)*的?(?:信息)?{_SUM_WORDS}*[:：]?[”\"」]?\Z|[“\"「][^“”\"「」，,]{{1,10}}[”\"」]\Z"
)
_GENERAL = r"(?:各类|各种|各项|各方面|相关|有关|学校|学院|校务|办学|校内|政务|政府|院务|校院两级|类)"
_GENERIC_AT_END = re.compile(rf"(?:公开|发布|公布)?(?:了|的)?{_GENERAL}*信息的?(?:{_SUM_WORDS}|[:：])*\Z")
# Nothing but general words between the verb and 信息: 公开预决算信息 is a part.
_STANDS_ALONE = re.compile(
    rf"(?:\A|公开|发布|公布|更新|推送|共|累计|总计|合计)(?:了|的)?(?:{_GENERAL}|主动公开|公开)*信息的?"
    rf"(?:{_SUM_WORDS}|[:：])*\Z"
)
_PIECE_BEHIND = re.compile(
    r"(?:各类|原创|的)?(?:信息|消息|资讯|推文|图文|文章|短?视频|新闻|公告|通知|校园要闻|要闻|动态|稿件|公开事项|事项)"
)
_OTHER_THINGS = re.compile(
    r"访问|浏览|点击|阅读|粉丝|关注|订阅|转载|点赞|评论|留言|来信|来电|咨询|接听|办理|办结|回复|答复|受理|解决|收集|征集|收到"
    r"|征求|采纳|栏目|板块|模块|菜单|开通|开设|设立|设有|设置|账号|大类|新增|建有|人次|提案|座谈|投入|经费|巡查|检查|抽查"
    r"|整改|删除|清理|培训|参加|接待|报送|上报|审核|审查|撰写|起草|学习|修订|制定|废止|下架|错误"
)
_MANY = re.compile(
    r"(?:等|多种|各种|各类|多个|一系列)[^，,；;]{0,6}(?:渠道|途径|方式|形式|平台|载体|媒介|手段)"
    r"|(?:多种|各类|多家)[^，,；;]{0,4}媒体|多渠道|多途径|多平台|多形式|(?:组成|构成)的[^，,；;]{0,10}(?:平台|体系|矩阵|渠道|网络)"
)
_NUMBER_OF_ALL = re.compile(r"主动公开(?:的)?(?:总数|总量|数量|数)(?:共|为|是|达|[:：])*\Z")
_SUM = re.compile(r"(?:合计|总计|共计)(?:公开)?(?:信息)?")
_LISTED_PIECE = re.compile(r"[、和及](?:校内|各类)?(?:会议纪要|纪要|文件|公文)")
_COLUMN = re.compile(r"栏目|板块|模块")
_OVERALL = re.compile(r"共(?!同|享|青|建|有制|产)|累计|总计|合计|总数|总量|全年")
_DISCLOSED = re.compile(r"公开(?:发布|了|的|各)?")
_TOPICS = (
    r"招生|考试|财务|财经|人事|师资|教学|学生(?:管理|工作|事务)|资产|收费|基建|采购|招标|就业|对外|交流|合作|后勤|科研|党务"
    r"|党建|干部|学风|资助|奖助|安全|专业|课程|职称|招聘"
)
_TOPIC = re.compile(_TOPICS)
_ON_A_TOPIC = re.compile(rf"(?:{_TOPICS})[^，,；;]{{0,8}}方面[，,]\Z")
_PLACES = re.compile(r"渠道|途径|方式|形式|平台|数量|总体|载体|网站|官网|微信|媒体")
_ITEMS = re.compile(r"清单")
_LEFT_OUT = re.compile(r"不涉及|未涉及|不适用|暂未|没有涉及|未开展|无此项|无相关|不存在|不具备|没有开展|不属于")
_LISTED = re.compile(
    r"列出|共列|列有|应公开|应当公开|须公开|需公开|列明|梳理|明确|涵盖|包含|包括"
    r"|清单》?(?:共|所列|中|为|的|内容|事项|要求的|规定的|包含|确定的)*\Z|事项(?:共|计)*\Z"
)
_ITEM_MEASURES = frozenset({"项", "条", "个"})
_NOT_THE_SCHOOLS = re.compile(r"教育部[^，,]*(?:规定|公布|发布)的?[^，,]{0,12}\Z|大类|公布.{0,30}通知")


def find(passages: Iterable[Passage], overview: Iterable[Passage] = ()) -> Iterator[Found]:
    """The figures of proactive disclosure; the total and the items also from the overview, where only that tells them."""
    found = [one for passage in passages for one in _of(passage)]
    yield from found
    told = {one.key for one in found}
    for passage in overview:
        if "主动公开" in passage.words or _ITEMS.search(passage.text):
            yield from (one for one in _of(passage) if one.key in _IN_ALL and one.key not in told)


_IN_ALL = frozenset({"total", "total_is_approximate", "items_listed", "items_not_applicable"})


def _of(passage: Passage) -> Iterator[Found]:
    items = list(_items(passage))
    yield from items
    yield from _published(passage, {found.position for found in items})


def _published(passage: Passage, taken: set[int]) -> Iterator[Found]:
    named: Mention | None = None  # the channel that the clauses before speak of
    named_until = 0
    is_many = is_broken_down = False
    for count in passage.counts:
        said = count.number.outer_start - len(count.lead)
        between = passage.words[named_until:said]
        for mention in mentions(between):
            if not mention.is_piece:
                named, is_many = mention, len(mention.kinds) > 2 or _is_among_many(between, mention)
        named_until = max(named_until, said)
        if count.number.start in taken or count.number.ordinal or count.value is None:
            continue
        if taken and count.measure in _ITEM_MEASURES:
            continue  # 清单50条，已公开45条，不涉及5条
        if passage.is_barred(count.clause, count.number.start) or not _is_of_information(count):
            continue
        # 「通过网站公开2350条，其中概况类120条」: the parts of one channel are no channels.
        if is_broken_down and _SUM.fullmatch(count.lead) and count.measure in _ALWAYS:
            yield from _total(passage, count)
            continue
        is_broken_down = is_broken_down or "其中" in (count.lead[:2], passage.words[max(0, said - 3) : said - 1])
        yield from _read(passage, count, None if is_broken_down else named, is_many)


def _is_of_information(count: Count) -> bool:
    near = count.lead[-24:]
    if _OTHER_THINGS.search(_after_last_verb(near)) or re.search(r"(?:新增|调整|取消|完成)(?:了)?公开", near):
        return False
    behind = count.tail[:8]
    if count.measure in {"项", "个", "次", "期", "件", "份", "场", "批次", "组", "部"}:
        return not re.match(r"(?:一级|二级)?(?:栏目|部门|单位|板块|大类|方面|类别|学院|环节|平台)", behind)
    return count.measure in _ALWAYS or count.measure in _KINDS_OF_MEASURE


def _after_last_verb(near: str) -> str:
    """What stands behind the last verb of publishing: 「接听电话后发布信息」 is about the information."""
    return near[max((verb.end() for verb in _PUBLISHED.finditer(near)), default=0) :]


def _is_of_one_kind(words: str, named: list[Mention]) -> bool:
    """抖音、视频号等短视频平台: what follows 等 sums up the channels before it, and is no 等多种渠道."""
    if len(named) < 2 or named[0].kind is None or named[0].kind is not named[1].kind:
        return False
    return words[named[0].end : named[1].start] in {"等", "等各类", "等各"}


def _is_among_many(words: str, mention: Mention) -> bool:
    return bool(_MANY.search(words[mention.start :]))


def _read(passage: Passage, count: Count, named: Mention | None, is_many: bool) -> Iterator[Found]:
    lead = count.lead
    here = mentions(lead) or _titled(passage, count)
    is_published = bool(_PUBLISHED.search(passage.words, count.clause.start, count.number.start))
    is_published = is_published or _goes_on(passage, count, here)
    # In a part on admissions or finance a number is of that subject alone.
    if (
        _TOPIC.search(passage.label)
        and not _PLACES.search(passage.label)
        and not _is_total(passage, lead, strictly=True)
    ):
        return
    if here:
        if _is_among_many(lead, here[0]) and not _is_of_one_kind(lead, here):
            if _is_general(passage, lead):
                yield from _total(passage, count)
            return
        chosen = next((mention for mention in here if not mention.is_piece), here[-1])
        if named and chosen.name in named.name and re.search(r"(?:推送|发布|更新)(?:了)?\Z", lead[: chosen.start]):
            chosen = named  # 微信公众号…，推送微信654条
        if named and not count.is_first and _LISTED_PIECE.fullmatch(lead):
            chosen = named  # 通过OA系统公开文件155份、会议纪要33期
        if _fits(chosen, count, is_published):
            yield _channel(passage, count, chosen, lead)
        return
    if not count.is_first and not is_published:
        return
    object_fits = _INFORMATION_AT_END.search(lead) or (_PIECE_BEHIND.match(count.tail) and is_published)
    is_overall = _is_total(passage, lead)
    if named and is_many:
        if is_overall or _is_general(passage, lead):
            yield from _total(passage, count)
        return
    if named and object_fits and _fits(named, count, is_published) and not _is_topical(lead):
        yield _channel(passage, count, named, lead)
    elif is_overall:
        standing = _standing_channel(passage)
        if standing and not _is_total(passage, lead, strictly=True):
            yield _channel(passage, count, standing, lead)
        else:
            yield from _total(passage, count)
    elif object_fits and is_published and not _is_topical(lead):
        standing = _standing_channel(passage)
        if standing and _fits(standing, count, is_published):
            yield _channel(passage, count, standing, lead)


def _goes_on(passage: Passage, count: Count, here: list[Mention]) -> bool:
    """Whether a clause that names a channel and a number, and nothing else, goes on with a list of what was published:
    「公开文件80件，会议纪要12期」, 「网站300条，宣传栏20期」. A kind that was named before may be a part of it:
    「公开校级文件132份，规范性文件6份」.
    """
    if not here or here[-1].end != len(count.lead) or not _LEADS_ON.fullmatch(count.lead[: here[0].start]):
        return False
    before = passage.words[: count.clause.start]
    said = {kind for mention in mentions(before) for kind in mention.kinds}
    return bool(_PUBLISHED_BEFORE.search(before)) and said.isdisjoint(here[0].kinds)


_LEADS_ON = re.compile(rf"(?:[、和及与]|以及|《{TITLE}+》)*")
_PUBLISHED_BEFORE = re.compile(rf"{_PUBLISHED.pattern}|{NUMBER}(?:余|多)?(?:条|篇|则)")


def _titled(passage: Passage, count: Count) -> list[Mention]:
    """A paper named by its title: 编发《校园简报》6期."""
    title = re.search(rf"《{TITLE}+》\Z", count.lead)
    if not title or count.measure not in {"期", "份"}:
        return []
    start = count.number.outer_start - len(title[0])
    name = passage.text[start + 1 : count.number.outer_start - 1]
    if not re.search(r"报\Z|刊\Z|通讯\Z|动态\Z|快报|简讯", name):
        return []
    return [Mention(title.start(), title.end(), name, (ChannelKind.PERIODICAL,))]


def _is_topical(lead: str) -> bool:
    return bool(_TOPIC.search(_after_last_verb(lead)))


def _standing_channel(passage: Passage) -> Mention | None:
    """The one channel that the heading over the passage, or else its paragraph so far, speaks of."""
    for words in (passage.label, passage.before):
        found = [mention for mention in mentions(words) if not mention.is_piece]
        if len({mention.kinds for mention in found}) == 1 and not _MANY.search(words) and len(found[0].kinds) == 1:
            return found[0]
        if found:
            return None
    return None


def _is_total(passage: Passage, lead: str, strictly: bool = False) -> bool:
    """Whether ``lead`` announces all that was disclosed: 共公开各类信息, 主动公开信息总数."""
    if _NUMBER_OF_ALL.search(lead):
        return True
    if not _is_general(passage, lead) or _COLUMN.search(lead):
        return False
    if "主动公开" in lead[-16:]:
        return True
    if strictly:
        return False
    return bool(_DISCLOSED.search(lead[-12:]) or (_OVERALL.search(lead) and _PUBLISHED.search(lead)))


def _is_general(passage: Passage, lead: str) -> bool:
    """Whether ``lead`` ends in information as such, and not in that of one subject."""
    if not _GENERIC_AT_END.search(lead) or not _STANDS_ALONE.search(lead):
        return False
    return not _ON_A_TOPIC.search(_before(passage, lead))


def _before(passage: Passage, lead: str) -> str:
    return passage.words[: max(0, passage.words.find(lead))] if lead else ""


def _fits(mention: Mention, count: Count, is_published: bool) -> bool:
    """Whether the measure word counts what such a channel publishes."""
    kinds = set(mention.kinds)
    measure = count.measure
    if measure in _ALWAYS:
        return True
    if measure == "号":
        return ChannelKind.DOCUMENT in kinds and count.lead.endswith(("至", "到"))
    if kinds & _KINDS_OF_MEASURE.get(measure, frozenset()) and (is_published or ChannelKind.PRESS in kinds):
        return not (ChannelKind.DOCUMENT in kinds and re.search(r"制定|修订|学习|收到|出台|转发|转载|形成", count.lead))
    names_pieces = _INFORMATION_AT_END.search(count.lead) or _PIECE_BEHIND.match(count.tail)
    return is_published and bool(names_pieces) and measure in {"个", "件", "份", "次", "项", "部", "期", "组", "批次"}


_DATE = re.compile(rf"(?:{NUMBER}+年)?{NUMBER}+月{NUMBER}+日|{NUMBER}+年|[至到-]")


def _channel(passage: Passage, count: Count, mention: Mention, lead: str) -> Found:
    name = mention.name.strip('“”"「」') if mention.name[0] in '“"「' and mention.name[-1] in '”"」' else mention.name
    if name in GENERIC:
        published = _PUBLISHED.split(_DATE.sub("", lead))[-1].removeprefix("了").strip("共计约：:")
        if published and published != "信息" and name not in published:
            name = f"{published}（{name}）"
    found = count_found(passage, KEY, "channels", count)
    value: dict[str, Any] = {"channel": mention.kind.value} if mention.kind else {}
    value |= {"name": name, "count": found.value if found else None}
    if count.number.approximate:
        value["approximate"] = True
    return Found(passage, KEY, "channels", value, count.number.approximate, count.number.start)


def _total(passage: Passage, count: Count) -> Iterator[Found]:
    found = count_found(passage, KEY, "total", count)
    if found:
        yield found
        if found.approximate:
            yield Found(passage, KEY, "total_is_approximate", True, True, count.number.start)


def _items(passage: Passage) -> Iterator[Found]:
    if not _ITEMS.search(passage.text) and not _ITEMS.search(passage.before):
        return
    counts = [
        count
        for count in passage.counts
        if count.measure in _ITEM_MEASURES
        and count.value is not None
        and not count.tail.startswith(("大类", "类", "方面"))
        and not passage.is_barred(count.clause, 0)
    ]
    out = [count for count in counts if _is_left_out(passage, count)]
    for count in counts:
        if count in out:
            found = count_found(passage, KEY, "items_not_applicable", count)
        elif (count is counts[0]) and _is_listed(passage, count, bool(out)):
            found = count_found(passage, KEY, "items_listed", count)
        else:
            continue
        if found:
            yield found


def _is_left_out(passage: Passage, count: Count) -> bool:
    return bool(_LEFT_OUT.search(count.lead) or _LEFT_OUT.search(count.tail))


def _is_listed(passage: Passage, count: Count, has_left_out: bool) -> bool:
    if has_left_out and count.tail.startswith(("公开事项", "事项", "公开内容")):
        return True
    before = passage.text[: count.number.start]
    if not _LISTED.search(before):
        return False
    return has_left_out or not (_NOT_THE_SCHOOLS.search(passage.words[: count.number.outer_start]) or "通知" in before)

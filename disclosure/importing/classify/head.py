"""What stands around the sections: the title and what is above it, the addressee, the preamble, the signature."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from disclosure.chinese import dates
from disclosure.chinese.enumeration import Form, compact
from disclosure.importing.classify.splitting import Line
from disclosure.importing.proposal import BlockRole, ProposedBlock, ProposedPeriod
from disclosure.report.document import EARLIEST_YEAR, LATEST_YEAR, Period

_REPORT = re.compile(r"(?:信息公开|校务公开|政务公开|院务公开).{0,16}(?:报告|年报|总结|情况)|(?:工作|年度)报告$|年报$")
_REPORT_END = re.compile(r"(?:报告|年报|总结|情况说明|情况|汇报)(?:[(（][^()（）]{0,30}[)）])?$")
_SCHOOL = re.compile(
    r"[\u4e00-\u9fff·（）()]{2,24}?(?:高等专科学校|师范学校|职业技术大学|职业大学|职业技术学院|职业学院|职工大学|管理干部学院|"
    r"大学[\u4e00-\u9fff]{2,8}(?:学院|校区)|大学(?!校|生|章)|学院(?!信息|内|各|领导|党)|党校|学校)"
)
_ORGANISATION_END = re.compile(
    r"(?:大学|学院|学校|党校|办公室|办|委员会|党委|处|部|中心|小组|校长办|院长办|[)）])(?:[(（](?:公章|盖章|章|印章|印)[)）])?$"
)
_SEAL = re.compile(r"[(（](?:公章|盖章|章|印章|印|签章)[)）]$")
_ADDRESSEE = re.compile(
    r"厅|教委|教育部|教育局|委员会|办公室|领导|各(?:部门|单位|位|学院)|全校|全院|全体|师生|社会|公众|有关|上级"
)
_LETTER_NUMBER = re.compile(
    r"^(?:.{1,16}[〔[【(（]\d{4}[〕\]】)）].{0,4}\d{1,4}号|.{0,24}(?:19|20)\d\d年第\d{1,4}[号期].{0,4})$"
)
_JUNK = re.compile(
    r"^(?:当前位置|您(?:的|当前)?(?:所在)?位置|首页[>»]|发布(?:时间|日期|人|者|单位)|发表时间|更新时间|日期[:：]|时间[:：]|来源|作者|编辑|责任编辑|审核|撰稿|点击|浏览|阅读|访问量|字号|字体|分享|"
    r"上一[篇条]|下一[篇条]|上篇|下篇|【?(?:打印|关闭|返回|收藏|大中小)|\[?(?:打印|关闭|返回)|版权所有|copyright|附件下载|文件下载|扫一扫|相关(?:链接|新闻|文章))",
    re.I,
)
_PAGE = re.compile(
    r"^(?:[-—–_~·•―─]{0,3}\d{1,3}[-—–_~·•―─]{0,3}|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}|[-—–]{1,2}第?\d{1,3}页?[-—–]{1,2})$"
)
_CLOSING = re.compile(
    r"^(?:特此报告|特此汇报|特此说明|以上报告,?请审阅|妥否,?请批示|此致|敬礼|\(?此件(?:主动|依申请|不予)?公开(?:发布)?\)?|\(?此页无正文\)?|"
    r"抄[送报]:.{0,80}|.{2,24}\d{4}年\d{1,2}月\d{1,2}日印发|\(?共印\d{1,4}份\)?|主题词:.{0,40})[。!]?$"
)
_TOC_TITLE = re.compile(r"^目[录次]$")
_TOC_LINE = re.compile(r"(?:\t|[.…·。]{3,}|\s{3,})\s{0,5}[-—(（]?\d{1,3}[-—)）]?$")
_PAGE_BEHIND = re.compile(r"[.…·]{0,60}[-—(]?\d{1,3}[-—)]?$")
_LONGEST_TITLE_LINE = 60
UNDER_TITLE = "标题下的日期，请确认是否为落款日期。"


def is_page_number(plain: str) -> bool:
    """Whether a line (without blanks) is a page number that somebody typed."""
    return bool(_PAGE.match(plain)) and len(plain) <= 14


def is_junk(plain: str) -> bool:
    """Whether a line is what a web page says around a report: where one is, when it was published, how often read."""
    return len(plain) <= 120 and bool(_JUNK.match(plain))


def is_closing(plain: str) -> bool:
    """Whether a line is a letter's closing formula."""
    return bool(_CLOSING.match(plain))


# --- table of contents ------------------------------------------------------------------------------------------------


def table_of_contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: those with page numbers behind them, or a run of headings that come again."""
    last = {line.plain: index for index, line in enumerate(lines) if line.paragraph and len(line.plain) < 80}
    found = {index for index, line in enumerate(lines) if line.paragraph and _is_entry(line, index, last)}
    if len(found) < 2:
        found = set()
    for title in [index for index, line in enumerate(lines) if line.paragraph and _TOC_TITLE.match(line.plain)][:3]:
        found.add(title)
        # Without page numbers: the lines after 「目录」, as long as they come again further down.
        index = title + 1
        while index < len(lines) and (index in found or _comes_again(lines[index], index, last)):
            index += 1
        if index > title + 2:
            found |= set(range(title, index))
    return found


def _is_entry(line: Line, index: int, last: dict[str, int]) -> bool:
    text = line.text.rstrip()
    if len(text) >= 120 or text.endswith(("。", "；")):
        return False
    if _TOC_LINE.search(text[-24:]):
        return True
    # The reader makes a tab a blank: 「一、概述 2」.
    bare = _PAGE_BEHIND.sub("", line.plain)
    return bare != line.plain and last.get(bare, -1) > index


def _comes_again(line: Line, index: int, last: dict[str, int]) -> bool:
    return line.paragraph is not None and last.get(line.plain, -1) > index


# --- above the sections -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """What a line of the head is, and why."""

    role: BlockRole
    reason: str = ""
    is_certain: bool = True


def place_head(lines: Sequence[Line]) -> list[Placed]:
    """What each line above the first section is."""
    placed: list[Placed | None] = [None] * len(lines)
    for index, line in enumerate(lines):
        plain = line.plain
        if line.paragraph is None:
            continue
        if is_page_number(plain):
            placed[index] = Placed(BlockRole.LEFT_OUT, "页码不导入。")
        elif is_junk(plain):
            placed[index] = Placed(BlockRole.LEFT_OUT, "网页上的信息，不属于报告。")
        elif _LETTER_NUMBER.match(plain) and len(plain) < 40:
            placed[index] = Placed(BlockRole.LEFT_OUT, "发文字号不导入。")
    title = _title(lines, placed)
    last = title[-1] if title else -1
    for index in title:
        placed[index] = Placed(BlockRole.TITLE)
    for index in range(last):
        if placed[index] is None:
            placed[index] = _above_title(lines[index], [lines[at] for at in title])
    is_open = True  # until an addressee or running text has come
    for index in range(last + 1, len(lines)):
        if placed[index] is not None:
            continue
        line = lines[index]
        if is_open and _is_addressee(line):
            placed[index], is_open = Placed(BlockRole.ADDRESSEE), False
        elif line.paragraph and (dates.is_day_alone(line.text) or dates.is_month_alone(line.text)):
            placed[index] = Placed(BlockRole.LEFT_OUT, UNDER_TITLE, is_certain=False)
        elif line.paragraph and _is_under_title(line, lines, index, title):
            placed[index] = Placed(BlockRole.LEFT_OUT, "标题下的署名，不导入。", is_certain=False)
        else:
            placed[index] = Placed(BlockRole.PREAMBLE)
            is_open = is_open and len(line.plain) <= 40
    return [one for one in placed if one]  # each line is something by now


def _title(lines: Sequence[Line], placed: Sequence[Placed | None]) -> list[int]:
    """The lines of the title, one to four: the last that says 「报告」 before the text begins, and what leads to it."""
    ends: list[int] = []
    for index, line in enumerate(lines):
        if line.paragraph is None or placed[index]:
            continue
        plain = line.plain
        if len(plain) > _LONGEST_TITLE_LINE or plain[-1:] in "。：:;；":
            if len(plain) > 40 or (plain[-1:] in ":：" and ends):
                break
            continue
        if _REPORT_END.search(plain) and (_REPORT.search(plain) or line.look.centred or not ends):
            ends.append(index)
    if not ends:
        return _title_by_look(lines, placed)
    end = ends[-1]
    chosen = [end]
    # A line in brackets below belongs to it: 「（2022—2023学年）」.
    below = end + 1
    if below < len(lines) and lines[below].paragraph and not placed[below]:
        plain = lines[below].plain
        if plain.startswith("(") and plain.endswith(")") and len(plain) < 40 and _tells_the_year(lines[below].text):
            chosen.append(below)
    text = lines[end].plain
    index = end - 1
    while index >= 0 and len(chosen) < 4:
        line = lines[index]
        if line.paragraph is None or placed[index] or not _leads_to(line, text, lines[end]):
            break
        chosen.insert(0, index)
        text = line.plain + text
        index -= 1
    return chosen


def _tells_the_year(text: str) -> bool:
    return dates.label_in(text) is not None or bool(dates.ranges_in(text))


def _leads_to(line: Line, text: str, end: Line) -> bool:
    """Whether a line is an earlier line of the title that goes on with ``text`` (without blanks)."""
    plain = line.plain
    if not plain or len(plain) > 40 or plain[-1:] in "。：:;" or plain in text or _REPORT_END.search(plain):
        return False
    if dates.is_day_alone(line.text) or dates.is_month_alone(line.text):
        return False
    if line.look.size and end.look.size and abs(line.look.size - end.look.size) > 8:
        return False
    school = _SCHOOL.search(plain)
    is_name = school is not None and school.end() >= len(plain) - 6
    return is_name or bool(dates.label_in(line.text)) or plain.startswith("关于") or plain.endswith("信息公开")


def _title_by_look(lines: Sequence[Line], placed: Sequence[Placed | None]) -> list[int]:
    """Without the word 「报告」: the first centred lines that are larger than the rest, or name the year."""
    for index, line in enumerate(lines):
        if line.paragraph is None or placed[index] or len(line.plain) > _LONGEST_TITLE_LINE:
            continue
        is_apart = (line.look.centred or "公开" in line.plain) and line.plain[-1:] not in "。:;"
        if is_apart and dates.label_in(line.text):
            before = index - 1
            if before >= 0 and lines[before].paragraph and _leads_to(lines[before], line.plain, line):
                return [before, index]
            return [index]
    return []


def _above_title(line: Line, title: Sequence[Line]) -> Placed:
    if line.paragraph is None:
        return Placed(BlockRole.LEFT_OUT, "位于标题之上，不属于正文。", is_certain=False)
    plain, whole = line.plain, "".join(one.plain for one in title)
    if plain in whole or whole in plain:
        return Placed(BlockRole.LEFT_OUT, "与标题重复的页眉或封面文字，不导入。")
    if dates.is_day_alone(line.text) or dates.is_month_alone(line.text):
        return Placed(BlockRole.LEFT_OUT, "封面上的日期，不导入。")
    if re.match(r"^附(?:件|录|表)?\d{0,2}:?$", plain):
        return Placed(BlockRole.LEFT_OUT, "附件标记，不导入。")
    return Placed(BlockRole.LEFT_OUT, "位于标题之上，不属于正文。", is_certain=len(plain) <= 40)


def _is_addressee(line: Line) -> bool:
    if line.paragraph is None or not line.text.rstrip().endswith(("：", ":")) or len(line.plain) > 60:
        return False
    if re.search(r"[。,;]|如下|报告|附件", line.plain):
        return False
    return bool(_ADDRESSEE.search(line.plain))


def _is_under_title(line: Line, lines: Sequence[Line], index: int, title: Sequence[int]) -> bool:
    """Whether a short line right below the title names who wrote it."""
    if line.paragraph is None or not title or index > title[-1] + 2:
        return False
    if len(line.plain) > 30 or line.plain[-1:] in "。:;,":
        return False
    return (line.look.centred or line.paragraph.alignment == "right") and bool(_ORGANISATION_END.search(line.plain))


# --- below the sections -----------------------------------------------------------------------------------------------


def find_signature(lines: Sequence[Line], school: str) -> dict[int, BlockRole]:
    """Which of the last lines are the school's name and the date, by their place in ``lines``.

    ``lines`` are those after the last heading and before the annexes; ``school`` is the name without blanks, "" where
    it is not known.
    """
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.paragraph is None:
            continue
        if dates.is_day_alone(line.text) or (dates.is_month_alone(line.text) and line.paragraph.alignment == "right"):
            found = {index: BlockRole.DATE}
            for at in (index - 1, index - 2):
                if at >= 0 and _is_organisation(lines[at], school):
                    found[at] = BlockRole.ORGANISATION
                else:
                    break
            if len(found) == 1 and index + 1 < len(lines) and _is_organisation(lines[index + 1], school):
                found[index + 1] = BlockRole.ORGANISATION
            return found
    for index in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
        line = lines[index]
        if (
            line.paragraph
            and _is_organisation(line, school)
            and (_SEAL.sub("", line.plain) == school or line.paragraph.alignment == "right")
        ):
            return {index: BlockRole.ORGANISATION}
    return {}


def _is_organisation(line: Line, school: str) -> bool:
    if line.paragraph is None or line.numbered.form is not Form.NONE:
        return False
    plain = line.plain
    if not 2 < len(plain) <= 40 or plain[-1:] in "。;,:":
        return False
    is_list = "," in plain or ("、" in plain and line.paragraph.alignment != "right")
    return _SEAL.sub("", plain) == school or (bool(_ORGANISATION_END.search(plain)) and not is_list)


def signature_with_date(text: str) -> int | None:
    """Where the date begins in a last line that holds the school's name and the date; None where it is none."""
    if len(text) > 60:
        return None
    match = re.search(r"(?:19|20)\d\d\s{0,3}[年./-]|二[〇零]", dates.plain(text))
    if not match or match.start() < 3 or not dates.is_day_alone(text[match.start() :]):
        return None
    return match.start() if _ORGANISATION_END.search(compact(text[: match.start()])) else None


# --- what the head says -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Facts:
    """Title and signature as values."""

    title: str = ""
    addressee: str = ""
    organisation: str = ""
    signed: date | None = None
    label: str = ""
    year: int | None = None
    school: str = ""


def facts_of(blocks: Sequence[ProposedBlock]) -> Facts:
    """What the blocks of the head say."""

    def told(role: BlockRole, between: str = "") -> str:
        return between.join(block.text.replace("\n", "") for block in blocks if block.role is role).strip()

    title = told(BlockRole.TITLE)
    organisation = _SEAL.sub("", told(BlockRole.ORGANISATION, " ").strip()).strip()
    signed = dates.day_in(told(BlockRole.DATE, " "))
    label = dates.label_in(title) or _label_in_preamble(blocks)
    year = label.year if label else signed.year if signed else None
    if label and signed and label.may_end_in == signed.year:
        year = signed.year
    if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        year = None
    return Facts(
        title=title,
        addressee=told(BlockRole.ADDRESSEE).rstrip("：: "),
        organisation=organisation,
        signed=signed,
        label=label.written if label else "",
        year=year,
        school=_school(title, organisation, blocks),
    )


def _label_in_preamble(blocks: Sequence[ProposedBlock]) -> dates.Label | None:
    for block in blocks:
        if block.role is BlockRole.PREAMBLE and (label := dates.label_in(block.text)):
            return label
    return None


def school_in(text: str) -> str:
    """The name of the school that a title begins with; "" where it names none."""
    plain = dates.plain(re.sub(r"^(?:关于|中共)", "", compact(text)))
    plain = re.sub(r"^(?:(?:19|20)\d\d[-—–~至/]{0,2}(?:(?:19|20)?\d\d)?(?:学年度?|年度?)?)", "", plain)
    match = re.match(_SCHOOL.pattern, plain)
    if not match:
        return ""
    # 「某某大学 职业学院」 goes on; 「某某学院 信息公开」 does not.
    longer = re.match(
        r"^(?P<name>[\u4e00-\u9fff·()（）]{2,30}?(?:大学|学院|学校|党校))(?=关于|信息公开|校务公开|(?:19|20)\d\d|二[〇零]|年度|办公室|$)",
        plain,
    )
    return longer["name"] if longer else match[0]


def _school(title: str, organisation: str, blocks: Sequence[ProposedBlock]) -> str:
    found = school_in(title) or school_in(organisation)
    if found:
        return found
    for block in blocks:
        if block.role in (BlockRole.PREAMBLE, BlockRole.LEFT_OUT):
            match = re.search(
                r"(?:现将|由|为)([\u4e00-\u9fff]{3,20}?(?:大学|学院|学校))(?=20|关于|信息|编制|党)", compact(block.text)
            )
            if match and match[1] not in ("我学院", "本学校", "我校", "高等学校"):
                return match[1]
            if block.role is BlockRole.LEFT_OUT and len(block.text) < 40 and (name := school_in(block.text)):
                return name
    return ""


def period_of(blocks: Sequence[ProposedBlock], facts: Facts) -> ProposedPeriod | None:
    """The period that the text states, else the school year that the label (or the year) stands for."""
    stated: list[tuple[int, int, dates.Range, str]] = []
    counts: Counter[tuple[date, date]] = Counter()
    for block in blocks:
        if block.role not in (BlockRole.PREAMBLE, BlockRole.TEXT, BlockRole.TITLE):
            continue
        for found in dates.ranges_in(block.text):
            if facts.year and not facts.year - 2 <= found.end.year <= facts.year + 1:
                continue
            sentence = _sentence(block.text, found.at)
            counts[found.start, found.end] += 1
            is_preamble = block.role is not BlockRole.TEXT
            weight = 2 * is_preamble + 2 * bool(re.search(r"期限|起止|统计", sentence))
            stated.append((weight, found.days, found, sentence))
    usable = [one for one in stated if one[0] or one[1] >= 150]
    if usable:
        best = max(usable, key=lambda one: (one[0], min(counts[one[2].start, one[2].end], 3), one[1] >= 150, one[1]))
        return ProposedPeriod(period=Period(start=best[2].start, end=best[2].end), sentence=best[3])
    if facts.year is None:
        return None
    start, end = dates.school_year(facts.year)
    return ProposedPeriod(period=Period(start=start, end=end), is_assumed=True)


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(stop, 0, at) for stop in "。；;\n") + 1
    ends = [place for place in (text.find(stop, at) for stop in "。；;\n") if place >= 0]
    return text[start : (min(ends) + 1 if ends else len(text))].strip()[:300]

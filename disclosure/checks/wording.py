"""Rules on words that are plainly wrong: document numbers, names of laws and notices, slips of the keyboard, counts."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from diff_match_patch import diff_match_patch

from disclosure.checks import slips, sounds
from disclosure.checks.base import Context, Fix, Problem, rule
from disclosure.checks.texts import everything, running, short
from disclosure.chinese.numerals import chinese_value, find_numbers
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity

# 教办厅函【2023】52号, 校办发[2023]7号, 院办（2023）7号, 鄂教办函﹝2023﹞13号; not 校区（2023）1号楼.
_NUMBER = re.compile(
    r"(?P<open>[【\[［（(﹝〖{「〔])\s*(?P<year>(?:19|20)[0-9]{2})\s*+年?+\s*+(?P<close>[】\]］）)﹞〗}」〕])\s*+"
    r"(?P<ordinal>第?+)\s*+(?P<number>[0-9]{1,4}|[一二三四五六七八九十百零〇]{1,5})\s*号(?![楼院线门厅台馆栋机])"
)
_CODE = re.compile(r"([\u4e00-\u9fff]{2,12})\s*\Z")
_LONGEST_CODE = 20  # characters, blanks among them
# 明德院发2022-15号; not 2022-15号楼.
_WITHOUT_BRACKETS = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,11}[发函办字文通规政])(?P<year>20[0-9]{2})\s*[-－—–]\s*(?P<number>[0-9]{1,4})\s*号(?![楼院线门厅台馆栋机])"
)
# Auditors, assessors and courts number their papers with 第 and in four places: 会审〔2023〕第0207号.
_OF_OTHERS = re.compile(r"[审验评鉴]字?\Z|[初终再执]字?\Z")
# The year before the bracket and the number within it: 教办函2014〔23〕号.
_TURNED_ROUND = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,12})(?P<year>20[0-9]{2})\s*[【\[［（(﹝〖「〔]\s*(?P<number>[0-9]{1,4})\s*[】\]］）)﹞〗」〕]\s*号"
)


@rule(
    Severity.WARNING,
    title="文号用六角括号〔〕",
    why="有的报告写作「教办厅函【2023】52号」；发文字号的年份应加六角括号，序号不编虚位、不加「第」。",
    source="GB/T 9704-2012",
)
def document_numbers_are_in_form(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「教办厅函【2023】52号」 in report 003; a number in another form is not found when it is looked up."""
    for text in everything(document):
        for match in _NUMBER.finditer(text.text):
            code = _CODE.search(text.text[max(0, match.start() - _LONGEST_CODE) : match.start()])
            number = match["number"].lstrip("0") or match["number"]
            if not number.isascii():
                number = str(chinese_value(number) or number)
            is_right = (match["open"], match["close"], match["ordinal"], number) == ("〔", "〕", "", match["number"])
            if is_right or not code or _OF_OTHERS.search(code[1]):
                continue
            right = f"〔{match['year']}〕{number}号"
            start, end = match.start() - len(code[0]), match.end()
            yield text.problem(
                f"文号「{short(text.text[start:end], 40)}」应写作「{code[1]}{right}」："
                "年份用六角括号，序号前不加「第」或 0。",
                (start, end),
                fix=text.replacing(f"改为「{right}」", match.start(), end, right),
            )
        for match in chain(_TURNED_ROUND.finditer(text.text), _WITHOUT_BRACKETS.finditer(text.text)):
            right = f"〔{match['year']}〕{match['number']}号"
            yield text.problem(
                f"文号「{match[0]}」应写作「{match['code']}{right}」：六角括号里是年份，序号在括号后面。",
                match.span(),
                fix=text.replacing(f"改为「{right}」", match.start("year"), match.end(), right),
            )


# Names that reports cite. Source: mandate.md; the names as the ministry, the State Council and the People's Congress
# published them.
_NAMES = (
    "高等学校信息公开办法",
    "高等学校信息公开事项清单",
    "教育部关于公布〈高等学校信息公开事项清单〉的通知",
    "关于公布〈高等学校信息公开事项清单〉的通知",
    "中华人民共和国政府信息公开条例",
    "政府信息公开条例",
    "中华人民共和国保守国家秘密法",
    "中华人民共和国个人信息保护法",
    "中华人民共和国高等教育法",
)
# A title that no law has, and the law that is meant.
_MISNAMED = {
    "中华人民共和国保密法": "中华人民共和国保守国家秘密法",
    "中华人民共和国信息公开条例": "中华人民共和国政府信息公开条例",
    "中华人民共和国个人信息法": "中华人民共和国个人信息保护法",
}
# Laws whose names are near one of these and right: 教育法 and 职业教育法 beside 高等教育法.
_OTHER_LAW = re.compile(
    r"(?:中华人民共和国)?(?:教育|职业教育|义务教育|学前教育|家庭教育促进|民办教育促进|国家安全|数据安全)法"
)
_TITLE = re.compile(r"《([^《》\n]{4,60})》")
_INNER = str.maketrans("<>＜＞《》", "〈〉〈〉〈〉")
_FARTHEST = 2  # characters that may differ in what is still the same name, damaged
_differ = diff_match_patch()


@rule(
    Severity.WARNING,
    title="法规和通知的名称完整无误",
    why="出现过查找替换造成的「《高等学院信息公开办法》」；有的写漏了清单名称里的字，有的书名号里套圆括号。",
    source="《高等学校信息公开办法》（教育部令第29号）；教办函〔2014〕23号；GB/T 15834-2011",
)
def names_of_laws_are_whole(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: find-and-replace turns 学校 into 学院 everywhere, the names of laws included."""
    for text in running(document):
        for match in _TITLE.finditer(text.text):
            name = _meant(match[1])
            if name:
                yield text.problem(
                    f"「《{match[1]}》」应为「《{name}》」。",
                    match.span(),
                    fix=text.replacing(f"改为「《{short(name, 20)}》」", *match.span(1), name),
                )


@lru_cache(maxsize=256)
def _meant(title: str) -> str:
    """The known name that ``title`` is a damaged form of, or ""."""
    plain = re.sub(r"\s+", "", title.translate(_INNER))
    if plain in _MISNAMED:
        return _MISNAMED[plain]
    if plain in _NAMES or plain.replace("〈", "").replace("〉", "") in _NAMES:
        return ""
    if re.match(r"(?:我|本|学|全)[校院]", plain) or _OTHER_LAW.fullmatch(plain):
        return ""
    near = []
    signs = set(plain)
    for name in _NAMES:
        if len(signs ^ set(name)) > 2 * _FARTHEST:
            continue
        # A school's own 《学校信息公开办法》 is no damaged law, nor is a name with words of its own before it.
        if abs(len(plain) - len(name)) > _FARTHEST or name.endswith(plain) or plain.endswith(name):
            continue
        distance = _distance(plain, name)
        # Of two characters that differ none may be what kind of paper it is: 办法 and 清单 are two papers.
        if distance <= _FARTHEST and (distance == 1 or plain[-2:] == name[-2:]):
            near.append((distance, name))
    return min(near)[1] if near else ""


def _distance(one: str, other: str) -> int:
    distance: int = _differ.diff_levenshtein(_differ.diff_main(one, other, False))
    return distance


_CITED = (
    (
        re.compile(r"高等学校信息公开办法》?\s*[（(]\s*(?:中华人民共和国)?教育部令?+\s*+第?+\s*+([0-9]{1,3})\s*+号"),
        "29",
    ),
    (
        re.compile(
            r"高等学校信息公开事项清单[〉>＞》]*的通知》?\s*[（(]\s*教办?函\s*\D?([0-9]{4}\D{1,2}[0-9]{1,3})\s*号"
        ),
        "2014〕23",
    ),
    (
        re.compile(r"政府信息公开条例》?\s*[（(]\s*(?:中华人民共和国)?国务院令?+\s*+第?+\s*+([0-9]{1,4})\s*+号"),
        "711|492",
    ),
)


# 「（国务院第711号）」: an order without 令. 教育部第29号令 is said, too.
_NO_ORDER = re.compile(r"(?<=[（(])(教育部|国务院)\s*(?:第|令)\s*([0-9]{1,4})\s*号(?=[）)，,])")


@rule(
    Severity.WARNING,
    title="法规和通知的文号正确",
    why="名称对、文号错，多半是从别的文件抄来的。",
    source="教育部令第29号；教办函〔2014〕23号；国务院令第711号",
)
def laws_have_their_numbers(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a right name with a wrong number was copied from elsewhere, and sends the reader astray."""
    for text in running(document):
        for pattern, right in _CITED:
            for match in pattern.finditer(text.text):
                digits = re.sub(r"\D", "", match[1])
                if digits in (re.sub(r"\D", "", one) for one in right.split("|")):
                    continue
                expected = right.split("|")[0]
                yield text.problem(
                    f"「{short(match[0], 40)}」的文号应为{expected}号。请核对。",
                    match.span(),
                    fix=text.replacing(f"改为「{expected}号」", *match.span(1), expected),
                )
        for match in _NO_ORDER.finditer(text.text):
            right = f"{match[1]}令第{match[2]}号"
            yield text.problem(
                f"「{match[0]}」应写作「{right}」，漏了字。",
                match.span(),
                fix=text.replacing(f"改为「{right}」", *match.span(), right),
            )


@rule(
    Severity.WARNING,
    title="没有常见的错别字",
    why="真实报告里，清单写成「清零」、高校写成「高效」、门槛写成「门栏」；固定的词写成同音的别的字，也是错字。",
    source="真实报告所见；错别字表（管理员可增补）；本领域的固定词语表",
)
def no_known_slips(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「主动公布清零」, 「高效信息」, 「零门栏」 in report 000, 「探确保」 in 002: no spelling program sees them."""
    for text in everything(document):
        told = [match.span() for match in _TITLE.finditer(text.text) if text.is_html and _meant(match[1])]
        for start, end, right in _slips(text.text, context):
            if any(first <= start and end <= last for first, last in told):
                continue  # a name of a law, which the rule above tells of as a whole
            wrong = text.text[start:end]
            yield text.problem(
                f"「{wrong}」疑为「{right}」之误。",
                (start, end),
                fix=None if text.field == "methods" else text.replacing(f"改为「{right}」", start, end, right),
            )


def _slips(text: str, context: Context) -> Iterator[tuple[int, int, str]]:
    """The slips that are listed, and the field's words that are written as others of the same sound, in order."""
    listed = [(start, end, slip.right) for start, end, slip in slips.find(text, context.slips)]
    taken = bytearray(len(text))
    for start, end, _ in listed:
        taken[start:end] = b"\1" * (end - start)
    heard = [(start, end, right) for start, end, right in sounds.find(text) if not any(taken[start:end])]
    return iter(sorted(listed + heard))


_TWICE = re.compile(r"([\u4e00-\u9fff]{2,6})\1(?!\1)")
# Words that may follow themselves: 主动公开公开栏目, 大学生学生会, 各部门部门负责人; and 一步一步.
_MAY_REPEAT = re.compile(
    r"公开|学生|学院|学校|中心|大学|单位|部门|专业|管理|服务|领导|信息|研究|教师|年级|小组|会议|员工|人员|教育|社会"
)
_ON_PURPOSE = re.compile(r"[一几逐]|很多|许多|常常|往往|渐渐|种种|讨论|商量|考虑")
# The second begins a word of its own: 规范规范性文件, 创新创新创业教育, 实施实施细则, 公示公示栏.
_BEGINS_A_WORD = re.compile(
    r"(?:性文件|创业|细则|方案|办法|意见|条例|对象|项目|体系|[员栏组室站表者])(?!作)|银行|基金|制度"
)


@rule(
    Severity.WARNING,
    title="词语没有重复",
    why="同一所大学连续两年的报告里都有「政务工作工作」。",
    source="真实报告所见：连错误一起照抄",
)
def words_are_not_doubled(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「政务工作工作」 stood in two years' reports of one university, copied with its error."""
    for text in running(document):
        for match in _TWICE.finditer(text.text):
            word = match[1]
            if _MAY_REPEAT.fullmatch(word) or _ON_PURPOSE.match(word) or _BEGINS_A_WORD.match(text.text, match.end()):
                continue
            middle = match.start() + len(word)
            yield text.problem(
                f"「{match[0]}」重复了「{word}」。",
                match.span(),
                fix=text.replacing(f"删去重复的「{word}」", middle, match.end(), ""),
            )


# What a report counts; numbers of people and of pages in general text may be round.
_COUNTED = re.compile(r"\s*[余多来几]?\s*(?:条次|条|篇次|篇|件次|件|份|项|则|期|批次)")
_NEARLY = re.compile(r"(?:将近|接近|近|不足|不到)\s*\Z")
_ABOUT = re.compile(r"(?:大约|大概|约为|约有|约)\s*\Z")
_OVER = re.compile(r"\s*(?:余|多(?!个|种)|来)")
_AND_MORE = re.compile(r"\s*[余多]?\s*(?:[条篇件份项则期次人个名批]次?)\s*(?:以上|左右|上下|之多)")
_MORE_THAN = re.compile(r"(?:超过|超|逾|突破|不少于|不低于|至少)\s*\Z")
_AROUND = re.compile("(?:左右|上下)\\Z")
_NO_COUNT = re.compile(
    r"(?:若干|(?:几|数|上|近|好几)[十百千万]|[十百千]余|[十百千]多)(?:余|多)?(?:条次|条|篇|件|份|项|则|期|批次)(?!例)"
)
# Of opinions, letters and questions a report need not keep a register.
_OF_ELSE = re.compile(r"每|意见|建议|问题|诉求|来信|留言|咨询|来电|阅读|点击|浏览|播放|关注|转发|点赞|粉丝|媒体|报道")
_BELONGING = frozenset({SectionKey.PROACTIVE, SectionKey.ON_REQUEST, SectionKey.COMPLAINTS})


@rule(
    Severity.WARNING,
    title="约数不自相矛盾",
    why="有的报告写「近1000余条」：「近」是不到，「余」是超过，两者不能同时成立。",
    source="GB/T 15835-2011；真实报告所见",
)
def counts_do_not_contradict_themselves(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「近1000余条」 in report 004: nearly a thousand and more than a thousand."""
    for text in running(document):
        for start, end, before, after in _numbers(text.text):
            lead = re.search(
                r"(?:将近|接近|近|不足|不到|大约|大概|约为|约有|约|超过|超|逾|突破|不少于|不低于|至少)\s*\Z", before
            )
            tail = re.match(r"\s*(?:[余多来]\s*\w?|\w{0,2}?(?:以上|之多|左右|上下))", after)
            if not lead or not tail:
                continue
            low, high = bool(_NEARLY.search(before)), bool(_MORE_THAN.search(before))
            more = bool(_OVER.match(after)) or bool(re.match(r"\s*[余多]?\s*\w{0,2}?(?:以上|之多)", after))
            around = bool(re.match(r"\s*\w{0,2}?(?:左右|上下)", after))
            if not ((low and (more or around)) or (_ABOUT.search(before) and (more or around)) or (high and around)):
                continue
            span = (start - len(lead[0]), end + len(tail[0]))
            edits = [text.edit(span[0], start, "")]
            words = [lead[0].strip()]
            # 「约1,283条左右」: of an exact number both are wrong.
            if not text.text[start:end].endswith("0"):
                edits += [text.edit(end + one.start(), end + one.end(), "") for one in _ROUGHLY.finditer(tail[0])]
                words += _ROUGHLY.findall(tail[0])
            yield text.problem(
                f"「{text.text[slice(*span)]}」自相矛盾：「{lead[0].strip()}」和后面的约数只能留一个。请写准确的数。",
                span,
                fix=Fix("删去" + "".join(f"「{one}」" for one in words), tuple(edits)),
            )


_ROUGHLY = re.compile("[余多来]|以上|之多|左右|上下")


@rule(
    Severity.WARNING,
    title="公开、申请、举报的数量是准确数",
    why="「近2000条」「1700余条」无法与其他学校、其他年度比较；有台账就有准确数。",
    source="真实报告所见：「近2000条」；教办厅函〔2018〕80号",
)
def counts_are_exact(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「近2000条」 can be compared with nothing; who keeps a register knows the number."""
    for text in running(document):
        if text.section not in _BELONGING:
            continue
        marked = _marked_as_rough(document) if text.section is SectionKey.PROACTIVE else frozenset()
        found = [
            _whole(text.text, start, end)
            for start, end, before, after in _numbers(text.text)
            if _COUNTED.match(after)
            and (_NEARLY.search(before) or _MORE_THAN.search(before) or _OVER.match(after) or _AND_MORE.match(after))
            and not (_NEARLY.search(before) and _OVER.match(after))  # told by the rule above
            and not _OF_ELSE.search(_clause(text.text, start, end))
        ]
        # 「180条左右」, marked as rough in the form: what is asked for is done.
        found = [
            span
            for span in found
            if not (_AROUND.search(text.text[slice(*span)]) and re.sub("[^0-9]", "", text.text[slice(*span)]) in marked)
        ]
        found += [
            match.span()
            for match in _NO_COUNT.finditer(text.text)
            if not (marked and "若干" not in match[0])
            and not _OF_ELSE.search(_clause(text.text, *match.span()))
            and not any(start < match.end() and match.start() < end for start, end in found)
        ]
        found.sort()
        if found:
            quoted = "、".join(f"「{text.text[slice(*span)]}」" for span in found[:4])
            yield text.problem(
                f"{quoted}{'等' if len(found) > 4 else ''}不是准确数。请按台账填写；只有约数的，写「约」并在数据表里标明。",
                *found,
            )


def _marked_as_rough(document: Document) -> frozenset[str]:
    """The counts of the form that are marked as rough: what is asked for is done."""
    figures = document.sections.proactive.figures
    rough = [channel.count for channel in figures.channels if channel.approximate]
    return frozenset(map(str, [*rough, *([figures.total] if figures.total_is_approximate else [])]))


@lru_cache(maxsize=16)
def _numbers(text: str) -> tuple[tuple[int, int, str, str], ...]:
    """The numbers of a text, each with a few characters before and after it."""
    found = []
    for number in find_numbers(text):
        if number.value >= 10 and not number.ordinal and not number.unit:
            end = number.end
            while text[end - 1] in "余多":
                end -= 1
            found.append((number.start, end, text[max(0, number.start - 6) : number.start], text[end : end + 8]))
    return tuple(found)


def _clause(text: str, start: int, end: int) -> str:
    """What stands around a number up to the next comma, stop or enumeration."""
    before = re.split(r"[，。；：、\n\t]", text[max(0, start - 16) : start])[-1]
    after = re.split(r"[，。；：、\n\t]", text[end : end + 12])[0]
    return before + after


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A number with the 近, 余, 条, 以上 around it."""
    lead = re.search(
        r"(?:将近|接近|近|不足|不到|超过|超|逾|突破|不少于|不低于|至少)\s*\Z", text[max(0, start - 6) : start]
    )
    tail = re.match(r"\s*[余多来]?\s*[条篇件份项则期批]?次?(?:以上|左右|上下|之多)?", text[end : end + 8])
    return start - (len(lead[0]) if lead else 0), end + (len(tail[0]) if tail else 0)

"""The blank where a year, a date or a figure of an earlier report stood, and the rule of what is blanked. Pure.

A number is replaced and nothing else: the word it counts stays (「发布信息【待填】条」, 「【待填】年」), so that the clerk
sees what to fill in. Digits are blanked unless a reason below keeps them; Chinese numerals are kept up to ten unless they
count (「三个方面」 is language, 「收到申请三件」 is a figure). docs/decisions/0055-last-year.md has the reasons.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from html import escape, unescape

from disclosure.chinese.numerals import chinese_value, narrow

BLANK = "【待填】"

_C = "一二三四五六七八九十"
# 二〇二三 with whatever was typed for the zero: ○, 零, the letter O, the digit in half or full width.
CHINESE_YEAR = "[一二][〇○◯零OoＯｏ0０一二三四五六七八九]{3}"
_UNTIL = r"\s*(?:学?年(?!级)|[-—－–~～至到]\s*[一二][〇○◯零Oo0一二三四五六七八九]{3}\s*学?年)"
_CLAUSE = r"[^，。；：！？,;!?\n]"
# Words that count what a report counts.
_MEASURE = (
    r"(?:条(?!例)|件(?!事)|人次|次(?!性)|场|期|份|篇|批|封|册|例|宗|起(?!来|草|点|步|到)|名|位|人(?!民|员|事|才|一)|万|元"
    r"|天|小时|倍)"
)

# --- what is no fact of the year, and stays -----------------------------------------------------------------------------

_KEPT = re.compile(
    "|".join(
        (
            # 教办函〔2014〕23号, however its brackets were typed
            r"[〔\[［【（(]\s*[12]\d{3}\s*[〕\]］】）)]\s*第?\s*\d+\s*号",
            # 第29号令, 令第29号, 第3号公告; 第十五条
            r"第\s*\d{1,5}\s*(?:号|条|款|项|章|节|部分|步|类|级|届)",
            r"(?<!\d)\d{1,5}\s*号令",
            rf"第[{_C}百零〇]{{1,8}}",
            # links and mail
            r"(?:https?://|www\.)[!-~]+",
            r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,250}",
            r"(?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?:/[!-~]*)?",
            # phones, hotlines, postcodes, numbers of chat groups
            r"(?<!\d)(?:0\d{2,3}\s?[-—–]\s?\d{7,8}|400[-—]?\d{3}[-—]?\d{4}|1[3-9]\d{9}|0\d{9,11})(?:[-—转]\d{1,5})?(?!\d)",
            r"(?:电话|热线|传真|邮编|邮政编码|QQ群?|微信号|群号|号码)(?:号码|号)?\s*[:：为是]?\s*[（(]?"
            r"\s*\d[\d \-—、/]{2,30}\d(?![\d,.]|\s*(?:余|多)?\s*[次人个条件])",
            r"(?<!\d)\d{5}(?=\s*(?:[^，。；\n]{0,6}热线|[^，。；\n]{0,4}平台))",
            # the time of day, and what is open day and night
            r"(?<!\d)\d{1,2}[:：][0-5]\d(?!\d)",
            r"(?:7\s*[×xX*]\s*)?24\s*个?小时",
            # the time limits of the law: 15 and 20 working days
            r"(?<!\d)(?:15|20)\s*个工作日(?=之?以?内)",
            # a place in a building or a street
            r"(?<!\d)\d{1,5}\s*(?:号楼|号院|楼|室|栋|幢|层)",
            r"(?<=[路街道巷])\s*\d{1,5}\s*号",
            # the ministry's list: 10大类50条
            r"(?<!\d)10\s*个?大类\s*(?:的\s*)?50\s*[条项]",
            # 附件1, 表2
            r"(?:附[件表录图]|[表图])\s*\d{1,2}(?![\d.．%]|\s*[个份张条件项次年月])",
            # 5大类: how a thing is divided, not how much of it there was
            r"(?<!\d)\d\s*(?:大(?:类|板块|方面)|个(?:方面|层面|层次))",
            # 00后; 3·15; 1+X
            r"(?<!\d)\d[05]后(?![勤续来期备台天面])",
            r"(?<!\d)\d{1,2}[·•・‧]\d{1,2}(?!\d)",
            r"(?<!\d)\d{1,2}(?:\s*[+＋]\s*(?:\d{1,2}|[A-Za-zＸＮ]))+(?!\d)",
            # numbering inside a paragraph: （1）…；（2）… and 如下：1.…；2.…
            rf"[（(]\s*\d{{1,2}}\s*[）)](?!\s*{_MEASURE}(?:[，。；、）)\s]|$))",
            r"(?<=[。；;])\s*\d{1,2}\s*[.．、](?!\d)",
            r"(?<=[：:])\s*1\s*[.．、](?!\d)",
            # 二十大, 十九届三中全会, 十四五, 三八红旗手
            rf"(?<![{_C}])[{_C}]{{1,4}}(?:大(?!类|项|件|条)|届)(?:[{_C}]中全会)?",
            r"十[二三四五六七]五",
            r"[一二三四五六七]中全会",
        )
    )
)
# What no heading begins with after its number.
_UNIT = r"\s*[万亿千百十条件次人场期份篇个元倍分天小亩名位项家门户台套成年月日号]"
# At the beginning of a paragraph, heading or cell.
_NUMBERING = re.compile(
    rf"\s*(?:[（(]\s*(?:\d{{1,2}}|[{_C}]{{1,3}})\s*[）)]"
    r"|\d{1,2}(?:[.．]\d{1,2}){0,3}\s*[.．、）)](?:(?!\d)|(?=[12]\d{3}\D))"
    rf"|\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}(?=\s*[一-鿿])(?!{_UNIT})"
    rf"|\d{{1,2}}\s+(?:(?=[一-鿿【])(?!{_UNIT})|(?=[12]\d{{3}}\s?[年-]))"
    rf"|[{_C}]{{1,3}}(?:[、.．](?![{_C}]月)|是))"
)
_QUOTED = re.compile(r"“[^“”\n]{1,40}”|「[^「」\n]{1,40}」|‘[^‘’\n]{1,40}’|\"[^\"\n]{1,40}\"")
# A number in quotation marks is part of a name (“1234政务中心”), unless it says when or how many.
_IN_NAME = re.compile(r"(?!\s*(?:[-—－–~～至]|学?年|月|日|[%％‰]|余|多|人次|条|件|篇|份|次|场|期|元|万|亿))")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ_]")
# A name in 《》 that names a year of the report itself is kept where it is a rule, and blanked where it is the paper
# of that year: the notice, the plan, the report that this year has another one of.
_PAPER_OF_THE_YEAR = re.compile(r"通知|要点|计划|安排|方案|报告|年报|总结|任务")
_ITS_NUMBER = re.compile(
    r"\s*[（(]?[^（）()《》，。；\s]{0,14}[〔\[［【（(]\s*[12]\d{3}\s*[〕\]］】）)]\s*第?\s*\d+\s*号"
)

# --- what is a fact of the year though it is written in Chinese numerals -----------------------------------------------

_COUNTING = (
    r"(?:收到|受理|办理|办结|答复|回复|召开|举办|举行|组织|开展|发布|公开|公示|印发|编印|编发|推送|刊发|报送|发放|回收|收回|发生"
    r"|举报|投诉|复议|诉讼|申请|信访|来信|来访|提案|处理|处置|新增|修订|制定|出台|废止|参加|培训|接待|查处|查实|完成|通报|检查|共|共计|合计|总计|累计|仅|有|达|为)"
)
_COUNTED_ONE = re.compile(rf"{_COUNTING}{_CLAUSE}{{0,10}}$")
_AFTER_ONE = re.compile(
    r"\s*(?:条(?!龙)|件(?!事)|人次|次(?!性)|场|期|份|篇|批次?|封|册|例|宗|起(?!来|草|点|步|到)|名|位|人(?=[，。；、）]|$)|元)"
)
_AFTER_FEW = re.compile(rf"\s*(?:余|多|几)?\s*{_MEASURE}")
_CLOSES_CLAUSE = re.compile(r"\s*(?:余|多)?\s*(?:项|个|部|类|门|家)(?=\s*(?:[，。；！、）)]|$))")
_CHANGES = re.compile(rf"(?:收到|新增|修订|制定|出台|废止|新建|发布|公开|办结|受理|共有|共计){_CLAUSE}{{0,16}}$")
# 第三次, 每两周, 这三件: not how many there were.
_NO_COUNT_BEFORE = re.compile(r"[第每各某前上下这那同任逐独唯]\s*$")
_ABOUT = re.compile(r"[上近数几约超逾过]\s*$")
_COUNTED_MANY = re.compile(
    r"\s*(?:余|多|来)?\s*[个项类家门所台套部块张字页户间处款级" + r"条件次人场期份篇批封册例宗起名位万元天小时]"
)
# Numbers that stand for years, months, days, shares and places in a ranking, in Chinese.
_FACTS = re.compile(
    "|".join(
        (
            rf"{CHINESE_YEAR}(?={_UNTIL})",
            rf"(?<![每几])(?:十[一二]|[{_C}])(?=月(?![饼亮球光薪票季]))",
            rf"(?<=月)[{_C}]{{1,3}}(?=[日号])",
            rf"[{_C}](?=、[{_C}]月份)",
            rf"[{_C}]成[{_C}](?![{_C}])",
            rf"[{_C}](?=成(?:以上|以下|多|左右|[，。；、）]|$))",
            rf"(?<![{_C}])[{_C}]{{1,4}}分之[{_C}]{{1,4}}",
            rf"(?<=百分之)[{_C}百零〇点两]{{1,12}}",
        )
    )
)
_RANK = re.compile(rf"(?:排名|排行榜?|名列|位居|位列|居){_CLAUSE}{{0,8}}?(?:前|第)\s*([{_C}]+|\d+)")
# A rule says how often (「每学期召开两次」), and goes on holding.
_RATE = re.compile(rf"每(?:年|学年|学期|半年|季度|个?季|个?月|周|天|日|两年){_CLAUSE}{{0,10}}$")
_OFTEN = re.compile(r"\s*(?:次|期|场|回)")
_OFTEN_AT_MOST = 12

_DIGITS = re.compile(r"[0-9]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)*(?:[十百千]?[万亿]|[百千](?!分))?")
_CHINESE = re.compile(rf"[{_C}两零〇○百千万亿]+(?:点[{_C}零〇]+)?")
_AMOUNT = re.compile(r"\s*元")
_PERCENT = re.compile(r"\s*[%％‰]|\s*个百分点")
# 九千九百九十九亿九千九百九十九万九千九百九十九 has 23 characters.
_LONGEST_NUMERAL = 30
# How far before a number is read what it is about.
_LOOK_BACK = 40
_JOINT = re.compile(r"\s*[-—－–‐~～/．.]+\s*")


def count(text: str) -> int:
    """How many blanks stand in ``text``, plain or HTML."""
    return text.count(BLANK)


def blanked(text: str, own_years: Collection[int] = ()) -> str:
    """``text``, one paragraph or line, with a blank for each year, date, count and percentage.

    ``own_years`` are the years that the report it stands in is about; a name in 《》 that holds one may be a paper of
    that year (see ``_PAPER_OF_THE_YEAR``).
    """
    pieces, last = [], 0
    for start, end in _spans(text, frozenset(own_years)):
        pieces += [text[last:start], BLANK]
        last = end
    return "".join([*pieces, text[last:]])


def _spans(text: str, own_years: frozenset[int]) -> list[tuple[int, int]]:
    """Where ``text`` is to be blanked, in order, without overlaps. Linear in its length."""
    text = narrow(text)
    # A place in a ranking is a fact although 第 stands before it.
    found = [match.span(1) for match in _RANK.finditer(text)]
    decided = _Mask(text, found)
    decided.take(_kept(text, own_years))
    found += decided.take(match.span() for match in _FACTS.finditer(text))
    # 「1.2025年」: where numbering ends, a number may begin.
    open_text = "".join("\0" if mark else character for character, mark in zip(text, decided.marks, strict=True))
    for is_fact, runs in ((_is_fact_in_digits, _DIGITS), (_is_fact_in_chinese, _CHINESE)):
        for run in runs.finditer(open_text):
            start, end = run.span()
            if text[end - 1] in "万亿" and end - start > 1 and _AMOUNT.match(text, end):
                end -= 1  # 万元 is the measure
            before = text[max(0, start - _LOOK_BACK) : start]
            if is_fact(text, before, start, end):
                found += decided.take([(start, end)])
    return _joined(text, sorted(found))


class _Mask:
    """The characters of a text that are decided on; what touches one of them comes too late."""

    def __init__(self, text: str, spans: list[tuple[int, int]]):
        self.marks = bytearray(len(text))
        self.take(spans)

    def take(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Decide on ``spans``; those that touch nothing decided before."""
        free = []
        for start, end in spans:
            if not any(self.marks[start:end]):
                free.append((start, end))
            self.marks[start:end] = b"\x01" * (end - start)
        return free


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Numbers with nothing but a dash, a stroke or a point between them (2022-2023, 2023.11.17) are one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _JOINT.fullmatch(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_rate(text: str, before: str, end: int, value: Decimal | None) -> bool:
    """Whether the number says how often something is done by rule, which is no fact of the year."""
    return value is not None and value <= _OFTEN_AT_MOST and bool(_OFTEN.match(text, end) and _RATE.search(before))


def _is_fact_in_digits(text: str, before: str, start: int, end: int) -> bool:
    written = text[start:end]
    if _is_rate(text, before, end, Decimal(written) if written.isdecimal() else None):
        return False
    return not (_LATIN.match(before[-1:]) or _LATIN.match(text, end))


def _is_fact_in_chinese(text: str, before: str, start: int, end: int) -> bool:
    """Whether a Chinese numeral tells of the year: above ten nearly always, up to ten only where it counts."""
    value = chinese_value(text[start:end]) if end - start <= _LONGEST_NUMERAL else None
    if value is None:  # 上百, 二三十: nobody's exact number, but a number
        few = _AFTER_FEW.match(text, end)
        return bool(few and (end - start > 1 or few[0].lstrip()[0] in "余多" or _ABOUT.search(before)))
    if _NO_COUNT_BEFORE.search(before) or _is_rate(text, before, end, value):
        return False
    if _PERCENT.match(text, end):
        return True
    if value > 10:
        return bool(_COUNTED_MANY.match(text, end)) or text[end : end + 1] in ("年", "周")
    if value > 1 and _AFTER_FEW.match(text, end):
        return True
    if value <= 1 and _AFTER_ONE.match(text, end) and _COUNTED_ONE.search(before):
        return True
    return bool(_CLOSES_CLAUSE.match(text, end) and _CHANGES.search(before))


def _kept(text: str, own_years: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Where ``text`` stays as it is."""
    if numbering := _NUMBERING.match(text):
        yield numbering.span()
    numbers_of_papers = set()
    for (start, end), is_paper in _names(text, own_years):
        if not is_paper:
            yield start, end
        elif number := _ITS_NUMBER.match(text, end):
            numbers_of_papers.add(number.end())
    yield from (match.span() for match in _KEPT.finditer(text) if match.end() not in numbers_of_papers)
    for quoted in _QUOTED.finditer(text):
        if quoted[0][1:-1].isdecimal() and _AFTER_FEW.match(text, quoted.end()):
            continue
        for digits in re.finditer(r"[0-9]+", quoted[0]):
            if _IN_NAME.match(quoted[0], digits.end()):
                yield quoted.start() + digits.start(), quoted.start() + digits.end()


def _names(text: str, own_years: frozenset[int]) -> Iterator[tuple[tuple[int, int], bool]]:
    """The names in 《》, the outermost of nested ones, and whether each is a paper of the report's own year."""
    depth = begin = 0
    for index, character in enumerate(text):
        if character == "《":
            begin = index if depth == 0 else begin
            depth += 1
        elif character == "》" and depth:
            depth -= 1
            if depth == 0:
                name = text[begin : index + 1]
                years = {int(year) for year in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", name)}
                yield (begin, index + 1), bool(years & own_years and _PAPER_OF_THE_YEAR.search(name))


# --- running text -------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_INLINE = frozenset({"strong", "em", "sub", "sup", "a"})


class _Block:
    """The pieces of text of one paragraph, heading, item or cell, with their places among the tokens."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self.is_numbering = False

    def text(self, tokens: list[str]) -> str:
        return "".join(unescape(tokens[place]) for place in self.places)


def blanked_html(html: str, own_years: Collection[int] = ()) -> str:
    """Cleaned ``html`` with blanks as ``blanked`` sets them: a number may begin in one element and end in another.

    The first column of a table that counts its rows is numbering, and stays.
    """
    own_years = frozenset(own_years)
    tokens = re.split(r"(<[^>]*>)", html)
    for block in _blocks(tokens):
        if not block.is_numbering:
            _blank_block(tokens, block, own_years)
    return "".join(tokens)


def _blocks(tokens: list[str]) -> list[_Block]:
    """The blocks of ``tokens``, texts at even places and tags at odd ones."""
    blocks = [_Block()]
    tables: list[list[list[_Block]]] = []  # of each open table, the blocks of the first cell of each row
    first_cell: list[_Block] | None = None
    for place, token in enumerate(tokens):
        tag = _TAG.fullmatch(token) if place % 2 else None
        if tag is None or tag[2] in _INLINE:
            if place % 2 == 0 and token:
                blocks[-1].places.append(place)
            continue
        blocks.append(_Block())
        is_end, name = bool(tag[1]), tag[2]
        if name == "table" and not is_end:
            tables.append([])
        elif name == "table" and tables:
            _mark_numbering(tables.pop(), tokens)
        elif name == "tr" and not is_end and tables:
            first_cell = []
            tables[-1].append(first_cell)
        elif name in ("td", "th") and is_end:
            first_cell = None
        if first_cell is not None:
            first_cell.append(blocks[-1])
    return [block for block in blocks if block.places]


def _mark_numbering(first_cells: list[list[_Block]], tokens: list[str]) -> None:
    """Keep a first column that counts 1, 2, 3 …; rows that hold no number there stand between."""
    counted = []
    for cell in first_cells:
        text = "".join(block.text(tokens) for block in cell).strip()
        if text.isdecimal():
            counted.append((int(text), cell))
    if len(counted) > 1 and [number for number, _ in counted] == list(range(1, len(counted) + 1)):
        for _, cell in counted:
            for block in cell:
                block.is_numbering = True


def _blank_block(tokens: list[str], block: _Block, own_years: frozenset[int]) -> None:
    """Blank one block: the blank goes where a number begins, the rest of the number goes wherever it stands."""
    texts = [unescape(tokens[place]) for place in block.places]
    spans = _spans("".join(texts), own_years)
    if not spans:
        return
    offset = 0
    for place, text in zip(block.places, texts, strict=True):
        here, last = [], 0
        for start, end in spans:
            begin, stop = max(start - offset, 0), min(end - offset, len(text))
            if begin >= stop:
                continue
            here += [text[last:begin], BLANK if start >= offset else ""]
            last = stop
        tokens[place] = escape("".join([*here, text[last:]]), quote=False)
        offset += len(text)

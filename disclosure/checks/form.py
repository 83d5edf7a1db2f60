"""Rules on form: sentences that end, quotes and brackets in pairs, nothing left over from Word, links that can lead."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from ipaddress import ip_address
from itertools import pairwise
from urllib.parse import urlsplit

from disclosure.checks.base import Context, Fix, Problem, rule
from disclosure.checks.texts import Block, Text, everything, running, short
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity

_ENDS = "。！？!?；;.”’」』）)》〉】"
_TITLE = 30  # characters; a numbered line of so many is a heading though it has a comma
_LABEL = 18  # and one without a number so many, if it has none
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[0-9]{1,2}\s*[.．、)）]|[（(][0-9]{1,2}[）)])")
# 「学校还与某某集团」 is no heading, however short.
_BEGINS_A_SENTENCE = re.compile(
    r"(?:学校|我校|我院|学院)(?:还|将|已|已经|与|对|在|把|从|以|为|通过|按照|根据|坚持|不断|积极|进一步)"
    r"|(?:同时|此外|另外|一年来|本学年|本年度)[，学]"
)
_CUT = re.compile(r"(?:[，,、—–\-…]|\.\.\.|。。。)\Z")


@rule(
    Severity.WARNING,
    title="句子完整，段末有标点",
    why="出现过「《教育部关于公布依托学院官网主页…」这样断在半句的段落。",
    source="真实报告所见：半句话；GB/T 15834-2011",
)
def sentences_are_whole(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「《教育部关于公布依托学院官网主页…」: a paragraph that breaks off was cut by a paste, and nobody read it."""
    for text in running(document):
        for index, block in enumerate(text.blocks):
            last = block.text[-1]
            if _is_whole(text, index, block):
                continue
            tail = (max(block.start, block.end - 12), block.end)
            if _CUT.search(block.text) or last in "：:":
                yield text.problem(f"「…{short(text.text[slice(*tail)])}」像是没有写完。请补全这句话。", tail)
            else:
                # No fix: whether the sentence is only without its mark, or without its end, a person has to see.
                yield text.problem(
                    f"「…{short(text.text[slice(*tail)])}」后面没有标点。请看这句话是否写完，写完的请补上标点。", tail
                )


def _is_whole(text: Text, index: int, block: Block) -> bool:
    if block.is_heading or block.is_cell:
        return True
    words = block.text
    if words[-1] in "：:":
        # What it announces follows, in the next line, in a table, or, of the preamble, in the sections.
        return index + 1 < len(text.blocks) or text.section is SectionKey.HEAD or len(words) < 8
    if _CUT.search(words):
        return len(words) < 8
    if words[-1] in _ENDS:
        return True
    if _BEGINS_A_SENTENCE.match(words):
        return False
    is_numbered = bool(_NUMBERED.match(words))
    if "。" not in words and len(words) <= (_TITLE if is_numbered else _LABEL):
        return is_numbered or block.tag == "li" or not re.search("[，,]", words)
    return not (re.search(r"[，。；]", words) or len(words) >= 2 * _TITLE)


_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
_OPENED = {close: open_ for open_, close in _PAIRS.items()}
_MARKS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_OPENED]))}]")
# A full-width bracket closed by a half-width one is a matter of looks, not of sense.
_SAME = {"（": "(", "）": ")"}
_ITEM = re.compile(r"(?:^|(?<=[。；;：:，,\s]))(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[a-zA-Z])[）)]")


@rule(
    Severity.WARNING,
    title="引号、括号、书名号成对",
    why="有的报告「…事项清单>的通知》」少了前一半书名号；不成对的标点多是删改时留下的。",
    source="真实报告所见：不成对的引号和括号；GB/T 15834-2011",
)
def quotes_and_brackets_are_in_pairs(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: half a pair (report 004: 「…清单>的通知》」) is what an edit or a cut left behind."""
    for text in everything(document):
        quoted_on = _quoted_on(text.blocks)
        for block in text.blocks:
            single = _unpaired(block.text)
            if block.start in quoted_on and single[:1] == [0]:
                single = single[1:]
            if not single:
                continue
            spans = [(block.start + at, block.start + at + 1) for at in single]
            quoted = "、".join(f"「{_around(block.text, at)}」" for at in single[:3])
            fix = None if text.field == "methods" else _turned(text, spans)
            yield text.problem(f"标点不成对：{quoted}。请补上或删去另一半。", *spans, fix=fix)


def _quoted_on(blocks: tuple[Block, ...]) -> set[int]:
    """Where paragraphs begin whose quotation goes on in the next: each opens it, the last alone closes it."""
    return {
        block.start
        for block, following in pairwise(blocks)
        if block.text[0] in "“‘" and block.text[0] == following.text[0]
    }


def _unpaired(words: str) -> list[int]:
    """Where marks stand that have no other half."""
    numbering = {match.end() - 1 for match in _ITEM.finditer(words)}
    open_marks: list[tuple[int, str]] = []
    open_kinds: Counter[str] = Counter()
    single: list[int] = []
    for match in _MARKS.finditer(words):
        at, mark = match.start(), match[0]
        if mark == "’" and at and words[at - 1].isascii() and words[at - 1].isalpha():
            continue  # an apostrophe
        if mark in _PAIRS:
            open_marks.append((at, _SAME.get(mark, mark)))
            open_kinds[open_marks[-1][1]] += 1
        elif mark in _OPENED:
            wanted = _SAME.get(_OPENED[mark], _OPENED[mark])
            if at in numbering and wanted == "(" and (not open_marks or open_marks[-1][1] != wanted):
                continue
            if not open_kinds[wanted]:
                single.append(at)
                continue
            while open_marks[-1][1] != wanted:  # what was opened within and not closed
                open_kinds[open_marks[-1][1]] -= 1
                single.append(open_marks.pop()[0])
            open_marks.pop()
            open_kinds[wanted] -= 1
    single += [at for at, _ in open_marks]
    if words.count('"') % 2:
        single.append(words.rindex('"'))
    return sorted(single)


def _turned(text: Text, spans: list[tuple[int, int]]) -> Fix | None:
    """「“…“」: two of one kind, where the one should be the other."""
    if len(spans) != 2:
        return None
    first, second = (text.text[start:end] for start, end in spans)
    if first != second or first not in "“”":
        return None
    at, right = (spans[1], "”") if first == "“" else (spans[0], "“")
    return text.replacing(f"改为「{right}」", *at, right)


def _around(words: str, at: int) -> str:
    return words[max(0, at - 6) : at + 7].strip()


_DOUBLED = re.compile(r"[，。；：、]{2,}")


@rule(
    Severity.WARNING,
    title="标点不重复",
    why="删改之后常留下「。。」「，。」这样的标点。",
    source="GB/T 15834-2011",
)
def marks_are_not_doubled(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「，。」 and 「。。」 are what is left where words were taken out; one of them is too many."""
    for text in running(document):
        for match in _DOUBLED.finditer(text.text):
            if set(match[0]) == {"。"} and len(match[0]) >= 3:
                continue  # dots for what was left out: told as a sentence that breaks off
            right = "。" if "。" in match[0] else match[0][0]
            yield text.problem(
                f"「{match[0]}」标点重复。",
                match.span(),
                fix=text.replacing(f"改为「{right}」", *match.span(), right),
            )


# What each of them may begin with: most characters of a report are none of these, and need not be tried twenty times.
_DEBRIS = re.compile(
    r"(?=[\[_{\\<&\sA-Zm错批删带格设已单\ufffc\ufffd\uf020-\uf0ff])(?:"
    + "|".join(
        (
            r"\[bookmark:[^\]\n]{0,60}\]",
            r"_GoBack\b",
            r"_Toc[0-9]{6,}",
            r"_Ref[0-9]{6,}",
            r"\{?\s{0,9}(?:HYPERLINK|PAGEREF|INCLUDEPICTURE|MERGEFIELD|STYLEREF|NOTEREF)\s+\\?\"?[^\s{}<，。\u4e00-\u9fff]{1,200}\"?\s*\}?",
            r"\{?\s{0,9}(?:TOC|SEQ|PAGE|NUMPAGES|EMBED|DATE|TIME|EQ|REF|LISTNUM)\s+\\[*@a-z][^}\n\u4e00-\u9fff]{0,80}\}?",
            r"EMBED\s{1,3}[A-Z][A-Za-z]{1,20}\.[A-Za-z0-9.]{1,20}(?:\s{0,3}\\[a-z])?",
            r"SEQ\s{1,3}[^\s\\]{1,10}\s{1,3}\\\*\s{0,3}[A-Za-z]{3,20}",
            r"\\\*\s?MERGEFORMAT",
            r"错误[!！]\s*(?:未找到引用源|未定义书签|使用[“\"]开始[”\"]|文档中没有指定样式的文字|链接无效)[。.]?",
            r"Error! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid)\.?",
            r"\[批注\s?\[[A-Za-z\u4e00-\u9fff]{0,10}[0-9]{1,3}\]\s?[:：]?[^\[\]\n]{0,80}\]",
            r"\[?批注\s?\[[A-Za-z\u4e00-\u9fff]{0,10}[0-9]{1,3}\]\s?[:：]?\]?",
            r"Comment(?:ed)? \[[A-Za-z]{1,6}[0-9]{1,3}\]:?",
            r"(?<![\u4e00-\u9fff])(?:删除的内容|带格式的|格式化的|设置了格式|已删除)\s?[:：]",
            r"\bmso-[a-z-]+\s?:[^;。\n]{0,60};?",
            r"<!(?:--)?\[if [^\]]{0,60}\](?:-->|>)?|<!\[endif\](?:--)?>",
            r"</?[ovwm]:[a-zA-Z]+[^<>]{0,80}/?>",
            r"&(?:nbsp|ldquo|rdquo|amp|lt|gt|mdash|middot);",
            r"单击(?:或点击)?此处(?:可)?(?:输入|添加|键入)(?:文字|文本|日期|标题)?[。.]?",
            r"Normal(?:\.dotm)?\s+0\s+false\s+false",
            # Word's bullets of Symbol and Wingdings. Elsewhere in the private area stand rare characters of names.
            "[\ufffc\ufffd\uf020-\uf0ff]",
        )
    )
    + ")"
)


# Only the mark of a comment: how much of what follows is the comment, only a person sees.
_OF_A_COMMENT = re.compile(r"\[?批注\s?\[[^\]]*\]\s?[:：]?\]?\Z|Comment")


@rule(
    Severity.ERROR,
    title="没有 Word 的残留",
    why="「[bookmark: _GoBack]」、域代码、批注和修订的标记混进正文，公开出去就是事故；其中没有一种可能是正文。",
    source="真实报告所见：Word 残留",
    holds_for_backfill=False,
)
def nothing_is_left_over_from_word(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「[bookmark: _GoBack]」 and field codes stand in published reports; no report means to say them."""
    for text in everything(document):
        for match in _DEBRIS.finditer(text.text):
            start, end = match.span()
            while end < len(text.text) and match[0][0] in "[{_\\" and text.text[end] == " ":
                end += 1
            yield text.problem(
                f"「{short(match[0].strip(), 30)}」是 Word 的残留，不是正文。请删去。",
                (start, end),
                fix=None
                if text.field == "methods" or _OF_A_COMMENT.match(match[0])
                else text.replacing("删去", start, end, ""),
            )


_FILLED_IN = (
    r"(?=\s*(?:学院|大学|学校|职业|部门|处|部|办|中心|公司|单位|老师|同志"
    r"|年|月|日|省|市|县|区|条|件|次|人|份|期|项|万|元|填写|负责|[%％]))"
)
_PLACEHOLDER = re.compile(
    # XX学院, 由XXX填写, 202X年, ____年. XXGK, X光 and 3×4 are words, and 李×× is somebody who is not to be named.
    rf"(?<![A-Za-z0-9×ＸX])[XＸ×]{{2,6}}{_FILLED_IN}|(?<=[由为共计达])[XＸ×]{{2,6}}(?![A-Za-z0-9×])"
    r"|20[0-9]{0,2}[XxＸ×]{1,2}(?=\s*(?:[-—–至]|学?年))"
    rf"|某某(?=学院|大学|学校|职业|部门|处)|(?<![_＿])[_＿]{{2,40}}{_FILLED_IN}"
    r"|[（(]\s*(?:待补充?|待填写?|待定|待核实|请填写|此处填写[^）)]{0,12})\s*[）)]"
)


@rule(
    Severity.WARNING,
    title="没有留下「XX」「202X」之类的占位符",
    why="照模板填写的报告，常留下「XX学院」「由XXX填写」「202X年」没有改。",
    source="真实报告所见：模板的占位符",
)
def no_placeholder_is_left(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「XX学院」, 「由XXX填写」: a template's words for the school and its figures, which nobody filled in."""
    for text in everything(document):
        for match in _PLACEHOLDER.finditer(text.text):
            start, end = match.span()
            around = text.text[max(0, start - 6) : end + 6]
            yield text.problem(
                f"「{' '.join(around.split())}」里的「{match[0]}」像是没有填写的占位符。请改成实际内容。", (start, end)
            )


_HREF = re.compile(r'<a href="([^"]*)"')
_BROKEN = re.compile(r"[\s，。；、（）《》“”]|https?:/?/?https?:|^https?:/[^/]|\.\.|,|http[s]?:///")
# http//xxgk…, http:/xxgk…, http：//xxgk…, htp://xxgk…
_WRITTEN_WRONG = re.compile(
    r"(?<![a-zA-Z])(?:https?(?!://)[:：;；,，.]{0,2}[/／\\]{1,3}|(?:htp|hhtp|htttp|hptt)s?[:：]?/{1,2})[a-zA-Z0-9][a-zA-Z0-9./_-]{2,80}"
    # www.mdxy.edu,cn
    r"|(?<![a-zA-Z0-9.])www[.,，。][a-z0-9.-]{2,40}[,，。](?:edu|cn|com|net|org|gov)(?![a-z])"
)
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]*)(?:\.[a-z0-9\u4e00-\u9fff-]+)+\Z", re.IGNORECASE
)


@rule(
    Severity.WARNING,
    title="链接的地址能从校外打开",
    why="打不开的链接是第三方评估最常见的问题；内网地址、少写多写的网址一看便知。",
    source="真实报告所见：清单中失效或错误的链接",
)
def links_can_lead_somewhere(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: dead links are the commonest finding of outside evaluations; many are plainly no address of the web.

    Whether an address answers is not asked here: a check is pure.
    """
    for text in running(document):
        for href in _HREF.findall(text.value):
            address = unescape(href)
            reason = _why_not(address)
            if reason:
                yield Problem(text.section, f"链接「{short(address, 40)}」{reason}。请改正。", text.field)
    for index, one in enumerate(document.sections.overview.figures.rules):
        reason = _why_not(one.url) if one.url else ""
        if reason:
            sentence = f"第{index + 1}项制度的链接「{short(one.url, 40)}」{reason}。请改正。"
            yield Problem(SectionKey.OVERVIEW, sentence, f"rules-{index}-url")


@rule(
    Severity.WARNING,
    title="网址写得完整",
    why="「http//xxgk……」「http：//xxgk……」照着输入打不开；改一个标点就能用。",
    source="真实报告所见：失效或错误的链接",
)
def addresses_are_written_whole(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「http//xxgk…」, with a mark missing or a full-width colon, is typed off by nobody to any end."""
    for text in running(document):
        for match in _WRITTEN_WRONG.finditer(text.text):
            yield text.problem(f"网址「{short(match[0], 40)}」的标点写得不对，照着输入打不开。请改正。", match.span())


def _why_not(address: str) -> str:
    """Why ``address`` leads nobody anywhere, or ""."""
    if address.startswith("mailto:"):
        return "" if re.fullmatch(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+", address) else "不是完整的邮箱地址"
    if not address.startswith(("http://", "https://")):
        return "不是完整的网址，应以 http:// 或 https:// 开头"
    if _BROKEN.search(address.partition("?")[0].partition("#")[0]):
        return "写得不对，含有空格、中文标点或重复的部分"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return "写得不对"
    return "" if _is_public(host) else "校外打不开"


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return bool(_HOST.match(host)) and not host.endswith((".local", ".lan", ".internal", ".localhost"))

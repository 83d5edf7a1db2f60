"""Rules on personal data in what will be public."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from disclosure.checks.base import Context, Fix, Problem, rule
from disclosure.checks.texts import Block, Text, lines, running
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity
from disclosure.richtext import personal_data

# What a report is always returned for: a card may be the school's own account, a mailbox an office's.
_OF_A_PERSON = frozenset({"手机号码", "身份证号"})


@rule(
    Severity.ERROR,
    title="不含手机号码和身份证号",
    why="手机、身份证号会混进正文、表格和标题；未经单独同意不得公开，审核时一律退回。",
    source="《个人信息保护法》第六条、第二十五条；真实报告所见",
    holds_for_backfill=False,
)
def no_mobiles_or_resident_ids(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: mobiles and resident IDs slip into texts; the law forbids publishing them (PIPL Art. 25), consent apart.

    A number that the school means to publish, a hotline held by a mobile, is what a waiver is for. The mobiles of the
    annex have a field of their own, which is never published.
    """
    yield from _in_texts(document, is_certain=True)
    yield from _in_lines(document, is_certain=True)


@rule(
    Severity.WARNING,
    title="正文不含银行卡号、个人邮箱",
    why="银行卡号、个人邮箱会混进正文和表格；个人的，未经单独同意不得公开。",
    source="《个人信息保护法》第六条、第二十五条",
)
def texts_hold_no_personal_data(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: cards and private mail slip into texts; a school's own account may stand there, so it asks.

    It asks too of what may be a mobile or the end of a code: digits within an address, or after 编号.
    """
    yield from _in_texts(document, is_certain=False)


@rule(
    Severity.WARNING,
    title="链接不含个人信息",
    why="链接的地址里写着手机、个人邮箱，读者看不见，机器看得见。",
    source="《个人信息保护法》第六条、第二十五条；真实报告所见：每段文字、表格、链接",
)
def links_hold_no_personal_data(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a mail address or a mobile in the target of a link is published although nobody reads it on the page.

    A link leads to a page or to a mailbox: digits in the one may be the number of an article.
    """
    for text in running(document):
        for href in re.findall(r'<a href="([^"]*)"', text.value):
            for datum in personal_data.find_in_address(unescape(href)):
                yield Problem(
                    text.section,
                    f"有一个链接的地址里含有{datum.kind}「{datum.masked}」，公开时会去掉这个链接。请换一个地址。",
                    text.field,
                )


@rule(
    Severity.WARNING,
    title="标题、名称等单行文字不含银行卡号、个人邮箱",
    why="公开时会遮盖，不如由填报人改好。",
    source="《个人信息保护法》第六条、第二十五条",
)
def lines_hold_no_personal_data(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: what will be masked in a title or in the name of a rule is better mended by who wrote it."""
    yield from _in_lines(document, is_certain=False)


# Digits of a code, not of a telephone: within an address, beside a letter, after 编号 or the like.
_CODE_BEFORE = re.compile(
    r"[A-Za-z=/_?&%#]\Z"
    r"|(?:编号|档号|备案号|序列号|合同号|单号|发票|证号|代码|条码)[^0-9，。；]{0,4}[0-9A-Za-z-]*\Z"
)
_CODE_AFTER = re.compile(r"[A-Za-z=/_&%#]")


def _is_certain(text: str, datum: personal_data.PersonalDatum) -> bool:
    """Whether it is a mobile or a resident ID for certain."""
    if datum.kind not in _OF_A_PERSON:
        return False
    before = text[max(0, datum.start - 24) : datum.start]
    return not (_CODE_BEFORE.search(before) or _CODE_AFTER.match(text, datum.end)) or "身份证" in before


def _in_texts(document: Document, is_certain: bool) -> Iterator[Problem]:
    for text in running(document):
        for datum in _found(text.seen):
            if _is_certain(text.seen, datum) is is_certain:
                yield _personal(text, datum, f"正文里有{datum.kind}")


def _in_lines(document: Document, is_certain: bool) -> Iterator[Problem]:
    for line in lines(document):
        for datum in _found(line.value):
            if _is_certain(line.value, datum) is is_certain:
                yield _personal(line, datum, f"{line.words}里有{datum.kind}")
    if is_certain:
        return
    for index, one in enumerate(document.sections.overview.figures.rules):
        if personal_data.find_in_address(one.url):
            yield Problem(
                SectionKey.OVERVIEW,
                f"第{index + 1}项制度的链接含有个人信息，不会公开。请换一个链接。",
                f"rules-{index}-url",
            )


@lru_cache(maxsize=128)
def _found(seen: str) -> tuple[personal_data.PersonalDatum, ...]:
    """The personal data of a text, which three rules ask for."""
    return tuple(personal_data.find(seen))


def _personal(text: Text, datum: personal_data.PersonalDatum, words: str) -> Problem:
    sentence = f"{words}「{datum.masked}」。公开时会这样遮盖；建议直接删去。"
    fix = text.replacing("打码", datum.start, datum.end, datum.masked)
    # The ways of asking are shown in one field and stored as a list: nothing to put a mask into.
    return text.problem(sentence, (datum.start, datum.end), fix=None if text.field == "methods" else fix)


@rule(
    Severity.WARNING,
    title="办公电话填座机",
    why="办公电话向社会公开，填了手机就会被隐去，等于没有电话。",
    source="教办厅函〔2018〕80号附件；《个人信息保护法》",
)
def office_phones_are_no_mobiles(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the office phone is public, so a mobile typed there would be withheld and leave no number at all."""
    for index, person in enumerate(document.contacts):
        if personal_data.is_mobile(person.office_phone):
            yield Problem(
                SectionKey.CONTACTS,
                f"{person.role.label}的办公电话填的是手机号码，不会公开。请填办公室座机，手机填在「移动电话」。",
                f"people-{index}-office_phone",
            )


@rule(
    Severity.WARNING,
    title="联系方式里有可以公开的邮箱",
    why="有的报告三位联系人留的都是 QQ 邮箱；个人邮箱公开时会隐去，公众就没有邮箱可用。",
    source="真实报告所见：附件里的私人手机和 QQ 邮箱；《个人信息保护法》第六条",
    holds_for_backfill=False,
)
def some_mailbox_is_an_offices(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: all three people of report 002 gave QQ mailboxes; these are withheld, and the public is left without any."""
    given = [(index, person) for index, person in enumerate(document.contacts) if person.email]
    if given and all(personal_data.is_personal_mail(person.email) for _, person in given):
        yield Problem(
            SectionKey.CONTACTS,
            "附件里的邮箱都是个人邮箱，公开时会隐去，公众将看不到邮箱。请至少填写一个办公邮箱。",
            f"people-{given[0][0]}-email",
        )


# Where a column is headed 学号 any number is one; elsewhere one that begins with the year of entry and is no date.
_ANY_NUMBER = re.compile(r"(?<![0-9A-Za-z.\-—〔])[A-Z]{0,2}[0-9]{6,14}(?![0-9A-Za-z\-—号%])")
_STUDENT_NUMBER = re.compile(r"(?<![0-9A-Za-z.\-—〔])20[0-2][0-9][0-9]{5,8}(?![0-9A-Za-z\-—号%])")
_SAYS_SO = re.compile(r"(?:学号|考生号|准考证号|报名号|学籍号)[:：为]?\s*")
_NUMBER_COLUMN = re.compile(r"学号|考生号|准考证号|报名号|学籍号|证件号")
_LEAST_LISTED = 3  # lines with such a number that make a list


@rule(
    Severity.WARNING,
    title="名单不含学号、考生号",
    why="评奖、资助、录取名单常带学号、考生号，凭它可以查到本人的其他信息。",
    source="《个人信息保护法》第六条：对个人权益影响最小；真实报告所见：名单中的学号",
)
def lists_hold_no_student_numbers(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: lists of grants, prizes and admissions are pasted with the students' numbers, which open other records."""
    for text in running(document):
        said = {match.end() for match in _SAYS_SO.finditer(text.text)}
        pattern = _ANY_NUMBER if said or _NUMBER_COLUMN.search(text.text) else _STUDENT_NUMBER
        others = [(datum.start, datum.end) for datum in _found(text.seen)]
        numbers = _outside([match.span() for match in pattern.finditer(text.text)], others)
        rows = [(block.start, block.end) for block in text.blocks if _is_row(block)]
        listed = [number for number in numbers if _is_within(number, rows)]
        found = listed if len(listed) >= _LEAST_LISTED else [span for span in numbers if span[0] in said]
        if found:
            edits = tuple(text.edit(start, end, _masked(text.text[start:end])) for start, end in found)
            yield text.problem(
                f"{text.words}里的名单有 {len(found)} 个学号或考生号。请删去，或遮盖中间几位。",
                *found,
                fix=Fix("打码", edits),
            )


def _outside(spans: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of ``spans`` that touch none of ``others``; both in the order of the text, and none over another."""
    ends = [end for _, end in others]
    found = []
    for start, end in spans:
        following = bisect_right(ends, start)
        if following == len(others) or others[following][0] >= end:
            found.append((start, end))
    return found


def _is_within(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """Whether ``span`` lies in one of ``spans``, which stand in the order of the text."""
    at = bisect_right(spans, span[0], key=lambda one: one[0]) - 1
    return at >= 0 and span[1] <= spans[at][1]


def _is_row(block: Block) -> bool:
    """A cell, or a line of a list: a name and the number, little else."""
    return block.is_cell or (len(block.text) <= 40 and not re.search(r"[，。；]", block.text))


def _masked(number: str) -> str:
    """The year of entry and the last two places stay."""
    return number[:4] + "*" * (len(number) - 6) + number[-2:]


_PASSPORT = re.compile(r"护照(?:号码?)?[^0-9A-Za-z。，；]{0,4}([A-Z]{1,2}[0-9]{7,8})(?![0-9A-Za-z])")
_ADDRESS = re.compile(r"(?:家庭(?:住址|地址)|居住地址|现住址|户籍(?:地址|所在地)|住址)[:：为]\s*([^，。；\n\t]{4,60})")


_QQ = re.compile(r"(?<![A-Za-z])(?:QQ|qq)\s*+(?:群主|号码?)?+\s*+[:：为]?+\s*+([1-9][0-9]{4,10})(?![0-9@])")


@rule(
    Severity.WARNING,
    title="不含护照号、QQ 号和家庭住址",
    why="出国（境）人员名单、资助公示里出现过护照号和家庭住址，联系方式里出现过个人的 QQ 号。",
    source="《个人信息保护法》第六条、第二十五条；真实报告所见",
)
def no_passports_or_home_addresses(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: lists of journeys abroad and of grants carry the numbers of passports and where people live."""
    for text in running(document):
        for pattern, words, keep in (
            (_PASSPORT, "护照号", (1, 3)),
            (_QQ, "QQ 号", (2, 2)),
            (_ADDRESS, "家庭住址", (3, 0)),
        ):
            for match in pattern.finditer(text.text):
                start, end = match.span(1)
                value = text.text[start:end]
                if "*" in value:
                    continue
                masked = value[: keep[0]] + "*" * (len(value) - sum(keep)) + value[len(value) - keep[1] :]
                yield text.problem(
                    f"{text.words}里有{words}「{masked}」。请删去或遮盖。",
                    (start, end),
                    fix=text.replacing("打码", start, end, masked),
                )

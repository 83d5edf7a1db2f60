"""Rules on what a report says it is: whose, and of which year. Title, label, preamble, signature, cited notices."""

import re
from collections.abc import Iterator

from disclosure.checks.base import Context, Problem, rule
from disclosure.checks.texts import Text, body_of, lines, running, sentence_at, short
from disclosure.report.document import Document
from disclosure.report.enums import SectionKey, Severity

_SPAN = re.compile(
    r"(?<![0-9])(20[0-9]{2})\s*(?:学?年度?)?\s*[-—–－~～至/]+\s*(20[0-9]{2}|[0-9]{2}(?![0-9]))\s*(?=学?年)"
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=\s*(?:学?年|[-—–－~～]))")
_STARTING = re.compile(r"(?<![0-9])20[0-9]{2}\s*学年")


def latest_year(words: str) -> int | None:
    """The year that a title or a label is of: the later one of 「2022-2023学年度」; None where it names none."""
    span = _SPAN.search(words)
    if span:
        second = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        return int(second)
    years = [int(year) for year in _YEAR.findall(words)]
    return max(years) if years else None


def own_year(document: Document) -> int:
    """The year that the report is of by its label: 2023 of 「2022-2023学年度」 and of 「2023年」, else when it is due."""
    return latest_year(document.label) or document.year


@rule(
    Severity.ERROR,
    title="标题的年度与报告年度一致",
    why="照上年的报告修改，最容易忘的是标题里的年份。",
    source="真实报告所见：标题、期限、通知、正文的年份不一致",
    holds_for_backfill=False,
)
def title_is_of_the_reports_year(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: of a report made from last year's, the year in the title is what is forgotten most easily."""
    title = lines_of(document, "title")
    year = latest_year(title.value)
    if year is None:
        return
    # A report on 2022 may be due in 2022 or in 2023: the label says which it is, and without one both may be.
    right = {own_year(document)} if latest_year(document.label) else {document.year, document.year - 1}
    named = {year, *(int(one) for one in _YEAR.findall(title.value) if not _SPAN.search(title.value))}
    # 「2022学年」 is, with some, the one that begins in 2022.
    if _STARTING.search(title.value) and not _SPAN.search(title.value):
        named.add(year + 1)
    match = _SPAN.search(title.value) or _YEAR.search(title.value)
    if match is None or named & right:
        return
    label = document.label or f"{document.year}年"
    yield title.problem(f"标题写的是 {year} 年，报告年度是「{label}」。请改成一致。", match.span())


@rule(
    Severity.WARNING,
    title="学年跨度为一年",
    why="「2022-2024学年」「2023-2022学年」多是只改了一个年份。",
    source="真实报告所见：年份不一致",
    holds_for_backfill=False,
)
def school_years_are_one_year(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「2021-2023学年度」: of the two years only one was changed."""
    for text in [*running(document), lines_of(document, "title")]:
        for match in re.finditer(r"(?<![0-9])(20[0-9]{2})\s*[-—–－~～至]+\s*(20[0-9]{2})\s*学年", text.text):
            if int(match[2]) - int(match[1]) != 1:
                yield text.problem(f"「{match[0]}」不是一个学年。请核对年份。", match.span())


_AGO = re.compile(r"上(?:一)?(?:个)?(?:学年|年)|去年|同比|较|相比|比|以来|往年|历年|起|始|先后|曾|获|年至")
_AHEAD = re.compile(r"下(?:一)?(?:步|年|学年|阶段)|将|计划|今后|明年|重点|打算|拟")
_WORK = re.compile(
    r"(20[0-9]{2})\s*[-—–－~～至]+\s*(20[0-9]{2})\s*学年(?:度)?|(?<![0-9\-—–~至〔])(20[0-9]{2})\s*(?:年度|学年度?)"
)


@rule(
    Severity.WARNING,
    title="正文写的年度是本报告的年度",
    why="沿用上年的段落，常留下「2021-2022学年，学校……」。",
    source="真实报告所见：标题、期限、通知、正文的年份不一致",
    holds_for_backfill=False,
)
def years_in_text_are_the_reports(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a paragraph taken over from last year goes on speaking of 「2021-2022学年」."""
    own = own_year(document)
    yield from _promises_of_the_past(body_of(document, SectionKey.EXPERIENCE), own)
    for text in running(document):
        yield from _years_to_come(text, document.year)
        for match in _WORK.finditer(text.text):
            year = int(match[2] or match[3])
            start, end = sentence_at(text.text, match.start())
            told = _without_titles(text.text[start:end])
            if year in (own, document.year) or match[0] not in told:
                continue
            if _OF_ANOTHER_YEAR.match(text.text, match.end()):
                continue
            # The year that the period began in is the report's, too: 2022年度 in a report on 2022-2023.
            if match[3] and document.period.start and year == document.period.start.year:
                continue
            if year > own and (year == own + 1) and _AHEAD.search(told + text.text[end : end + 1]):
                continue
            if year < own and _AGO.search(told):
                continue
            if text.section is SectionKey.EXPERIENCE and year == own + 1:
                continue  # what is planned for the next year
            yield text.problem(f"「{match[0]}」不是本报告的年度（{document.label or own}）。请核对。", match.span())


# What is still to be done by a day that is over: 「将于2021年底前完成」 in a report on 2022.
_PROMISED = re.compile(
    r"(?<![0-9])(20[0-9]{2})年(?:[0-9]{1,2}月|上半年|下半年|年)?(?:底|末)?(?:前|之前|以前)(?=[^，。；]{0,20}(?:完成|建成|实现|落实|开通|上线|整改|公开))"
)
_DONE = re.compile(r"已|于[^，。；]{0,12}完成了|完成了|建成了|实现了|如期|按期")


_DAY_TO_COME = re.compile(r"(?<![0-9])(20[0-9]{2})年(?:[0-9]{1,2})月")


def _years_to_come(text: Text, year: int) -> Iterator[Problem]:
    """「2032年3月，学校召开……」: what happened cannot have happened then."""
    for match in _DAY_TO_COME.finditer(text.text):
        start, end = sentence_at(text.text, match.start())
        if int(match[1]) > year + 1 and not re.search(r"到|至|前|底|规划|目标|有效|期", text.text[start:end]):
            yield text.problem(f"「{match[0]}」还没有到。请核对年份。", match.span())


def _promises_of_the_past(text: Text, own: int) -> Iterator[Problem]:
    for match in _PROMISED.finditer(text.text):
        said = text.text[slice(*sentence_at(text.text, match.start()))]
        if int(match[1]) < own and not _DONE.search(said):
            yield text.problem(
                f"「{match[0]}」已经过去，这里写的却是要做的事。请核对年份，或写明完成的情况。", match.span()
            )


# What is published in one year about another: 公开上一年度的决算.
_OF_ANOTHER_YEAR = re.compile(r"[^，。；、]{0,12}(?:决算|预算|审计|财务|就业|毕业|质量|年报|规划|收支)")


def _without_titles(words: str) -> str:
    return re.sub(r"《[^《》]{1,80}》", "", words)


_NOTICE = re.compile(
    r"《([^《》\n]{0,40}?(20[0-9]{2})\s*(?:[-—–－]\s*(20[0-9]{2}))?\s*(?:学年度?|年度?)[^《》\n]{0,40}?通知)》"
)
_ITS_NUMBER = re.compile(
    r"\s*[（(]\s*[^（()）\n]{0,20}?[〔\[【（(﹝]\s*(20[0-9]{2})\s*[〕\]】）)﹞]\s*第?[0-9]{1,4}\s*号"
)
_ABOUT_REPORT = re.compile(r"信息(?:公开)?.{0,8}(?:年度|年报|报告)|年度报告")


@rule(
    Severity.WARNING,
    title="引用的通知是本年度的",
    why="照上年修改的报告，仍引用上年布置工作的通知；或名称改了，文号还是上年的。",
    source="真实报告所见：引用上年的通知",
    holds_for_backfill=False,
)
def notices_are_this_years(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: reports cite the notice of the year before, or its new name with its old number."""
    own = own_year(document)
    preamble = running(document)[0]
    for match in _NOTICE.finditer(preamble.text):
        if not _ABOUT_REPORT.search(match[1]):
            continue
        year = int(match[3] or match[2])
        if year not in (own, document.year, *((own - 1,) if _is_calendar_year_before(document) else ())):
            yield preamble.problem(
                f"引用的通知「{short(match[0], 40)}」是 {year} 年的，报告是 {own} 年的。请改为本年度的通知，并核对文号。",
                match.span(),
            )
            continue
        number = _ITS_NUMBER.match(preamble.text, match.end())
        if number and int(number[1]) not in (year, year + 1):
            yield preamble.problem(
                f"「{short(match[0], 40)}」是 {year} 年的通知，文号却是 {number[1]} 年的。请核对文号。", number.span()
            )


def _is_calendar_year_before(document: Document) -> bool:
    """Whether the period is a calendar year that was over before the report was due: its notice may be of either."""
    end = document.period.end
    return end is not None and end.month == 12 and end.year < document.year


def lines_of(document: Document, field: str) -> Text:
    """One line of the head."""
    return next(line for line in lines(document) if line.section is SectionKey.HEAD and line.field == field)


# --- whose ----------------------------------------------------------------------------------------------------------------


def _plain(name: str) -> str:
    """A school's name for comparing: without blanks, and with what some write in half-width brackets."""
    return re.sub(r"\s+", "", name).replace("(", "（").replace(")", "）")


@rule(
    Severity.WARNING,
    title="标题和落款写的是本校名称",
    why="校名写错一个字，或用了旧名、简称，公开后无法更改。",
    source="GB/T 9704-2012：发文机关用全称或规范化简称",
)
def title_and_signature_name_the_school(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: an old name, a name with a character too few, or another school's above one's own report."""
    own = _plain(document.school.name)
    short_own = re.sub(r"（[^）]*）$", "", own)
    for field, words in (("title", "标题"), ("signature_organisation", "落款")):
        line = lines_of(document, field)
        plain = _plain(line.value)
        # A title may leave the name to the line above it, and an office may sign for the school.
        named = re.search(r"[\u4e00-\u9fff]{2,}(?:大学|学院|学校|专科学校)", plain)
        if not plain or short_own in plain or (field == "title" and not named):
            continue
        yield line.problem(
            f"{words}「{short(line.value, 40)}」里没有本校名称「{document.school.name}」。请核对。",
            (0, len(line.value)),
        )


_SCHOOL_ENDS = re.compile(r"大学|学院|学校|专科学校|党校")
_LONGEST_NAME = 30
_SHORTEST_NAME = 4
# Before or after a school that is spoken of, not spoken for.
_WITH = re.compile(
    r"(?:与|和|同|及|、|跟|赴|到|往|对口|借鉴|学习|考察|走访|联合|原|由原|自|毕业于|支援|帮扶|委托|系|等)\s*\Z"
)
_TOGETHER = re.compile(r"\s*(?:等|、|和|与|及|合作|联合|共建|联盟|对口|来校|专家|教授|一行|附属|出版社|毕业)")


@rule(
    Severity.WARNING,
    title="正文里没有别的学校的名称",
    why="从别校报告抄来的段落，常留着别校的校名。",
    source="真实报告所见：抄来的文字里留着别校的校名",
)
def other_schools_are_not_named(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: after a copy from another school's report that school's name is left in the text."""
    for text in [*running(document), lines_of(document, "title"), lines_of(document, "signature_organisation")]:
        for start, end in _other_schools(text.text, document.school.name, context.schools):
            yield text.problem(
                f"「{text.text[start:end]}」不是本校名称。抄自别处的请改正；确实提到这所学校的，可以保留。",
                (start, end),
            )
        for start, end in _nearly_own(text.text, document.school.name, context.schools):
            own = document.school.name
            yield text.problem(
                f"「{text.text[start:end]}」与本校名称「{own}」差一个字。请核对。",
                (start, end),
                fix=text.replacing(f"改为「{own}」", start, end, own),
            )


# 《某某学院信息公开实施办法》: a school's own rules begin with its name, whether or not it is in any list.
_OWN_RULES = re.compile(
    r"《([\u4e00-\u9fff]{2,16}(?:大学|学院|专科学校|学校))(?=(?:信息公开|校务公开|党务公开|院务公开|教育阳光|章程))"
)
_REPORTS = re.compile(
    r"(?:现将|由)([\u4e00-\u9fff]{2,16}(?:大学|学院|专科学校))(?=20[0-9]{2}|党政办|学校办|党委|办公室|信息公开|编制)"
)
_NO_NAME = re.compile(
    r"(?:普通|民办|全国|我国|职业|技工|各|成人|中等)*(?:高等学校|高校|高等院校|职业学校|职业学院|本科学校)\Z|.*(?:我|本|全|各|二级)(?:校|院|学院|学校)\Z|.*(?:高等学校|高等学院)\Z"
)


def _other_schools(text: str, own: str, schools: frozenset[str]) -> Iterator[tuple[int, int]]:
    plain_own = re.sub(r"[（(][^）)]*[）)]$", "", own)
    owned = [match.span() for name in {own, plain_own} for match in re.finditer(re.escape(name), text)]
    found: set[tuple[int, int]] = set()
    for ending in _SCHOOL_ENDS.finditer(text):
        end = ending.end()
        for begin in range(max(0, end - _LONGEST_NAME), end - _SHORTEST_NAME + 1):
            # The longest name that ends here: 湖南工业大学 before 工业大学.
            if text[begin:end] in schools:
                if not _is_spoken_of(text, begin, end):
                    found.add((begin, end))
                break
    for pattern in (_OWN_RULES, _REPORTS):
        for match in pattern.finditer(text):
            name = match[1]
            if not _NO_NAME.match(name) and not own.endswith(name) and plain_own not in name:
                found.add(match.span(1))
    for start, end in sorted(found):
        inside = any(first <= start and end <= last for first, last in owned)
        wider = any(other != (start, end) and other[0] <= start and end <= other[1] for other in found)
        if not inside and not wider and text[start:end] not in (own, plain_own):
            yield start, end


_KIND_OF_SCHOOL = re.compile(
    r"(?:职业|技术|科技|工程|师范|农业|工业|医学?|医药|财经|交通|理工|高等|专科|学院|大学|学校)+\Z"
)
_SHORTEST_NEAR = 6  # characters of a name in which one that differs is a slip


def _nearly_own(text: str, own: str, schools: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the school's own name stands with one character wrong, and is no other school's."""
    if len(own) < _SHORTEST_NEAR:
        return
    # What kind of school it is differs between two schools: 师范大学 and 农业大学; the rest is the name.
    place = _KIND_OF_SCHOOL.search(own)
    changeable = range(place.start() if place else len(own))
    pattern = "|".join(f"{re.escape(own[:at])}[\u4e00-\u9fff]{re.escape(own[at + 1 :])}" for at in changeable)
    for match in re.finditer(pattern, text) if pattern else ():
        if match[0] != own and match[0] not in schools and not _is_spoken_of(text, *match.span()):
            yield match.span()


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    return bool(_WITH.search(text[max(0, start - 4) : start]) or _TOGETHER.match(text, end))

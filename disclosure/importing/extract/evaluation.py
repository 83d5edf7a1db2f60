"""Figures of the evaluation in running text: answers received, and how many percent are satisfied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosure.importing.extract.extraction import Found, count_found, decimal_found
from disclosure.importing.extract.passages import Count, Passage
from disclosure.report.enums import SectionKey

KEY = SectionKey.EVALUATION

_RETURNED = re.compile(r"收回|回收|收到|收集|填写|完成|提交|有效")
_SHEETS = re.compile(
    r"问卷|调查表|评议表|测评表|答卷|评议意见|调查问卷|测评票|评价表|反馈表|有效意见|意见表|评议票|票|收回意见|收回|回收"
)
_SHEET_MEASURES = frozenset({"份", "张", "条", "件", "人次", ""})
_SENT = re.compile(r"发放|发出|下发|印发|设计|制作|分发")
_TOOK_PART = re.compile(
    r"(?:参加|参与)(?:了)?[^，,；;]{0,14}(?:调查|问卷|评议|测评|评价|投票)|参评(?:人数|人员|师生)?|(?:填写|提交|完成)(?:了)?[^，,；;]{0,10}(?:问卷|调查表|评议表|答卷)"
)
_PEOPLE = frozenset({"人", "名", "人次", "位"})
_RATE = re.compile(r"(?<!不)满意(?:度|率)?|认可(?:度|率)|好评率|认为|肯定|(?<!不)认可")
_NOT_SATISFIED = re.compile(
    r"不满意|(?<!满意和)(?<!满意及)(?<!满意、)(?<!满意与)(?<!满意或)基本满意(?:率|度)?(?:的)?(?:占|为|达)*\Z|较满意|非常满意|很满意|一般(?:的)?(?:占|为)*\Z"
)
_OTHER_RATES = re.compile(
    r"回收率|参与率|有效率|回复率|办结率|知晓率|答复率|就业率|完成率|公开率|覆盖率|及时率|更新率|知悉率|了解率|提高(?!到)|上升(?!到)|增长|下降"
)
_OTHER_MATTERS = re.compile(
    r"就业|用人单位|食堂|后勤|课程|课堂|教学|毕业生|专业|宿舍|住宿|伙食|培训|图书馆|实习|校园环境|提案|评教|教师满意|办理"
)
_QUOTES = str.maketrans("", "", '“”"「」')
_TOGETHER = re.compile(r"(?:非常满意[、和及与或])?满意(?:率|度)?[、和及与或](?:比较|基本|较)满意(?:率|度)?")
_ASPECTS = re.compile(
    r"(?:内容|及时性|时效性?|方式|渠道|真实性|形式|栏目|准确性|全面性|程序|网站|专栏|招生|财务|人事)[^，,]{0,10}(?:满意|认可)"
)
_OVERALL = re.compile(r"总体|整体|综合|总的|平均")


def find(passages: Iterable[Passage]) -> Iterator[Found]:
    """The figures of the evaluation."""
    for passage in passages:
        yield from _responses(passage)
        yield from _satisfaction(passage)


def _responses(passage: Passage) -> Iterator[Found]:
    is_found = False
    for count in passage.counts:
        if count.value is None or count.number.ordinal or passage.is_barred(count.clause, count.number.start):
            continue
        if is_found or not (_is_returned(passage, count) or _took_part(count)):
            continue
        found = count_found(passage, KEY, "responses", count)
        if found:
            is_found = True
            yield found


def _is_returned(passage: Passage, count: Count) -> bool:
    if count.measure not in _SHEET_MEASURES or re.search(r"建议|提案|来信", count.lead):
        return False
    returned = [match.end() for match in _RETURNED.finditer(count.lead)]
    sent = [match.end() for match in _SENT.finditer(count.lead)]
    if not returned or (sent and sent[-1] > returned[-1]) or _NONE_RETURNED.search(count.lead):
        return False
    behind = count.tail[:8]
    if not count.measure:
        return bool(re.search(r"(?:问卷|表)\Z", count.lead))
    if count.measure in {"条", "件"}:
        return bool(re.search(r"问卷|调查表|测评表|评议表|评议意见", count.lead))
    if not (_SHEETS.search(count.lead) or _SHEETS.search(behind)):
        return False
    # 回收 and 收回 alone are of whatever was handed out before.
    return bool(re.search(r"问卷|调查|评议|测评|评价|意见|表|票", passage.words + passage.before))


_NONE_RETURNED = re.compile(r"回收率|未收回|未回收")


def _took_part(count: Count) -> bool:
    if count.measure not in _PEOPLE:
        return False
    if re.search(r"座谈|访谈|会议|代表\Z", count.lead[-8:] + count.tail[:6]):
        return False
    return bool(
        _TOOK_PART.search(count.tail)
        or re.search(
            _TOOK_PART.pattern + r"(?:的)?(?:师生|人数|人员|教职工|学生)*(?:共|共计|达|为|有|达到|约)*\Z", count.lead
        )
    )


def _satisfaction(passage: Passage) -> Iterator[Found]:
    found: list[tuple[bool, bool, Found]] = []
    for count in passage.counts:
        percent = count.percent
        if percent is None or percent != round(percent, 1) or percent > Decimal(100):
            continue
        if passage.is_barred(count.clause, count.number.start):
            continue
        named = _named(passage, count)
        if named is None:
            continue
        is_overall, is_rate = named
        found.append((is_overall, is_rate, decimal_found(passage, KEY, "satisfaction_percent", percent, count)))
    overall = [one for is_overall, _, one in found if is_overall]
    if len([count for count in passage.counts if count.percent is not None]) > 1:
        # 认为公开及时的占91%, beside others: one answer of several is not how many are satisfied.
        found = [entry for entry in found if re.search(r"满意|认可", passage.words)]
    if not overall and re.search(r"(?:非常|很|比较|较)满意", _plain(passage.words)):
        found = [entry for entry in found if entry[1]]  # the degrees of one question
    rates = [one for _, is_rate, one in found if is_rate]
    yield from overall or rates or [one for _, _, one in found]


def _named(passage: Passage, count: Count) -> tuple[bool, bool] | None:
    """Whether a percentage is of the satisfied with disclosure: whether of all in all, and whether called a rate."""
    lead, tail = _plain(count.lead), _plain(count.tail)
    if re.fullmatch(r"(?:达到?|为|至|升至|提高到|上升到)?(?:了)?", lead):
        lead = _plain(_clause_before(passage, count)) + lead  # 满意度较上年提升，达到97.4%
    before = lead if _RATE.search(lead) or _OTHER_RATES.search(lead) else ""
    if not before and re.fullmatch(r"的?[^，,；;]{1,8}[、和]", tail):
        tail = passage.words[count.after : count.clause.end]  # 98%的教职工、96%的学生表示满意
    words = before or tail
    clause = passage.words[count.clause.start : count.clause.end]
    if not _RATE.search(words) or (before and _other_rate_is_last(before)) or _NOT_SATISFIED.search(words):
        return None
    if not before and re.match(r"[^，,]{0,12}(?:不满意|基本满意)", tail):
        return None
    is_overall = bool(_OVERALL.search(clause))
    if not is_overall and _ASPECTS.search(clause):
        return None
    if _OTHER_MATTERS.search(clause) and not re.search(r"公开", clause):
        return None
    if re.search(r"认为|肯定", words) and not re.search(r"满意|认可", words) and not re.search(r"公开|重视", words):
        return None
    return is_overall, bool(re.search(r"满意(?:度|率)", words))


def _clause_before(passage: Passage, count: Count) -> str:
    """The clause before that of ``count``, where it tells of a rate and holds no percentage of its own."""
    before = [clause for clause in passage.clauses if clause.end <= count.clause.start][-1:]
    if not before or any(other.percent is not None and other.clause == before[0] for other in passage.counts):
        return ""
    words = passage.words[before[0].start : before[0].end]
    return words if re.search(r"满意(?:度|率)", words) else ""


def _plain(words: str) -> str:
    """``words`` without quotation marks, the satisfied of two degrees told together as one."""
    return _TOGETHER.sub("满意", words.translate(_QUOTES))


def _other_rate_is_last(lead: str) -> bool:
    rate = max((match.end() for match in _RATE.finditer(lead)), default=-1)
    other = max((match.end() for match in _OTHER_RATES.finditer(lead)), default=-1)
    return other > rate

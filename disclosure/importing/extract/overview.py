"""Figures of the overview in running text: training, liaison staff, rules issued with their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from disclosure.importing.extract.extraction import Found, count_found
from disclosure.importing.extract.passages import NUMBER, Count, Passage
from disclosure.report.enums import SectionKey

KEY = SectionKey.OVERVIEW

_TRAINING = re.compile(r"培训|业务学习|轮训|参训")
_HELD = re.compile(r"举办|开展|组织|召开|举行|进行|培训|学习|累计|全年|共|集中")
_TRAINING_OF_OTHERS = re.compile(
    r"(?:新教师|教师|教学|学生|新生|老生|老、|技能|思政|党务|党员|安全|创业|招生|军训|师资|辅导员|岗前|消防|干部|班主任|考务|职业|网络安全|宣传员|心理|保密)[^，,。；;]{0,8}(?:培训|轮训|参训)"
)
_STUDENTS = re.compile(r"学生|新生|老生|考生|家长|毕业生")
_UNITS_OF_SCHOOL = re.compile(
    r"\s*(?:二级)?(?:职能|机关|党政|教学|相关)*(?:部门|单位|处室|院系|院部|学院|系部|科室|系（部）|院（系）)"
)
_LIAISON = re.compile(r"联络员|信息员|通讯员|通信员|联系人|联络人|信息公开(?:工作)?(?:专员|人员|专干)|网络管理员")
_SESSIONS = frozenset({"次", "场", "期", "场次", "轮"})
_PEOPLE = frozenset({"人", "名", "人次", "位"})
_OF_DISCLOSURE = re.compile(r"公开|联络员|信息员|校务|政务|院务")
_EACH = re.compile(r"(?:均|各|分别|至少|每)[^，,；;]{0,6}(?:明确|确定|配备|设|有|指定|安排)")
_RULE = re.compile(
    r"[《]([^《》]{2,80})[》]\s*[(（]([^()（）]{1,20}[〔\[【(（]20[0-9]{2}[〕\]】)）][^()（）]{0,4}[0-9]{1,4}号)[)）]"
)
_ISSUED = re.compile(r"制定|制订|修订|出台|印发|新订|修改|颁布|完善")
_NOT_OURS = re.compile(
    r"根据|依据|按照|贯彻|落实|依照|对照|遵照|教育部|国务院|教育厅|省委|省政府|市委|国办|中共中央|学习|为|转发"
)


def find(passages: Iterable[Passage]) -> Iterator[Found]:
    """The figures of the overview."""
    for passage in passages:
        yield from _counts(passage)
        yield from _rules(passage)


def _counts(passage: Passage) -> Iterator[Found]:
    is_training = _is_training(passage)
    for count in passage.counts:
        if count.value is None or count.number.ordinal or passage.is_barred(count.clause, count.number.start):
            continue
        key = _key(passage, count, is_training)
        found = count_found(passage, KEY, key, count) if key else None
        if found:
            yield found


def _is_training(passage: Passage) -> bool:
    words = passage.words
    if _TRAINING_OF_OTHERS.search(words) and not re.search(r"公开[^，,。]{0,12}(?:培训|学习)", words):
        return False
    around = words + passage.before + passage.label
    return bool(_TRAINING.search(words)) and bool(_OF_DISCLOSURE.search(around) or "培训" in passage.label)


def _key(passage: Passage, count: Count, is_training: bool) -> str:
    lead, tail, measure = count.lead, count.tail, count.measure
    if measure in _PEOPLE:
        if _LIAISON.search(lead[-20:]) or re.match(rf"[^，,、]{{0,10}}(?:{_LIAISON.pattern})", tail):
            if is_training and _TRAINING.search(tail) and not re.match(r"[^，,]{0,4}(?:全部|均|全员|都)", tail):
                return "training_staff"
            if is_training and re.search(r"培训", lead):
                return "training_staff"
            return "" if _TRAINING.search(lead) or _is_of_each(passage, count) else "liaison_staff"
        if not lead.strip("共计有约达，,") and _liaison_before(passage, count):
            return "liaison_staff"
        if is_training and not _STUDENTS.search(lead[-12:] + tail[:6]) and _trained(passage, count):
            return "training_staff"
        return ""
    if not is_training:
        return ""
    if measure == "个" and _UNITS_OF_SCHOOL.match(tail):
        around = passage.words[count.clause.start : count.clause.end]
        return "training_departments" if re.search(r"参加|参与|覆盖|参训|涉及|培训|来自", around) else ""
    if measure in {"部"}:
        return ""
    if measure in _SESSIONS and _is_session(passage, count):
        return "training_sessions"
    return ""


def _is_of_each(passage: Passage, count: Count) -> bool:
    return bool(_EACH.search(passage.words[count.clause.start : count.number.start]))


def _is_session(passage: Passage, count: Count) -> bool:
    before = passage.words[: count.number.start]
    near = re.search(r"(?:培训|业务学习|轮训)(?:班|会|会议|活动|工作|讲座)?(?:共|共计|累计|达|约|了)*\Z", before)
    behind = re.match(r"[^，,、]{0,14}(?:培训|业务学习)", count.tail)
    # 开展业务学习，全年4次
    resumed = not count.lead.strip("共计全年度累本学期约") and _TRAINING.search(before[-30:])
    return bool((near or behind or resumed) and _HELD.search(before + count.tail))


def _trained(passage: Passage, count: Count) -> bool:
    around = passage.words[count.clause.start : count.clause.end]
    before = passage.words[: count.number.start]
    return bool(re.search(r"参加|参训|培训|参与|覆盖|累计", around) and _TRAINING.search(before + around))


def _liaison_before(passage: Passage, count: Count) -> bool:
    """「配备了联络员，全校共42名」: the clause before ends in the people."""
    before = passage.words[: count.clause.start].rstrip("，,；;:：")
    return bool(re.search(rf"(?:{_LIAISON.pattern})(?:队伍|{NUMBER}+[名人位])?\Z", before))


def _rules(passage: Passage) -> Iterator[Found]:
    """A rule of the school's own, told with its document number: 制定《…》（校办发〔2023〕5号）."""
    for match in _RULE.finditer(passage.text):
        before = passage.words[max(0, match.start() - 60) : match.start()]
        clause = re.split(r"[，,；;]", before)[-1]
        if not _ISSUED.search(clause) or _NOT_OURS.search(clause) or re.match(r"教|国|鄂教|湘教|闽教", match[2]):
            continue
        value = {"name": match[1], "number": match[2], "url": ""}
        yield Found(passage, KEY, "rules", value, position=match.start())

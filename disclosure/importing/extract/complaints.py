"""Complaints, reconsiderations and lawsuits in running text: counted ones, and the denials that are usual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from disclosure.importing.extract.extraction import NONE, Found, count_found, denials
from disclosure.importing.extract.passages import NUMBER, Count, Passage
from disclosure.report.enums import SectionKey

KEY = SectionKey.COMPLAINTS
MATTERS = ("reports", "reconsiderations", "lawsuits")

_SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reconsiderations", re.compile(r"(?:行政)?复议")),
    ("lawsuits", re.compile(r"(?:行政)?诉讼|起诉|应诉|提起申诉")),
    ("reports", re.compile(r"举报|投诉|检举")),
)
_NOT_A_COMPLAINT = re.compile(
    r"(?:举报|投诉|检举)(?:电话|信箱|邮箱|渠道|平台|人(?!次)|制度|机制|办法|箱|方式|热线|途径|处理结果|窗口|模块|专栏|网站|受理)|监督举报|投诉建议"
)
_OUTCOMES: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "reports": (
        ("reports_upheld", re.compile(r"(?<!不)(?<!未)属实|查实|核实")),
        ("reports_closed", re.compile(r"办结|结案|处理完毕|办理完毕")),
    ),
    "cases": (
        ("upheld", re.compile(r"维持|胜诉|驳回")),
        ("corrected", re.compile(r"纠正|撤销|败诉")),
        ("pending", re.compile(r"尚未审结|未审结|正在审理|审理中|未结|正在办理|在审")),
        ("other", re.compile(r"其[他它]结果|其[他它]处理|撤回|和解")),
    ),
}
_MEASURES = frozenset({"件", "起", "例", "宗", "次", "份", "项", "个", "封", "人次"})
_OF_DISCLOSURE = re.compile(r"公开")
_BARE = re.compile(
    r"(?:本(?:学)?年度?|本期|本学年度?|暂|目前|学校|学院|我校|我院|均|[:：，,])*+(?:无|没有|未发生|未出现|未收到|零报告|零)(?:此类|相关|该类|上述|有关|任何|以上)?(?:情况|情形|事项|内容|现象|事件|案件)*(?:发生|出现)?[。.！]?\Z"
)
_ALL_ZERO = re.compile(
    rf"(?:以上|上述|各项|数量|件数|情况|[：:，,])*(?:均|全部|都|皆)?(?:为|是)?(?:{NUMBER}+|零)(?:件|起|次|例|宗)?[。.！]?"
)
_ALL = re.compile(r"(?:均|全部|都|已)")
_OTHER_DENIED = re.compile(r"结果|处理|答复|异议|不服|推诿|瞒报|打击报复")


def find(passages: Iterable[Passage]) -> Iterator[Found]:
    """The figures on complaints, in the section of its own or where another one denies them.

    Where complaints are denied and of reconsiderations and lawsuits there is not a word, all three are 0: so the
    reports were split by hand, and so the sentence is meant.
    """
    passages = list(passages)
    found = [one for passage in passages for one in _stated(passage)]
    own = [passage for passage in passages if passage.section is KEY]
    counted = {one.key for one in found if one.value}
    yield from found
    denials_of_reports = [one for one in found if one.key == "reports" and one.value == 0]
    if not denials_of_reports or counted:
        return
    denial = max(denials_of_reports, key=lambda one: one.passage.section is KEY)
    said = {one.key for one in found}
    for matter in MATTERS:
        pattern = dict(_SUBJECTS)[matter]
        if matter not in said and not any(_mentions(passage, pattern) for passage in own):
            yield Found(denial.passage, KEY, matter, 0, position=denial.position)


def _mentions(passage: Passage, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(passage.words)) and bool(re.search(NUMBER, passage.words))


def _stated(passage: Passage) -> Iterator[Found]:
    is_own = passage.section is KEY
    # A merged section, 「评议及举报情况」, stands in the place of the first that it names.
    is_meant = is_own or bool(re.search(r"举报|投诉|复议|诉讼", passage.heading))
    if is_meant and _says_only_none(passage):
        yield from _bare(passage)
        return
    if is_meant:
        yield from _counted(passage)
    for clause in passage.clauses:
        words = passage.words[clause.start : clause.end]
        if passage.is_barred(clause, clause.end):
            continue
        denied = _denied(words)
        if denied and (is_own or _is_meant(passage, words)):
            for matter in MATTERS:
                if matter in denied:
                    yield Found(passage, KEY, matter, 0, position=clause.start)


def _says_only_none(passage: Passage) -> bool:
    """「无。」, 「未发生此类情况。」, 「均为0。」: nothing but that there was none of what the heading names."""
    if _BARE.fullmatch(passage.words):
        return True
    return bool(_ALL_ZERO.fullmatch(passage.words)) and all(number.value == 0 for number in passage.numbers)


def _is_meant(passage: Passage, words: str) -> bool:
    """Whether a denial in another section is about disclosure: 「招生期间未收到有效投诉」 is not."""
    said = _OF_DISCLOSURE.search(passage.words) or "举报" in words or re.search(r"举报|投诉", passage.heading)
    return bool(said) and not re.search(r"招生|教学|后勤|食堂|食品|考试|财务|收费", words)


def _bare(passage: Passage) -> Iterator[Found]:
    named = [matter for matter, pattern in _SUBJECTS if pattern.search(passage.label)]
    if passage.section is not KEY and not named:
        named = [matter for matter, pattern in _SUBJECTS if pattern.search(passage.heading)]
        if "reports" in named:
            named = list(MATTERS)
    for matter in MATTERS:
        if not named or matter in named or named == ["reports"]:
            yield Found(passage, KEY, matter, 0)


def _denied(words: str) -> set[str]:
    """The matters that a clause says there were none of."""
    plain = _NOT_A_COMPLAINT.sub(lambda match: "其" * len(match[0]), words)
    matters = {
        matter
        for _, after in denials(plain)
        for matter, pattern in _SUBJECTS
        for match in [pattern.search(after)]
        if match and _is_denied_itself(after[: match.start()], after[match.end() :])
    }
    if NUMBER not in plain:
        none = _NONE_AT_ALL.search(plain)
        matters |= {matter for matter, pattern in _SUBJECTS if none and pattern.search(plain[: none.start()])}
    return matters


_NONE_AT_ALL = re.compile(
    r"(?:均|全部|都|皆)?(?:为|是)?(?:零(?!距)|无)[。.！!]?\Z|(?:均|都)(?:未发生|没有发生|未出现|未收到)"
)


def _is_denied_itself(between: str, behind: str) -> bool:
    """Whether it is the matter that there was none of: 未收到举报, but not 未收到对举报处理结果的异议."""
    if _OTHER_DENIED.search(between) or NUMBER in between:
        return False
    return not re.match(r"(?:的)?(?:处理|答复|结果)", behind)


def _counted(passage: Passage) -> Iterator[Found]:
    subject = ""
    seen = 0
    found: list[Found] = []
    for count in passage.counts:
        between = passage.words[seen : count.number.start]
        seen = count.number.start
        named = _last_subject(between)
        subject = named or subject or (_last_subject(passage.label) if _is_single(passage.label) else "")
        if count.value is None or count.number.ordinal or not _counts_cases(count):
            continue
        if not subject or passage.is_barred(count.clause, count.number.start):
            continue
        if named and _OF_ALL_KINDS.search(count.lead) and not _OF_DISCLOSURE.search(count.lead):
            continue  # 受理各类信访举报41件: not of disclosure alone
        keys = [_key(subject, count, bool(named))]
        if _EACH_OF_THEM.search(count.lead):
            keys = [matter for matter, pattern in _SUBJECTS if pattern.search(count.lead)]
        found += [one for key in keys if key for one in [count_found(passage, KEY, key, count)] if one]
    yield from found
    yield from _all_of(passage, found)


def _counts_cases(count: Count) -> bool:
    """「举报2件」; and 「举报为0、复议为0」, where no measure word stands."""
    return count.measure in _MEASURES or (not count.measure and bool(re.search(r"(?:为|是|数量?|[:：])\Z", count.lead)))


_OF_ALL_KINDS = re.compile(r"各类|信访|纪检|问题线索")
_EACH_OF_THEM = re.compile(r"(?:均|都|各|皆)(?:为|是|有)?\Z")


def _last_subject(words: str) -> str:
    plain = _NOT_A_COMPLAINT.sub(lambda match: "其" * len(match[0]), words)
    at = [(match.end(), key) for key, pattern in _SUBJECTS for match in pattern.finditer(plain)]
    return max(at)[1] if at else ""


def _is_single(words: str) -> bool:
    return sum(bool(pattern.search(words)) for _, pattern in _SUBJECTS) == 1


def _key(subject: str, count: Count, is_named: bool) -> str:
    lead, tail = count.lead, count.tail
    says_nothing = not lead.strip("其中，、和及与,:：有共（(")
    outcomes = _OUTCOMES["reports" if subject == "reports" else "cases"]
    for words in (lead, tail) if says_nothing else (lead,):
        at = [(match.end(), key) for key, pattern in outcomes for match in pattern.finditer(words)]
        if at:
            outcome = max(at)[1]
            return outcome if subject == "reports" else f"{subject}_by.{outcome}"
    if is_named or (subject == "reports" and re.search(r"公开[^，,]{0,8}\Z", lead)):
        return subject
    if re.search(r"其[他它]\Z", lead) and subject != "reports":
        return f"{subject}_by.other"
    return ""


def _all_of(passage: Passage, found: list[Found]) -> Iterator[Found]:
    """「举报2件，均已办结」, 「诉讼1件，尚未审结」: an outcome without a number, of all that was just counted."""
    for index, one in enumerate(found):
        if one.key not in MATTERS or not one.value:
            continue
        until = found[index + 1].position if index + 1 < len(found) else len(passage.words)
        for clause in passage.clauses:
            words = passage.words[clause.start : clause.end]
            if clause.start <= one.position or clause.start >= until or NUMBER in words:
                continue
            if not _ALL.search(words) and one.value != 1:
                continue
            outcomes = _OUTCOMES["reports" if one.key == "reports" else "cases"]
            for key, pattern in outcomes:
                match = pattern.search(words)
                if match and not (NONE.search(words[: match.start()]) and key != "pending"):
                    outcome = key if one.key == "reports" else f"{one.key}_by.{key}"
                    yield Found(passage, KEY, outcome, one.value, one.approximate, clause.start)
                    break

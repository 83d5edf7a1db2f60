"""Figures of disclosure on request in running text: what was received, how it was answered, fees, times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from disclosure.importing.extract.extraction import ZERO, Found, count_found, decimal_found, denials
from disclosure.importing.extract.passages import NUMBER, Count, Passage
from disclosure.report.enums import SectionKey

KEY = SectionKey.ON_REQUEST
# What 「未收到申请」 says in the reports split by hand: nothing came in, nothing was answered, nothing is left.
NOTHING = ("received", "carried_in", "granted", "partly_granted", "refused", "carried_out")

_MEASURES = frozenset({"件", "份", "项", "例", "个", "起", "宗", "条", "次", "人次", "封", "人", ""})
# In this order: 部分公开 before 公开, 结转下期 before 结转.
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("late_answers", re.compile(r"超期|逾期|超时|超过(?:规定|法定)?(?:的)?(?:时限|期限)")),
    ("refused_by.state_secret", re.compile(r"国家秘密")),
    ("refused_by.trade_secret", re.compile(r"商业秘密")),
    ("refused_by.privacy", re.compile(r"个人隐私|他人隐私|第三方隐私|个人信息")),
    (
        "refused_by.other_rule",
        re.compile(r"其[他它](?:法律|法规|有关|相关)?(?:规定|情形)(?:的)?(?:不予公开|不得公开)?"),
    ),
    (
        "carried_out",
        re.compile(
            r"(?:结转|转)(?:至|到|入)?(?:下|次|＃+)|结转继续|(?:正在|尚在|仍在|还在)(?:办理|处理|答复)|尚未(?:办结|答复)"
        ),
    ),
    (
        "carried_in",
        re.compile(r"(?:上(?:一)?(?:个)?(?:学年|年度|年|期)|往年|以前)(?:度)?(?:结转|遗留|转入|未办结)|结转上"),
    ),
    ("not_processed", re.compile(r"不予处理|不予受理|不再处理|重复申请")),
    ("unavailable", re.compile(r"无法提供|信息不存在|不存在|(?:不|非)(?:属于)?本?校?(?:掌握|制作|公开范围)|不掌握")),
    ("other_outcome", re.compile(r"其[他它](?:方式)?处理|撤回申请|撤销申请|主动撤回|申请人撤回")),
    ("partly_granted", re.compile(r"部分(?:予以|给予|同意)?公开|予以部分公开")),
    ("refused", re.compile(r"不(?:予以?|同意|宜|能)公开|拒绝公开")),
    (
        "granted",
        re.compile(
            r"(?<!不)(?:予以|给予|同意|依法|全部|准予|均已?|已)公开|公开答复|提供(?:了)?(?:相关|所需|所申请)(?:的)?信息"
        ),
    ),
)
_RECEIVED = re.compile(
    r"(?:收到|接到|受理|接收|收悉|新收|收取|处理|办理|申请数量?|申请总数|申请件数|申请量|依申请公开|公开申请|申请公开)"
)
_APPLICANTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("organisation", re.compile(r"法人|其[他它]组织|企业|单位|社会组织|机构")),
    ("campus", re.compile(r"校内|师生|教职工|教职员工|本校|在校|学生|教师|院内")),
    ("individual", re.compile(r"校外|公民|自然人|社会公众|个人|家长|考生|校友|社会人员")),
)
_OTHER_REQUESTS = re.compile(
    r"奖学金|助学金|学位|转专业|补助|贷款|入党|课题|专利|立项|休学|调宿|困难|证书|证明|岗位|职称|经费|资助|报名|档案|查档|申请表|申请人对"
)
_BY_WAY = re.compile(r"网上|网络|书面|当面|邮件|信函|传真|电话|现场|来函|线上|线下|通过")
_REQUEST = re.compile(r"申请")
_MISSED = re.compile(r"申请(?!行政|复议|人(?!的申请|提出)|表|书(?!面)|渠道|的答复|方式|流程|受理点)|申办|依申请")
_NOT_OF_REQUESTS = re.compile(
    r"收取|收费|费用|投诉|举报|复议|诉讼|异议|超期|逾期|超时|不予|拒绝|纠纷|不满|意见|泄密|泄露|遗留|推诿|条件|规定|必要|结转"
)
_REFUSAL = re.compile(r"不予公开|不同意公开|拒绝公开")
_ALL_GRANTED = re.compile(
    r"(?:均|全部|都|皆|一律|已|悉数)[^，,；;]{0,20}(?:予以(?:答复)?公开|同意公开|给予公开|公开(?:了|完毕)?\Z)"
)
_DAYS_TAKEN = re.compile(rf"{NUMBER}+个?(?:工作)?日")
_BARE = re.compile(
    r"(?:本(?:学)?年度?|本期|本学年度?|暂|目前|学校|学院|我校|我院|情况|[:：，,])*+(?:无|没有|未发生|未出现|零)(?:此类|相关|该类|上述|有关)?(?:申请|情况|情形|事项|内容|信息|事件)*(?:发生|出现)?[。.！]?\Z"
)
_FEE = re.compile(r"费")
_WAIVED = re.compile(r"减免|减收|免收|免除|免缴")
_CHARGED = re.compile(r"收取|收费|费用|收缴|缴纳|成本费|工本费")
_NO_FEE = re.compile(
    r"(?:未|没有|没|无|从未|不曾)[^，,。；;]{0,30}(?:收取|收费|收缴|缴费|费用)|免费(?:提供|公开)了|收费(?:情况|金额|总额)?(?:均)?(?:为|是|：|:)?(?:零|无|＃+元?)(?![0-9＃万])"
)
_NO_WAIVER = re.compile(r"(?:未|没有|没|无|从未)[^，,。；;]{0,30}(?:减免|免收|免除)")
_PER_PAGE = re.compile(r"每(?:页|张|份|件|次|人)|标准|按(?:页|张|份|每|标准)")
_LONGEST = re.compile(r"最长|最多用时|最慢")
_MEAN = re.compile(r"平均")
_DAYS = frozenset({"个工作日", "工作日", "天", "日"})


def find(passages: Iterable[Passage]) -> Iterator[Found]:
    """The figures of disclosure on request."""
    passages = list(passages)
    counted = [found for passage in passages for found in _counted(passage)]
    has_received = any(found.key == "received" and found.value for found in counted)
    by_passage: dict[int, list[Found]] = {}
    for found in counted:
        by_passage.setdefault(id(found.passage), []).append(found)
    for passage in passages:
        here = by_passage.get(id(passage), [])
        yield from _denied(passage, here, has_received)
        yield from here
        yield from _money(passage)
        yield from _times(passage)


def _counted(passage: Passage) -> Iterator[Found]:
    """Numbers of requests, by what became of them or by who asked."""
    found: list[Found] = []
    is_about = bool(_REQUEST.search(passage.words) or _REQUEST.search(passage.before))
    for count in passage.counts:
        if count.value is None or count.number.ordinal or count.measure not in _MEASURES or count.measure == "人":
            continue
        if passage.is_barred(count.clause, count.number.start):
            continue
        key = _key(passage, count, is_about)
        if key == "refused":
            grounds = [
                name for name, pattern in _LABELS if name.startswith("refused_by.") and pattern.search(count.lead)
            ]
            found += [one for name in grounds[:1] for one in [count_found(passage, KEY, name, count)] if one]
        if key and (count.measure or key in {"received", "refused", "granted", "carried_in", "carried_out"}):
            one = count_found(passage, KEY, key, count)
            if one:
                found.append(one)
    yield from found
    yield from _all_granted(passage, found)


def _key(passage: Passage, count: Count, is_about: bool) -> str:
    lead, tail = count.lead, re.split(r"[(（]", count.tail)[0]
    if re.match(r"方面|环节|部门|渠道|途径|月|类", tail):
        return ""
    if not count.measure and not re.search(r"(?:数量?|为|是|[:：]|计|共)\Z", lead):
        return ""
    if _OTHER_REQUESTS.search(lead):
        return ""
    key = _label(lead)
    if not key and _says_nothing(lead):
        key = _label(tail)
    if key:
        return key
    if is_about and re.fullmatch(r"(?:其中)?(?:[^，,]{0,6}结果为?[:：])?[，,、]?公开", lead):
        return "granted"
    if "新收" in lead:
        return "received"
    before = passage.words[: count.number.start]
    if re.fullmatch(r"[，,、]?(?:共|共计|总计|合计)有?", lead) and re.search(r"(?:收到|受理|接到)[^。]*申请", before):
        return "received"
    if not is_about and not re.search(r"申请|依申请", passage.label):
        return ""
    applicant = _applicant(lead) or (_applicant(tail) if _says_nothing(lead) else "")
    asked_in_all = re.search(r"共收到|共受理|提出的?[^，,]{0,10}申请\Z", lead)
    if applicant and not asked_in_all and _has_breakdown(passage):
        return f"by_applicant.{applicant}.received"
    if _BY_WAY.search(lead) and not re.search(r"共(?:收到|受理|接到)?", lead):
        return ""
    if _RECEIVED.search(lead) and (_REQUEST.search(lead) or _REQUEST.search(tail)):
        return "received"
    if re.search(r"申请(?:的)?(?:件数|数量)?(?:共|共计|总计|合计|为|数|[:：])*\Z", lead):
        return "received"
    return ""


def _label(words: str) -> str:
    """What became of the requests, by the label that ends last; the first of ``_LABELS`` where two end together."""
    best, at = "", -1
    for key, pattern in _LABELS:
        end = max((match.end() for match in pattern.finditer(words)), default=-1)
        if end > at:
            best, at = key, end
    return best


def _says_nothing(lead: str) -> bool:
    return not lead.strip("其中，、和及与,:：有共（(")


def _applicant(words: str) -> str:
    found = [(match.end(), key) for key, pattern in _APPLICANTS for match in pattern.finditer(words)]
    return max(found)[1] if found else ""


def _has_breakdown(passage: Passage) -> bool:
    """Whether the sentence counts by who asked: two kinds of applicants with a number each, or 其中."""
    kinds = {_applicant(count.lead) for count in passage.counts} - {""}
    return len(kinds) > 1 or "其中" in passage.words


def _all_granted(passage: Passage, found: list[Found]) -> Iterator[Found]:
    """「共受理2件，均予以公开」: all that was received was granted, where the sentence tells of no other outcome."""
    received = [one for one in found if one.key == "received"]
    if len(received) != 1 or len(found) > 1 or not received[0].value:
        return
    for clause in passage.clauses:
        words = passage.words[clause.start : clause.end]
        if clause.end < received[0].position or not _ALL_GRANTED.search(words) or NUMBER in _DAYS_TAKEN.sub("", words):
            continue
        if re.search(r"部分|不予公开|不同意公开|除", words) or passage.is_barred(clause, clause.end):
            continue
        yield Found(passage, KEY, "granted", received[0].value, received[0].approximate, clause.start)
        return


def _denied(passage: Passage, counted: list[Found], has_received: bool) -> Iterator[Found]:
    """Nothing was asked for, nothing was refused, nothing was late."""
    if _BARE.fullmatch(passage.words):
        refusal_only = _REFUSAL.search(passage.label) and not _REQUEST.search(passage.label)
        yield from _zeros(passage, ("refused",) if refusal_only else NOTHING, 0)
        return
    if [(found.key, found.value) for found in counted] == [("received", 0)] and not has_received:
        yield from _zeros(passage, NOTHING[1:], 0)
    for clause in passage.clauses:
        words = passage.words[clause.start : clause.end]
        if passage.is_barred(clause, clause.end):
            continue
        if _none_requested(words):
            yield from _zeros(passage, ("received",) if has_received else NOTHING, clause.start)
        for _, after in denials(words):
            if _NONE_REFUSED.match(after):
                yield Found(passage, KEY, "refused", 0, position=clause.start)
            if _NONE_LATE.match(after):
                yield Found(passage, KEY, "late_answers", 0, position=clause.start)


_NONE_REFUSED = re.compile(
    r"(?:(?!申请(?!人))[^，,]){0,16}?(?:不予公开|不同意公开|拒绝公开)(?!的?(?:理由|依据|必要|规定|范围))"
)
_NONE_LATE = re.compile(r"[^，,]{0,8}?(?:超期|逾期|超时|超过(?:规定|法定)?时限)")
_NONE_ASKED = re.compile(r"(?:零|无|均?为＃+件?)[。.！!]?\Z")


def _none_requested(words: str) -> bool:
    """Whether a clause says that nobody asked for information."""
    if any(_is_of_requests(none, after) for none, after in denials(words)):
        return True
    zero = ZERO.search(words)
    if zero is None or NUMBER in words:
        return False
    before = words[: zero.start() + 1]
    return bool(_MISSED.search(before)) and not _NOT_OF_REQUESTS.search(before) and bool(_NONE_ASKED.search(words))


def _is_of_requests(none: str, after: str) -> bool:
    if none == "零":
        return after.startswith("申请")
    asked = _MISSED.search(after)
    if asked is None or asked.start() > 45:
        return False
    between, behind = after[: asked.start()], after[asked.end() :]
    if _NOT_OF_REQUESTS.search(between) or re.search(r"因[^，,]{0,6}\Z", between):
        return False
    return not (_OTHER_REQUESTS.search(after[: asked.end() + 6]) or re.match(r"(?:公开)?的?(?:收费|费)", behind))


def _zeros(passage: Passage, keys: tuple[str, ...], position: int) -> Iterator[Found]:
    for key in keys:
        yield Found(passage, KEY, key, 0, position=position)


def _money(passage: Passage) -> Iterator[Found]:
    """Fees in yuan."""
    for clause in passage.clauses:
        words = passage.words[clause.start : clause.end]
        if passage.is_barred(clause, clause.end):
            continue
        if _NO_FEE.search(words) and not _WAIVED.search(re.sub(r"或者?减免|和减免|及减免|、减免", "", words)):
            yield Found(passage, KEY, "fees_charged", 0, position=clause.start)
        if _NO_WAIVER.search(words):
            yield Found(passage, KEY, "fees_waived", 0, position=clause.start)
    for count in passage.counts:
        if count.measure not in {"元", "万元"} or passage.is_barred(count.clause, count.number.start):
            continue
        if _PER_PAGE.search(count.lead) or not (_FEE.search(passage.words) or _CHARGED.search(passage.words)):
            continue
        value = count.number.value * (10_000 if count.measure == "万元" else 1)
        if value != round(value, 2):
            continue
        if _WAIVED.search(count.lead):
            yield decimal_found(passage, KEY, "fees_waived", value, count)
        elif _CHARGED.search(count.lead):
            yield decimal_found(passage, KEY, "fees_charged", value, count)


def _times(passage: Passage) -> Iterator[Found]:
    """The longest and the mean time of an answer, in working days."""
    for count in passage.counts:
        if count.measure not in _DAYS or passage.is_barred(count.clause, count.number.start):
            continue
        if count.measure in {"天", "日"} or count.number.value != round(count.number.value, 1):
            continue
        before = passage.words[count.clause.start : count.number.start]
        if re.search(r"不(?:得)?超过|以内|规定", before):
            continue
        longest, mean = (max((match.end() for match in one.finditer(before)), default=-1) for one in (_LONGEST, _MEAN))
        if longest < 0 and mean < 0:
            continue
        yield decimal_found(passage, KEY, "longest_days" if longest > mean else "mean_days", count.number.value, count)

"""The criteria: what a report is scored for, each with its points, what costs points, and why.

A criterion is won in one of two ways. What a report has to contain is counted in the document, piece by piece. What it
should be free of is counted in the findings: each costs points until none are left. Nothing earns points that is not
there: where text or figures are missing, freedom from faults counts for the share that is written, and where it is asked
what a text says of this year, for the share that was written for it and not copied.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from disclosure.chinese.dates import chinese_date
from disclosure.evaluation import Judged
from disclosure.evaluation.score.base import Case, Criterion, Dimension, Piece, Reached, stays
from disclosure.report.document import NOT_APPLICABLE
from disclosure.report.enums import MANDATED, MANDATED_CONTACTS, SectionKey
from disclosure.report.figures import INTAKE, OUTCOMES
from disclosure.report.sections import SECTIONS

CRITERIA: list[Criterion] = []
MOST_NAMED = 4  # things that one sentence names


def counted(key: str, dimension: Dimension, title: str, points: int, how: str, why: str):
    """Register a criterion that counts what is there: the function under it gives the pieces."""

    def register(pieces: Callable[[Case], Iterable[Piece]]):
        def measure(case: Case) -> Reached:
            return _share_of(list(pieces(case)))

        CRITERIA.append(Criterion(key, dimension, title, points, how, why, measure))
        return pieces

    return register


def free_of_findings(
    key: str,
    dimension: Dimension,
    title: str,
    points: int,
    each: str,
    fault: str,
    why: str,
    written: Callable[[Case], Reached],
    pieces: str,
    own: Callable[[Case], Reached] | None = None,
) -> None:
    """Register a criterion that the findings of its rules cost ``each`` points (an error twice as many).

    ``fault`` is what a finding is, after a number: 「有 2 处{fault}」. ``written`` is the share of the report that could
    have such faults at all, ``pieces`` what that is in words; ``own`` is the share without what was copied, where a copy
    earns nothing.
    """
    cost = Fraction(each) / points

    def measure(case: Case) -> Reached:
        there = written(case)
        earned = own(case).share if own else there.share
        found = case.found(key)
        share = max(Fraction(0), earned - sum(cost * (2 if one.blocks else 1) for one in found))
        advice = _advice_on(found, fault)
        places = tuple(one.finding.section for one in found)
        if there.share < 1:
            advice += f"{pieces}还没有填齐，按已填的部分计分。"
        if earned < there.share:
            copied = [part for part in MANDATED if case.copied(part)]
            advice += _advice_on_copies(case, copied)
            places += tuple(copied)
        return Reached(share, advice, places)

    how = f"每处扣 {each} 分，须改正的加倍，扣完为止；按{pieces}已填的比例得分"
    if own:
        how += "，与上年、别校的报告相同的文字不计分"
    CRITERIA.append(Criterion(key, dimension, title, points, how, why, measure))


def _advice_on(found: list[Judged], fault: str) -> str:
    if not found:
        return ""
    if not all(one.blocks or stays(one) for one in found):
        return f"有 {len(found)} 处{fault}，请改正；确属实情的，说明理由后不再扣分。"
    is_explained = any(one.answer and not one.blocks for one in found)
    return f"有 {len(found)} 处{fault}，请改正{'；说明理由之后仍然扣分' if is_explained else ''}。"


def _advice_on_copies(case: Case, copied: list[SectionKey]) -> str:
    named = "、".join(f"「{SECTIONS[key].short_title}」{max(1, round(case.copied(key) * 100))}%" for key in copied)
    return (
        f"与上年或别校的报告相同的文字：{named}。这些文字不计分，写明理由可以提交，但不加分；请改写成本校这一年的情况。"
    )


# --- what is counted --------------------------------------------------------------------------------------------------


def _share_of(pieces: list[Piece]) -> Reached:
    """What is there, by weight."""
    whole = sum(piece.weight for piece in pieces)
    lacking = [piece for piece in pieces if piece.there < 1]
    share = sum(Fraction(piece.there) * piece.weight for piece in pieces) / whole
    named = "、".join(piece.words for piece in lacking[:MOST_NAMED])
    more = f"等 {len(lacking)} 项" if len(lacking) > MOST_NAMED else ""
    return Reached(share, f"还缺{named}{more}，请补充。" if lacking else "", tuple(piece.section for piece in lacking))


def _has(figure) -> bool:
    """Whether a figure is filled in: 0 and 不适用 are, a blank is not."""
    return figure is not None


def _is_number(figure) -> bool:
    return figure is not None and figure != NOT_APPLICABLE


@counted(
    "sections",
    Dimension.COMPLETENESS,
    "七个部分都有正文",
    14,
    how="每个部分 2 分；只写「无」的得一半",
    why="评估先看规定的七个部分是否齐全，各写了什么",
)
def _sections(case: Case):
    bare = {one.finding.section for one in case.judged if one.finding.rule == "sections_say_more_than_none"}
    for key in MANDATED:
        is_written = bool(case.document.sections[key].body)
        there = Fraction(is_written, 2 if key in bare else 1)
        if case.is_waived("sections", key, "body"):
            there = Fraction(1)
        words = f"「{SECTIONS[key].short_title}」的{'具体情况' if is_written else '正文'}"
        yield Piece(there, words, key)


@counted(
    "head",
    Dimension.COMPLETENESS,
    "标题、引言、统计期限、落款齐全",
    4,
    how="四项各 1 分",
    why="没有期限、落款和日期，读者不知道报告说的是哪一年、由谁负责",
)
def _head(case: Case):
    document, head = case.document, SectionKey.HEAD
    for words, lines in (
        ("标题", (("title", document.title),)),
        ("引言", (("preamble", document.preamble),)),
        ("统计期限", (("period_start", document.period.start), ("period_end", document.period.end))),
        (
            "落款单位和日期",
            (
                ("signature_organisation", document.signature.organisation),
                ("signature_date", document.signature.date),
            ),
        ),
    ):
        there = sum(bool(value) or case.is_waived("head", head, field) for field, value in lines)
        yield Piece(Fraction(there, len(lines)), words, head)


@counted(
    "main_figures",
    Dimension.COMPLETENESS,
    "六个主要数据已填写",
    9,
    how="主动公开总数、申请、满意率、举报、复议、诉讼各 1.5 分；填 0 或「不适用」也算填写",
    why="只有数据能在学校之间、年度之间比较",
)
def _main_figures(case: Case):
    sections = case.document.sections
    proactive, complaints = sections.proactive.figures, sections.complaints.figures
    on_request, evaluation = sections.on_request.figures, sections.evaluation.figures
    asked = (
        (SectionKey.PROACTIVE, "total", "主动公开信息总数", _has(proactive.total) or bool(proactive.channels)),
        (SectionKey.ON_REQUEST, "total-received", "本期新收申请件数", _has(on_request.received)),
        (SectionKey.EVALUATION, "satisfaction_percent", "满意率", _has(evaluation.satisfaction_percent)),
        (SectionKey.COMPLAINTS, "reports", "举报件数", _has(complaints.reports)),
        (SectionKey.COMPLAINTS, "reconsiderations", "行政复议件数", _has(complaints.reconsiderations)),
        (SectionKey.COMPLAINTS, "lawsuits", "行政诉讼件数", _has(complaints.lawsuits)),
    )
    for key, field, words, is_filled in asked:
        yield Piece(is_filled or case.is_waived("main_figures", key, field), words, key)


@counted(
    "breakdowns",
    Dimension.COMPLETENESS,
    "主要数据有明细",
    3,
    how="渠道明细、申请的办理结果、评议的份数各 1 分；没有收到申请、没有做过调查的，不要求",
    why="只有总数，看不出信息是怎样公开的、申请是怎样办的、满意率问了多少人",
)
def _breakdowns(case: Case):
    sections = case.document.sections
    proactive, requests = sections.proactive.figures, sections.on_request.figures
    evaluation = sections.evaluation.figures
    is_told = proactive.total == NOT_APPLICABLE or any(_has(channel.count) for channel in proactive.channels)
    yield Piece(is_told, "各渠道的数量", SectionKey.PROACTIVE)
    is_none = _has(requests.received) and not _intake(case)
    is_told = is_none or any(_has(getattr(requests, name)) for name in (*OUTCOMES, "carried_out"))
    yield Piece(is_told, "申请的办理结果", SectionKey.ON_REQUEST)
    is_told = evaluation.satisfaction_percent == NOT_APPLICABLE or _has(evaluation.responses)
    yield Piece(is_told, "收回评议意见的份数", SectionKey.EVALUATION)


def _intake(case: Case) -> int:
    """How many requests there were to answer."""
    figures = case.document.sections.on_request.figures
    return sum(getattr(figures, name) for name in INTAKE if _is_number(getattr(figures, name)))


@counted(
    "items",
    Dimension.COMPLETENESS,
    "清单事项有数、有链接",
    3,
    how="清单列出的公开事项填了数 2 分；概述、主动公开或制度一栏有网址 1 分",
    why="评估逐项对照清单，找不到链接就当作没有公开",
)
def _items(case: Case):
    sections = case.document.sections
    texts = (sections.overview.body, sections.proactive.body)
    has_link = any("http://" in text or "https://" in text for text in texts) or any(
        one.url for one in sections.overview.figures.rules
    )
    yield Piece(_has(sections.proactive.figures.items_listed), "清单列出的公开事项数", SectionKey.PROACTIVE, weight=2)
    yield Piece(has_link, "公开专栏或清单页面的网址", SectionKey.PROACTIVE)


_UNREACHABLE = "contacts_can_be_reached"
_UNLIKELY_DAY = "confidentiality_review_has_a_likely_date"
_TOLD = "experience_problems_and_measures_are_told"
_THIN = "problems_are_more_than_one_line"


@counted(
    "experience",
    Dimension.COMPLETENESS,
    "经验、问题、改进措施都写到，问题具体",
    4,
    how="三项都写到 3 分，缺一项扣 1 分；问题写得具体 1 分",
    why="评估看问题是否具体、措施是否对应；只写成绩的普遍扣分",
)
def _experience(case: Case):
    key = SectionKey.EXPERIENCE
    is_written = bool(case.document.sections.experience.body)
    untold = sum(one.finding.rule == _TOLD and not one.is_waived for one in case.judged)
    is_thin = any(one.finding.rule == _THIN and not one.is_waived for one in case.judged)
    told = Fraction(max(0, 3 - untold), 3) if is_written else Fraction(0)
    yield Piece(told, f"三项（经验、问题、措施）中的 {3 - told * 3} 项", key, weight=3)
    # Who tells of no problem tells of none in detail.
    yield Piece(told == 1 and not is_thin, "写得具体的问题", key)


@counted(
    "contacts",
    Dimension.COMPLETENESS,
    "三位联系人的姓名、职务、办公电话齐全",
    3,
    how="每位 1 分，缺一项、写得不完整的少三分之一",
    why="公众要找得到人",
)
def _contacts(case: Case):
    key = SectionKey.CONTACTS
    people = {person.role: (index, person) for index, person in reversed(list(enumerate(case.document.contacts)))}
    lines = ("name", "position", "office_phone")
    unreachable = [one for one in case.found("contacts") if one.finding.rule == _UNREACHABLE]
    for role in MANDATED_CONTACTS:
        index, person = people.get(role, (None, None))
        if person is None or person.is_empty:
            field = "" if person is None else f"people-{index}-name"
            there = len(lines) if case.is_waived("contacts", key, field, naming=role.label) else 0
        else:
            fields = {name: f"people-{index}-{name}" for name in lines}
            there = sum(
                bool(getattr(person, name)) or case.is_waived("contacts", key, field) for name, field in fields.items()
            )
            there = max(0, there - sum(one.finding.field.startswith(f"people-{index}-") for one in unreachable))
        yield Piece(Fraction(there, len(lines)), f"{role.label}完整的联系方式", key)


# --- what it should be free of ----------------------------------------------------------------------------------------


def _text_written(case: Case) -> Reached:
    """How much of the seven sections is written."""
    return _share_of(list(_sections(case)))


def _own_text(case: Case) -> Reached:
    """How much of the seven sections is written and was not copied; each weighs the same, as where they are counted."""
    return _share_of(
        [replace(piece, there=Fraction(piece.there) * (1 - case.copied(piece.section))) for piece in _sections(case)]
    )


def _figures_written(case: Case) -> Reached:
    """How many of the figures that are compared are filled in."""
    return _share_of(list(_main_figures(case)))


def _head_written(case: Case) -> Reached:
    return _share_of(list(_head(case)))


def _both_written(case: Case) -> Reached:
    return min(_text_written(case), _figures_written(case), key=lambda reached: reached.share)


def _own_text_and_figures(case: Case) -> Reached:
    return min(_own_text(case), _figures_written(case), key=lambda reached: reached.share)


free_of_findings(
    "figures_fit",
    Dimension.ACCURACY,
    "数据表内部相符",
    8,
    each="1",
    fault="数据互相矛盾",
    why="收支平衡、合计与分项，是评估首先核算的",
    written=_figures_written,
    pieces="六个主要数据",
)
free_of_findings(
    "text_fits_figures",
    Dimension.ACCURACY,
    "正文与数据表一致",
    8,
    each="1",
    fault="正文与数据表不一致",
    why="正文写「未收到申请」、表里是 3 件，读者两处都不信",
    written=_both_written,
    pieces="正文和主要数据",
    own=_own_text_and_figures,
)
free_of_findings(
    "period_and_names_fit",
    Dimension.ACCURACY,
    "统计期限、学年、校名前后一致",
    5,
    each="1",
    fault="期限、学年或校名不一致",
    why="期限不同，数据就不能比较",
    written=_head_written,
    pieces="标题、引言、统计期限、落款",
)
free_of_findings(
    "figures_compare",
    Dimension.ACCURACY,
    "数据准确，可与上年、他校比较",
    4,
    each="1",
    fault="数据不便比较",
    why="约数、没有份数的满意率、与上年相差数倍而不说明的数，都不能比较",
    written=_figures_written,
    pieces="六个主要数据",
)
free_of_findings(
    "own_words",
    Dimension.ACCURACY,
    "写的是本校、本部分的内容",
    5,
    each="1",
    fault="重复、放错部分或属于别校的内容",
    why="评估会把各校、各年的报告放在一起看，雷同的一眼可见",
    written=_text_written,
    pieces="七个部分的正文",
    own=_own_text,
)
free_of_findings(
    "wording",
    Dimension.FORM,
    "文字、标点、编号、文号规范",
    6,
    each="0.5",
    fault="文字或格式不规范",
    why="错别字、断句、文号和法规名称写错，是报告没有校对的标志",
    written=_text_written,
    pieces="七个部分的正文",
)
free_of_findings(
    "privacy",
    Dimension.FORM,
    "不泄露个人信息",
    6,
    each="2",
    fault="可能涉及个人信息",
    why="《个人信息保护法》第六条、第二十五条；一处泄露就是一次事故",
    written=_text_written,
    pieces="七个部分的正文",
)


@counted(
    "confidentiality_review",
    Dimension.FORM,
    "已经过保密审查",
    4,
    how="填写审查人 2 分，填写审查日期 2 分；日期不合情理的得一半",
    why="《高等学校信息公开办法》第五条：公开之前须经保密审查",
)
def _confidentiality_review(case: Case):
    review, key = case.document.confidentiality_review, SectionKey.HEAD
    reviewer = bool(review.reviewer) or case.is_waived("confidentiality_review", key, "confidentiality_reviewer")
    yield Piece(reviewer, "保密审查人", key)
    day = review.date is not None or case.is_waived("confidentiality_review", key, "confidentiality_date")
    is_unlikely = any(one.finding.rule == _UNLIKELY_DAY and one.is_open for one in case.judged)
    words = "合乎情理的保密审查日期" if day else "保密审查日期"
    yield Piece(Fraction(day, 2 if is_unlikely else 1), words, key)


free_of_findings(
    "links",
    Dimension.FORM,
    "网址写得对，校外能打开",
    2,
    each="0.5",
    fault="网址打不开",
    why="打不开的链接是第三方评估最常见的意见；系统只看写法，不替您逐个打开",
    written=_text_written,
    pieces="七个部分的正文",
)
free_of_findings(
    "of_this_year",
    Dimension.TIMELINESS,
    "写的是本年度的内容",
    4,
    each="1",
    fault="像是往年的内容",
    why="只改年份的报告，等于没有报告这一年的工作",
    written=_text_written,
    pieces="七个部分的正文",
    own=_own_text,
)


# --- time -------------------------------------------------------------------------------------------------------------


def on_time(case: Case) -> Reached:
    """All for handing in by the closing date, half for handing in later, nothing yet for what lies with the school."""
    times = case.times
    if times.handed_in and not times.is_late:
        return Reached(Fraction(1))
    if times.handed_in:
        return Reached(Fraction(1, 2), f"{chinese_date(times.handed_in)}提交，晚于截止日期，得一半。")
    if times.today > times.closes_on:
        return Reached(Fraction(0), f"{chinese_date(times.closes_on)}已经截止，还没有提交。提交之后得一半。")
    return Reached(Fraction(0), f"还没有提交。{chinese_date(times.closes_on)}之前（含当天）提交即得。")


def answered_in_time(case: Case) -> Reached:
    """The share of requests that were answered within the time limit; all of it where there was none to answer."""
    key = SectionKey.ON_REQUEST
    figures = case.document.sections.on_request.figures
    intake = _intake(case)
    if not _has(figures.received):
        return Reached(Fraction(0), "还没有填写本期新收申请的件数，填写之后再计分。", (key,))
    if not intake or figures.late_answers == NOT_APPLICABLE:
        return Reached(Fraction(1))
    if figures.late_answers is None:
        return Reached(Fraction(0), "还没有填写超过规定时限的答复有几件。没有超过的，请填 0。", (key,))
    late = min(figures.late_answers, intake)
    advice = f"{intake} 件申请中有 {late} 件答复超过规定时限。请在正文中说明原因和改进办法。"
    return Reached(1 - Fraction(late, intake), advice, (key,))


CRITERIA += [
    Criterion(
        "on_time",
        Dimension.TIMELINESS,
        "按时提交",
        6,
        "截止日期之前（含当天）提交得全部，逾期提交得一半，还没有提交的不得分",
        "《办法》要求每年 10 月底以前报送；迟交的，公众也迟看到",
        on_time,
    ),
    Criterion(
        "answered_in_time",
        Dimension.TIMELINESS,
        "信息公开申请按时答复",
        2,
        "按超过时限的答复占全部申请的比例扣分；没有收到申请的得全部",
        "《办法》规定 15 个工作日内答复申请人",
        answered_in_time,
    ),
]

"""Rules on what the text says beside what the form says, and on sections that say what belongs elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from disclosure.checks.base import Context, Problem, rule
from disclosure.checks.texts import body_of, plain_number, sentence_at, short
from disclosure.chinese.numerals import find_numbers
from disclosure.importing.extract import find_figures
from disclosure.importing.proposal import BlockRole, ProposedBlock, ProposedFigure
from disclosure.report.document import NOT_APPLICABLE, Document, ProactiveFigures
from disclosure.report.enums import SectionKey, Severity
from disclosure.report.figures import CASE_OUTCOMES, CASES, FIGURES, REQUEST_ROWS, value_at
from disclosure.report.sections import SECTIONS
from disclosure.report.totals import channel_total

_READ = (
    SectionKey.OVERVIEW,
    SectionKey.PROACTIVE,
    SectionKey.ON_REQUEST,
    SectionKey.EVALUATION,
    SectionKey.COMPLAINTS,
)
# How far a count that says it is rounded may be from the exact one, and a percentage.
_LOOSE, _LOOSE_PERCENT = Decimal("0.1"), Decimal("0.03")


def _words_of_figures() -> Iterator[tuple[tuple[SectionKey, str], tuple[str, str]]]:
    for key, figures in FIGURES.items():
        for figure in figures:
            yield (key, figure.key), (figure.label, figure.unit)
    for row in REQUEST_ROWS:
        yield (SectionKey.ON_REQUEST, row.key), (row.label, row.unit)
    for case, words in CASES:
        yield (SectionKey.COMPLAINTS, case), (words, "件")
        for outcome in CASE_OUTCOMES:
            yield (SectionKey.COMPLAINTS, f"{case}_by.{outcome.key}"), (f"{words}：{outcome.label}", outcome.unit)


_WORDS = dict(_words_of_figures())


@rule(
    Severity.WARNING,
    title="正文里的数字与数据表一致",
    why="正文写「收到申请3件」，表里填 5 件；两处各改各的，是最常见的矛盾。",
    source="真实报告所见：正文与表格的数字矛盾",
    holds_for_backfill=False,
)
def text_agrees_with_figures(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the text says three requests and the table five; whoever mends the one forgets the other."""
    denied = {(key, name) for key, name, _, _ in _denied(document)}
    stated: dict[tuple[SectionKey, str], list[ProposedFigure]] = {}
    for figure in _stated(document):
        if _is_of_all(figure):
            stated.setdefault((figure.section, figure.key), []).append(figure)
    for (key, name), figures in stated.items():
        if name == "channels":
            yield from _channels(document, figures)
            continue
        known = _known(document, key, name)
        if known is None or (key, name) not in _WORDS or (key, name) in denied:
            continue
        # 「未收到校外申请，校内申请均已答复」: that nothing came in is said of a part.
        if not any(figure.value for figure in figures) and _CAME_IN.search(body_of(document, key).text):
            continue
        # Of two passages that say different things one may be of something else: one that agrees is enough.
        if any(_agrees(figure, known) for figure in figures):
            continue
        label, unit = _WORDS[key, name]
        is_reckoned = name == "total" and channel_total(document.sections.proactive.figures).is_reckoned
        yield _contradiction(document, figures[0], label, unit, known, is_reckoned=is_reckoned)


def _stated(document: Document) -> tuple[ProposedFigure, ...]:
    """The figures that the text gives, as the import of a Word file reads them."""
    blocks = [
        ProposedBlock(html=text.value, text=text.text, role=BlockRole.TEXT, place=text.section)
        for text in (body_of(document, key) for key in _READ)
        if text.value
    ]
    return find_figures(blocks)


_OF_EACH = re.compile(r"(?:各|每|分别|均|平均)[^，。；]{0,12}\Z")
_TOTALS = frozenset({"received", "reports", "reconsiderations", "lawsuits", "responses", "total"})
_OF_A_GROUP = re.compile(
    r"最满意|其中|(?:教师|教职工|学生|家长|校友|干部|代表|用人单位|社会公众)[^，。；]{0,8}满意|对[^，。；]{2,20}(?:的|表示)?满意"
)
_TAKE_PART = re.compile(r"参加|参训|受训|出席|到会|与会|听取")


def _is_of_all(figure: ProposedFigure) -> bool:
    """Whether the passage tells of the whole, and not of a part: 各举办1次, 其中校外1件, 学生满意率, 35人参加."""
    said = figure.sentence
    digits = re.search(rf"(?<![0-9.]){re.escape(str(figure.value))}(?![0-9.])", said)
    if digits is None or figure.key == "channels":
        return True
    before = re.split(r"[，。；、,;]", said[: digits.start()])[-1]
    after = re.split(r"[，。；,;]", said[digits.end() :])[0]
    if figure.key == "satisfaction_percent":
        return not _OF_A_GROUP.search(before + digits[0] + after)
    if figure.key == "liaison_staff":
        return not _TAKE_PART.search(before + after)
    return not _OF_EACH.search(before) and (figure.key not in _TOTALS or "其中" not in said[: digits.start()])


def _known(document: Document, key: SectionKey, name: str) -> Decimal | None:
    """What the form says, None where it says nothing or that it does not apply."""
    figures = document.sections[key].figures
    try:
        value: object = value_at(figures, name)
    except AttributeError:
        return None
    if isinstance(figures, ProactiveFigures) and name == "total" and channel_total(figures).is_reckoned:
        value = channel_total(figures).sum
    if value is None or value == NOT_APPLICABLE or isinstance(value, bool | tuple):
        return None
    return Decimal(str(value))


def _agrees(figure: ProposedFigure, known: Decimal) -> bool:
    loose = _LOOSE_PERCENT if figure.key.endswith("_percent") else _LOOSE
    return _is_near(figure.value, figure.approximate, known, loose)


def _is_near(value: Any, is_approximate: bool, known: Decimal, loose: Decimal = _LOOSE) -> bool:
    said = Decimal(str(value))
    return said == known or (is_approximate and abs(said - known) <= loose * max(said, known))


_OF_SOME_PIECES = re.compile(r"其中|原创|转载|头条|阅读|粉丝|专题")


def _channels(document: Document, figures: list[ProposedFigure]) -> Iterator[Problem]:
    """Channels that the text and the form name alike, each once, with different counts.

    Alike is the school's own name; or the kind, where the text and the form have one of it each and the form no name.
    """
    rows = document.sections.proactive.figures.channels
    kinds = Counter(row.channel for row in rows), Counter(figure.value.get("channel") for figure in figures)
    figures = [figure for figure in figures if not _OF_SOME_PIECES.search(figure.sentence)]
    for name in dict.fromkeys(figure.value["name"] for figure in figures):
        said = [figure for figure in figures if figure.value["name"] == name]
        own = [(row.count, row.approximate) for row in rows if row.name == name and isinstance(row.count, int)]
        kind = said[0].value.get("channel")
        if not own and kind and all(count[kind] == 1 for count in kinds):
            own = [
                (row.count, row.approximate)
                for row in rows
                if row.channel == kind and not row.name and isinstance(row.count, int)
            ]
        if len(said) != 1 or len(own) != 1 or "count" not in said[0].value:
            continue
        count, is_approximate = own[0]
        if not _is_near(said[0].value["count"], said[0].approximate or is_approximate, Decimal(count)):
            yield _contradiction(document, said[0], name, "条", Decimal(count), said[0].value["count"])


def _contradiction(
    document: Document,
    figure: ProposedFigure,
    label: str,
    unit: str,
    known: Decimal,
    value: Any = None,
    is_reckoned: bool = False,
) -> Problem:
    text = body_of(document, _place(document, figure))
    value = figure.value if value is None else value
    words = figure.sentence.strip("… \n")
    start = text.text.find(words)
    filled_in = f"{'各渠道相加' if is_reckoned else '填的'}是 {plain_number(known)} {unit}"
    sentence = f"正文写的「{label}」是 {value} {unit}，数据表里{filled_in}。请核对哪个是对的，改成一致。"
    if start < 0:
        return Problem(text.section, sentence, "body")
    written = [one for one in find_numbers(words) if one.value == Decimal(str(value))]
    # Of 「收到申请5件，予以公开五件」 the one after the words that the figure is called by.
    named = [one for one in written if label.rpartition("：")[2][:4] in re.split(r"[，。；,;]", words[: one.start])[-1]]
    spans = [(start + one.start, start + one.end) for one in (named or written)[:1]]
    spans = spans or [(start, start + len(words))]
    return text.problem(sentence, *spans)


def _place(document: Document, figure: ProposedFigure) -> SectionKey:
    """The section in whose text the figure stands: complaints are denied in other sections too."""
    keys = [key for key in _READ if document.sections[key].body]
    return keys[figure.block]


# A denial is read strictly, since it makes an error: the word of denial, then nothing but who, what for and what of, up
# to the matter itself, and after it nothing that would make it another's: 「未收到举报」, 「没有因学校信息公开工作受到任何
# 单位或个人的举报」; not 「无事实依据的举报」, 「未办结的举报」, 「未公布举报电话」.
_DENIED = (
    r"(?:未曾|从未|并未|尚未|未)(?:有)?(?:收到|接到|受理|发生|出现|受到|遭到|产生|引起|引发|涉及|(?=因))(?:过)?"
    r"|(?:没有人|没有|不存在|无)(?:收到|接到|受理|发生|出现|受到|遭到|产生|引起|引发|涉及)?(?:过)?"
)
# Each word as it stands, and never taken apart again: 师生员工 is not tried as 师生 and 员工 as well.
_BETWEEN = (
    r"(?>校内外|其他组织|其它组织|师生员工|教职工|或者|以及|学校|学院|因|由于|关于|有关|针对|涉及|对|于|本|我|校|院|信息|公开|工作|问题|"
    r"事项|事宜|开展|实施|不当|不及时|而|所|引起|引发|产生|导致|造成|受到|遭到|收到|接到|发生|出现|被|任何|个人|集体|单位|公民|法人|"
    r"组织|社会|公众|群众|师生|员工|学生|家长|人员|向|提出|提起|申请|进行|相关|方面|形式|举报|投诉|申诉|信访|行政|复议|诉讼|"
    r"或|和|与|及|、|的|等)"
)
_AFTER = (
    r"(?=[，。；、！\s]|\Z|[和或及与等]"
    r"|的?(?:行政)?(?:复议|诉讼|举报|投诉|申诉|情况|情形|事件|事项|现象|案件|问题的?发生|行为))"
)
_WHO = "(?:单位|个人|公民|法人|其他组织|其它组织|组织|申请人|人员|人|师生员工|师生|社会公众|公众)"
_MATTER_OF_COMPLAINTS = (
    ("reports", "收到的举报", "(?:举报|投诉)"),
    ("reconsiderations", "行政复议", "复议"),
    ("lawsuits", "行政诉讼", "诉讼"),
)
_DENIALS: tuple[tuple[SectionKey, str, str, re.Pattern[str]], ...] = (
    (
        SectionKey.ON_REQUEST,
        "received",
        "本期新收的申请",
        re.compile(
            r"(?:未|没有|尚未|从未|并未)(?:有)?(?:收到|接到|受理)(?:过|任何|校内外|师生员工|社会公众|公民、法人|个人|或|和|、|有关|关于|提出的?|要求|的|法人|其他组织|依|信息|公开){0,12}(?:信息)?(?:公开)?(?:的)?申请(?!行政|复议|不予)"
            rf"|(?:没有|无)(?:任何)?{_WHO}(?:或|和|、|及|与|{_WHO}){{0,6}}(?:因|就|向|对|学校|学院|我校|我院|本校|本院|曾){{0,4}}(?:提出|提交|递交)过?"
            rf"(?:了|任何|有关|关于|依|要求|获取|信息|公开|的){{0,6}}申请{_AFTER}|(?:没有|无)(?:收到|接到|受理)?过?任何(?:形式)?的?(?:信息)?(?:公开)?的?申请{_AFTER}|零(?:申请|受理){_AFTER}"
        ),
    ),
    *(
        (SectionKey.COMPLAINTS, name, words, re.compile(rf"(?:(?:{_DENIED}){_BETWEEN}{{0,16}}?|零){matter}{_AFTER}"))
        for name, words, matter in _MATTER_OF_COMPLAINTS
    ),
)
# Any count in the text, and any word that something came in after all: then the denial may be of a part.
_COUNTED = {
    "received": re.compile(r"[1-9１-９一二两三四五六七八九十][0-9０-９]*\s*[余多]?\s*[件份项条例个次起宗]"),
    "reports": re.compile(
        r"(?:举报|投诉)[^，。；]{0,12}?[1-9１-９一二两三四五六七八九十][0-9]*\s*[件起次条例宗]|[1-9一二两三四五六七八九十][0-9]*\s*[件起次条例宗][^，。；]{0,8}(?:举报|投诉)"
    ),
    "reconsiderations": re.compile(r"复议[^，。；]{0,12}?[1-9１-９一二两三四五六七八九十][0-9]*\s*[件起例宗]"),
    "lawsuits": re.compile(r"诉讼[^，。；]{0,12}?[1-9１-９一二两三四五六七八九十][0-9]*\s*[件起例宗]"),
}
_CAME_IN = re.compile(
    r"(?<![未没])(?<!没有)(?<!未曾)(?:收到|接到|受理)(?:了)?(?:的)?[^，。；未无没]{0,16}(?:申请|举报|投诉|复议|诉讼)"
    # 「设有受理举报的渠道」 tells of none.
    r"(?!的?(?:渠道|流程|程序|办法|机构|部门|方式|途径|信箱|电话|平台|工作|制度|规定|职责|范围))"
    r"|(?:申请|举报|投诉|复议|诉讼)[^，。；未无没]{0,8}(?:均|全部|都|已经?|逐一)[^，。；未无没]{0,8}(?:答复|办结|办理|处理|回复|结案|了结)"
)
# 「除上述3件外，未收到其他申请」, 「如未收到答复」, 「上一学年未收到」 deny something else.
_OF_ANOTHER = re.compile(
    r"除|其他申请|其它申请|其他举报|其它举报|如|若|再未|再无|另|逾期|超期|重复|上(?:一)?(?:学年|年|期)|往年|去年|校外|书面|当面|网络|力争|争取|目标|确保"
)


@rule(
    Severity.ERROR,
    title="写「未收到」的，表里没有件数",
    why="正文写「未收到申请」，数据表却填了 3 件：两处必有一处是错的。",
    source="真实报告所见：「未收到申请」而件数为 3",
    holds_for_backfill=False,
)
def denials_agree_with_figures(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「未收到申请」 beside a count of 3; one of the two is false, for certain."""
    for key, name, known, span in _denied(document):
        words = next(words for section, field, words, _ in _DENIALS if (section, field) == (key, name))
        yield body_of(document, key).problem(
            f"正文说没有，数据表里「{words}」填的却是 {plain_number(known)} 件。请核对哪个是对的，改成一致。", span
        )


def _denied(document: Document) -> Iterator[tuple[SectionKey, str, Decimal, tuple[int, int]]]:
    """What the text of a section denies outright, counts nowhere, and the form counts."""
    for key, name, _, pattern in _DENIALS:
        known = _known(document, key, name)
        if not known:
            continue
        text = body_of(document, key)
        match = pattern.search(text.text)
        if not match or _COUNTED[name].search(text.text) or _CAME_IN.search(text.text):
            continue
        start, _ = sentence_at(text.text, match.start())
        if _OF_ANOTHER.search(text.text[start : match.end()]):
            continue
        yield key, name, known, match.span()


_THAT = {
    SectionKey.ON_REQUEST: re.compile(r"(?:该|此|上述|这)(?:项|件|次|份|起)?申请|申请(?:正在|尚在)(?:办理|处理|答复)"),
    SectionKey.COMPLAINTS: re.compile(
        r"(?:该|此|上述|这)(?:项|件|次|份|起)?(?:举报|投诉|复议|诉讼|案件?)|(?:举报|投诉|复议|诉讼|案件)(?:正在|尚在)(?:调查|办理|处理|审理|核实)"
    ),
}


@rule(
    Severity.WARNING,
    title="同一部分的话不自相矛盾",
    why="前面说「未收到举报」，后面又说「该举报正在调查中」，读者不知道信哪一句。",
    source="真实报告所见：自相矛盾的说法",
)
def sections_do_not_contradict_themselves(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「未收到举报……该举报正在调查中」: of two sentences put together from two years one is left over."""
    for key, name, _, pattern in _DENIALS:
        text = body_of(document, key)
        that = _THAT[key].search(text.text)
        denied = pattern.search(text.text) if that else None
        if not that or not denied or name not in ("received", "reports") or denied.end() > that.start():
            continue
        start, _ = sentence_at(text.text, denied.start())
        if not _OF_ANOTHER.search(text.text[start : denied.end()]):
            yield text.problem(
                f"前面写「{short(denied[0])}」，后面又写「{that[0]}」，两处矛盾。请核对。", denied.span(), that.span()
            )


# --- what belongs where ---------------------------------------------------------------------------------------------------

MATTERS: dict[SectionKey, re.Pattern[str]] = {
    SectionKey.ON_REQUEST: re.compile(r"申请|不予公开|不公开"),
    SectionKey.EVALUATION: re.compile(
        r"评议|评价|测评|评估|满意|意见|建议|反馈|调查|问卷|座谈|认可|肯定|好评|反映|反响|反应|调研|考核|媒体|舆情|获评|表彰"
    ),
    SectionKey.COMPLAINTS: re.compile(r"举报|投诉|复议|诉讼|申诉|信访"),
}
_GROUNDS = re.compile(r"国家秘密|商业秘密|个人隐私")
_REFUSED = re.compile(r"不(?:予|得|宜)?(?:以)?公开")
# What became of requests, told under 其他需要报告的事项.
_OF_REQUESTS = re.compile(r"(?:收到|受理|接到|答复)[^。，\n]{0,16}(?:信息公开|依申请公开|公开)(?:的)?(?:信息)?申请")
_AT_LEAST = 12  # characters of a text that says anything


@rule(
    Severity.WARNING,
    title="各部分写的是本部分的内容",
    why="有的报告评议部分写的是举报，有的把不予公开的理由写在举报部分。",
    source="教办厅函〔2018〕80号；真实报告所见：贴错了部分",
)
def texts_stand_in_their_sections(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: in report 001 the evaluation tells of complaints, in 003 the complaints of why something is not disclosed."""
    for key, matter in MATTERS.items():
        text = body_of(document, key)
        words = text.text.strip()
        if len(words) < _AT_LEAST:
            continue
        title = SECTIONS[key].title
        if not matter.search(words):
            span = (text.blocks[0].start, text.blocks[-1].end)
            yield text.problem(
                f"第{SECTIONS[key].numeral}部分应写「{title}」，正文却没有提到。请看是否贴错了部分。", span
            )
    other = body_of(document, SectionKey.OTHER)
    for sentence in re.finditer(r"[^。\n]+。?", other.text):
        if _OF_REQUESTS.search(sentence[0]):
            yield other.problem("这句话说的是依申请公开，应写在第三部分「依申请公开和不予公开情况」。", sentence.span())
    complaints = body_of(document, SectionKey.COMPLAINTS)
    for sentence in re.finditer(r"[^。]+。?", complaints.text):
        said = sentence[0]
        if _GROUNDS.search(said) and _REFUSED.search(said) and not re.search(r"举报|投诉|复议|诉讼", said):
            yield complaints.problem(
                "这句话说的是不予公开的情形，应写在第三部分「依申请公开和不予公开情况」。", sentence.span()
            )

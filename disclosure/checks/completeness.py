"""Rules on what a report must contain."""

import re
from collections.abc import Iterator

from disclosure.checks.base import Context, Fix, Problem, rule
from disclosure.checks.texts import Block, body_of, short
from disclosure.chinese.dates import chinese_date
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, MANDATED_CONTACTS, SectionKey, Severity
from disclosure.report.sections import SECTIONS
from disclosure.richtext import to_text

LONGEST_TEXT = 50_000  # characters
MOST_PIECES = 6_000  # elements


@rule(
    Severity.ERROR,
    title="标题、引言、统计期限、落款都已填写",
    why="五份真实报告中有三份没有落款单位或日期，有的没有统计期限。",
    source="教育部办公厅教办厅函〔2018〕80号；GB/T 9704-2012",
    holds_for_backfill=False,
)
def head_is_complete(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: three of the five real reports carry neither signature nor date; some carry no period."""
    head = SectionKey.HEAD
    if not document.title:
        yield Problem(head, "还没有填写报告标题。", "title")
    if document.period.start is None:
        yield Problem(head, "还没有填写统计期限的开始日期。", "period_start")
    if document.period.end is None:
        yield Problem(head, "还没有填写统计期限的结束日期。", "period_end")
    if not document.preamble:
        yield Problem(head, "还没有填写引言。引言说明报告依据的文件和统计期限。", "preamble")
    if not document.signature.organisation:
        yield Problem(head, "还没有填写落款单位。", "signature_organisation")
    if document.signature.date is None:
        yield Problem(head, "还没有填写落款日期。", "signature_date")


@rule(
    Severity.ERROR,
    title="已经过保密审查",
    why="公开之前须进行保密审查，由谁审查、哪天完成，应当有据可查。",
    source="《高等学校信息公开办法》第五条",
    holds_for_backfill=False,
)
def confidentiality_review_is_confirmed(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: Article 5 of the 办法 asks for a confidentiality review, by somebody, before anything is published."""
    review = document.confidentiality_review
    if not review.reviewer:
        yield Problem(
            SectionKey.HEAD,
            "还没有填写保密审查人。报告公开之前须经保密审查，请填写由谁审查。",
            "confidentiality_reviewer",
        )
    if review.date is None:
        yield Problem(SectionKey.HEAD, "还没有填写保密审查日期。", "confidentiality_date")


@rule(
    Severity.WARNING,
    title="保密审查在统计期限之后、提交之前完成",
    why="统计期限还没有结束时，报告不可能写完；将来的日期说明审查还没有做。",
    source="《高等学校信息公开办法》第五条",
    holds_for_backfill=False,
)
def confidentiality_review_has_a_likely_date(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a date before the period ends is last year's, one still to come says that nobody has reviewed it yet."""
    day, end = document.confidentiality_review.date, document.period.end
    if day is None:
        return
    if context.today and day > context.today:
        sentence = f"保密审查日期（{chinese_date(day)}）还没有到。请在审查完成之后填写实际日期。"
    elif end and day < end:
        sentence = f"保密审查日期（{chinese_date(day)}）早于统计期限结束的日期（{chinese_date(end)}）。请核对。"
    else:
        return
    yield Problem(SectionKey.HEAD, sentence, "confidentiality_date")


# What to write in a part that has nothing to tell; the others always have something.
_WHERE_NOTHING_HAPPENED = {
    SectionKey.ON_REQUEST: "没有收到申请的，也请用一句话说明。",
    SectionKey.EVALUATION: "没有开展评议的，也请用一句话说明。",
    SectionKey.COMPLAINTS: "没有发生的，也请用一句话说明。",
    SectionKey.OTHER: "没有的话，请写「无其他需要报告的事项。」",
}


@rule(
    Severity.ERROR,
    title="七个部分都有正文",
    why="常见四段、五段式的报告，缺少依申请公开、其他等部分。",
    source="教办厅函〔2018〕80号规定的七个部分",
    holds_for_backfill=False,
)
def mandated_sections_are_written(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the notice 教办厅函〔2018〕80号 asks for seven sections; report 002 has neither 依申请公开 nor 其他."""
    for key in MANDATED:
        if document.sections[key].body:
            continue
        section = SECTIONS[key]
        sentence = f"第{section.numeral}部分「{section.title}」还没有正文。{_WHERE_NOTHING_HAPPENED.get(key, '')}"
        yield Problem(key, sentence, "body")


@rule(
    Severity.ERROR,
    title="申请、举报、复议、诉讼的件数已填写",
    why="缺了这四个数，学校之间无法比较；空白不等于 0。",
    source="教办厅函〔2018〕80号",
    holds_for_backfill=False,
)
def key_figures_are_filled_in(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: without these four no two schools can be compared, and a blank is not a zero."""
    sections = document.sections
    asked = (
        (SectionKey.ON_REQUEST, sections.on_request.figures.received, "total-received", "本期新收的信息公开申请"),
        (SectionKey.COMPLAINTS, sections.complaints.figures.reports, "reports", "收到的举报"),
        (SectionKey.COMPLAINTS, sections.complaints.figures.reconsiderations, "reconsiderations", "行政复议"),
        (SectionKey.COMPLAINTS, sections.complaints.figures.lawsuits, "lawsuits", "行政诉讼"),
    )
    for key, value, name, words in asked:
        if value is None:
            yield Problem(key, f"还没有填写{words}的件数。没有发生请填 0。", name)


@rule(
    Severity.WARNING,
    title="主动公开数量和满意率已填写",
    why="这两个数是读者首先要看的。",
    source="教办厅函〔2018〕80号",
    holds_for_backfill=False,
)
def comparable_figures_are_filled_in(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the count of what was published and the satisfaction are what readers look for first."""
    proactive = document.sections.proactive.figures
    if proactive.total is None and not proactive.channels:
        yield Problem(SectionKey.PROACTIVE, "没有填写主动公开信息的数量，读者将无法与其他学校比较。", "total")
    evaluation = document.sections.evaluation.figures
    if evaluation.satisfaction_percent is None:
        yield Problem(SectionKey.EVALUATION, "没有填写满意率。没有做过调查的，请选「不适用」。", "satisfaction_percent")


@rule(
    Severity.ERROR,
    title="联系方式附件写明三位人员",
    why="附件要求列出分管领导、部门负责人、工作联系人，读者至少需要姓名、职务和办公电话。",
    source="教办厅函〔2018〕80号附件",
    holds_for_backfill=False,
)
def mandated_contacts_are_named(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the annex asks for three people; readers need at least a name, a position and an office phone."""
    for role in MANDATED_CONTACTS:
        index, person = next(((i, one) for i, one in enumerate(document.contacts) if one.role == role), (None, None))
        if person is None or person.is_empty:
            yield Problem(SectionKey.CONTACTS, f"联系方式附件里还没有填写{role.label}。", _field(index, "name"))
            continue
        for name, words in (("name", "姓名"), ("position", "职务"), ("office_phone", "办公电话")):
            if not getattr(person, name):
                yield Problem(SectionKey.CONTACTS, f"{role.label}的{words}还没有填写。", _field(index, name))


_WHOLE_MAIL = re.compile(r"[^\s@，。；]+@[^\s@，。；]+\.[A-Za-z]{2,}")
_FEWEST_DIGITS = 7  # of a telephone number without its area code


@rule(
    Severity.WARNING,
    title="联系方式的电话、邮箱写得完整",
    why="邮箱少了「@」、电话少了几位，公众就找不到人。",
    source="教办厅函〔2018〕80号附件",
    holds_for_backfill=False,
)
def contacts_can_be_reached(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: a mailbox without its @ and a telephone of six digits reach nobody, and are seen only when they are needed."""
    for index, person in enumerate(document.contacts):
        if person.email and not _WHOLE_MAIL.fullmatch(person.email.strip()):
            yield Problem(
                SectionKey.CONTACTS,
                f"{person.role.label}的电子邮箱「{short(person.email, 40)}」不是完整的邮箱地址。请核对。",
                _field(index, "email"),
            )
        if person.office_phone and len(re.findall(r"[0-9０-９]", person.office_phone)) < _FEWEST_DIGITS:
            yield Problem(
                SectionKey.CONTACTS,
                f"{person.role.label}的办公电话「{short(person.office_phone, 40)}」少于 {_FEWEST_DIGITS} 位。请核对。",
                _field(index, "office_phone"),
            )


def _field(index: int | None, name: str) -> str:
    return "" if index is None else f"people-{index}-{name}"


def oversized(document: Document) -> Iterator[Problem]:
    """The texts that are too long, or made of too many pieces, to be set as a PDF while somebody waits."""
    texts = [(SectionKey.HEAD, "引言", document.preamble, "preamble")]
    texts += [(key, "正文", document.sections[key].body, "body") for key in MANDATED]
    for key, words, html, name in texts:
        length = len(to_text(html))
        pieces = html.count("<") - html.count("</")
        if length > LONGEST_TEXT:
            yield Problem(key, f"{words}有 {length} 字，最多 {LONGEST_TEXT} 字。请精简，附件材料可以改为链接。", name)
        elif pieces > MOST_PIECES:
            yield Problem(
                key,
                f"{words}的段落、列表项、单元格等共有 {pieces} 个，最多 {MOST_PIECES} 个。请精简，附件材料可以改为链接。",
                name,
            )


@rule(
    Severity.ERROR,
    title="篇幅不超过排版上限",
    why="真实报告最长的一节约 2,000 字；整份附件贴进正文会使 PDF 无法及时生成。",
    source="本系统的排版上限",
    is_fixed=True,
)
def texts_can_be_set(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the longest real text has 2,000 characters; a pasted appendix of a hundred pages holds up every PDF."""
    yield from oversized(document)


@rule(
    Severity.ERROR,
    title="数字和日期能够识别",
    why="「近2000条」之类写在数字栏里，只能作草稿保存，不能作为数据公开。",
    source="本系统的约定：数字栏只填数字，日期栏只填日期",
    is_fixed=True,
)
def everything_typed_is_readable(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「近2000条」 in a field for a number is kept while it is a draft, but cannot be published as a figure."""
    for key, fields in context.unparsed.items():
        for name, words in fields.items():
            yield Problem(key, f"填写的「{words[:40]}」不能识别，请改成要求的格式。", name)


_BARE = re.compile(
    r"(?:本(?:学)?年度?|本学年度?|本期|暂|暂时)?(?:无|没有|未发生|不涉及|略|同上|零|空|/|-+|—+)[。.，,！!；;]?"
)
_INSTEAD = {
    SectionKey.ON_REQUEST: "本期未收到信息公开申请，没有不予公开的情况。",
    SectionKey.COMPLAINTS: "本期没有因信息公开工作受到举报，没有发生行政复议和行政诉讼。",
    SectionKey.OTHER: "无其他需要报告的事项。",
}


@rule(
    Severity.WARNING,
    title="各部分不只写「无」",
    why="有的报告评议、举报两部分都只有一个「无。」，读者不知道是没有开展，还是没有发生。",
    source="真实报告所见：空白或只写「无。」；教办厅函〔2018〕80号",
)
def sections_say_more_than_none(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: 「无。」 does not tell whether nothing was done, nothing happened, or nobody looked (report 004)."""
    for key in MANDATED:
        body = body_of(document, key)
        words = body.text.strip()
        if not words or not _BARE.fullmatch(words):
            continue
        begin = body.blocks[0].start
        end = body.blocks[-1].end
        instead = _INSTEAD.get(key)
        fix = None
        if instead and len(body.blocks) == 1 and _nothing_happened(document, key):
            fix = Fix(f"改为「{instead}」", (body.edit(begin, end, instead),))
        advice = "请写成完整的句子，说明没有发生什么。" if instead else "请写明做了什么；没有开展的，也请说明。"
        yield body.problem(
            f"第{SECTIONS[key].numeral}部分「{SECTIONS[key].title}」只写了「{words}」。{advice}", (begin, end), fix=fix
        )


def _nothing_happened(document: Document, key: SectionKey) -> bool:
    """Whether the figures say the same as the sentence that is offered."""
    if key is SectionKey.ON_REQUEST:
        requests = document.sections.on_request.figures
        return not any((requests.received, requests.carried_in, requests.refused, requests.partly_granted))
    if key is SectionKey.COMPLAINTS:
        complaints = document.sections.complaints.figures
        return not any((complaints.reports, complaints.reconsiderations, complaints.lawsuits))
    return True


_EXPERIENCE = re.compile(r"经验(?!交流)|做法|成效|特色|亮点")
_PROBLEMS = re.compile(r"问题|不足|薄弱|短板|差距|欠缺|困难|不够|有待|弱项")
_MEASURES = re.compile(r"措施|下一步|改进|今后|打算|下一阶段|计划|将(?:进一步|继续|不断)|整改|努力方向")


@rule(
    Severity.WARNING,
    title="第六部分写到经验、问题和改进措施",
    why="第六部分要求三项都写；有的报告没有经验一项，有的只写成绩。",
    source="教办厅函〔2018〕80号第六部分；真实报告所见",
    holds_for_backfill=False,
)
def experience_problems_and_measures_are_told(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: the sixth section asks for three things; report 002 tells of no experience, others of no problem."""
    body = body_of(document, SectionKey.EXPERIENCE)
    if not body.value:
        return
    said = f"{document.sections.experience.heading}\n{body.text}"
    for pattern, words in ((_EXPERIENCE, "主要经验"), (_PROBLEMS, "存在的问题"), (_MEASURES, "改进措施")):
        # The heading names all three in most reports; only the text itself can tell of one.
        if not pattern.search(body.text if words != "主要经验" else said):
            yield Problem(SectionKey.EXPERIENCE, f"第六部分没有写{words}。请补充。", "body")


ONE_LINE = 28  # characters of a line after GB/T 9704
_PROBLEM_HEADING = re.compile(r"问题|不足|短板|困难")
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[0-9]{1,2}[.．、)）]|[（(][0-9]{1,2}[）)])\s*")
_LEAD_IN = re.compile(r".{0,20}(?:问题|不足|短板)(?:和不足|及不足)?(?:主要)?(?:有|是|为|如下|[:：])+[:：]?")


@rule(
    Severity.WARNING,
    title="存在的问题不止一行",
    why="只写一行或只写「无」的问题，评议时普遍扣分，也说明没有认真对照检查。",
    source="真实报告所见：问题只有一行；第三方评估的常见意见",
    holds_for_backfill=False,
)
def problems_are_more_than_one_line(document: Document, context: Context) -> Iterator[Problem]:
    """WHY: evaluators mark down a report whose problems are one line, or 「无」."""
    body = body_of(document, SectionKey.EXPERIENCE)
    for heading, told in _problem_parts(body.blocks):
        words = "".join(block.text for block in told)
        words = _LEAD_IN.sub("", _NUMBERED.sub("", words), count=1)
        if len(words) > ONE_LINE:
            continue
        span = (told[0].start, told[-1].end) if told else (heading.start, heading.end)
        said = f"只有一行：「{short(words)}」" if words else "没有内容"
        yield body.problem(f"存在的问题{said}。请写明具体问题，并与改进措施逐条对应。", span)
        return
    last = body.blocks[-1] if body.blocks else None
    if last and _is_title(last) and _ANNOUNCES.fullmatch(_NUMBERED.sub("", last.text).strip("：: ")):
        yield body.problem(f"「{short(last.text)}」下面没有内容。请补充。", (last.start, last.end))
    for match in (_IN_A_WORD.search(body.text), _NO_PROBLEM.search(body.text)):
        if match and not _TELLS_OF_ONE.search(body.text[: match.start()] + body.text[match.end() :]):
            yield body.problem(
                f"存在的问题只写了「{short(match[0])}」。请写明具体问题，并与改进措施逐条对应。", match.span()
            )
            return


# What announces something to come, and no item of a list.
_ANNOUNCES = re.compile(
    r"(?:存在的?)?(?:主要)?(?:问题|不足)(?:和不足)?|(?:主要)?(?:经验|做法)|(?:问题和)?(?:改进|整改)措施"
    r"|(?:今后|下一步|下一阶段)(?:的|工作)*(?:打算|计划|思路|安排|措施|方向|努力方向)?"
)
# In running text: 「存在的问题：人手不足。」, 「无明显问题」. What else tells of a problem is looked for in the rest.
_IN_A_WORD = re.compile(
    r"(?:(?:存在的?|主要的?){1,2}(?:问题|不足)(?:和不足)?(?:主要)?(?:是|有|为|在于|[:：])|(?<![\u4e00-\u9fff])(?:问题|不足)[:：。])"
    r"[^。；，、\n]{1,20}(?=。?\s*(?:\n|\Z))"
)
_NO_PROBLEM = re.compile(
    r"(?:无|没有|未发现|不存在)(?:明显|突出|重大|较大|其他|大)?的?(?:问题|不足)(?=[，。；\n]|和不足|\Z)"
)
_TELLS_OF_ONE = re.compile(
    r"不够|不足(?!之)|薄弱|有待|滞后|欠缺|差距|不强|不高|不全|不及时|不规范|不平衡|不均衡|短板|偏少|偏低|较少|缺乏|不深|不到位|不多|不便"
)


def _problem_parts(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, list[Block]]]:
    """The headings that announce problems alone, each with what stands under it, up to the next heading of its kind."""
    for index, block in enumerate(blocks):
        if not _is_title(block) or not _PROBLEM_HEADING.search(block.text) or _MEASURES.search(block.text):
            continue
        told: list[Block] = []
        for following in blocks[index + 1 :]:
            if _is_title(following) and (following.tag == block.tag or following.is_heading or told):
                break
            told.append(following)
        yield block, told


def _is_title(block: Block) -> bool:
    """A heading, or a short numbered paragraph without a full stop, as clerks type headings."""
    if block.is_heading:
        return True
    return len(block.text) <= 24 and bool(_NUMBERED.match(block.text)) and not re.search(r"[。；，：]", block.text)

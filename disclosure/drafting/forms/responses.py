"""The form beside a finding: why the school leaves it as it is, or asks to have it waived."""

from dataclasses import dataclass
from functools import cached_property

from disclosure.evaluation import Judged, Judgement
from disclosure.models import Report

# The page of the checks, as a form names where it stands; elsewhere it names the part of the report.
CHECK_PAGE = "check"

# What is often true where a rule speaks and nothing is wrong: one click says it. None where a reason has to be the
# school's own (figures that jump, texts that repeat), or where nothing but mending is right.
READY_REASONS: dict[str, tuple[str, ...]] = {
    "text_agrees_with_figures": ("正文这里说的是其中一部分，与表中的总数不是同一口径。",),
    "texts_stand_in_their_sections": ("这段文字与本部分有关，放在这里是合适的。",),
    "comparable_figures_are_filled_in": ("本学年没有开展满意度调查，主动公开数量没有统计。",),
    "sections_say_more_than_none": ("本学年确实没有发生，也没有需要说明的情况。",),
    "satisfaction_says_how_many_were_asked": ("调查份数没有留存，无法补填。",),
    "approximate_totals_come_near": ("同一条信息在几个渠道公开，各渠道之和有重复。",),
    "other_schools_are_not_named": ("确有合作或参照该校的做法，校名应当写出。",),
    "title_and_signature_name_the_school": ("学校已经更名，这里写的是落款时的规范名称。",),
    "school_years_are_one_year": ("原文所指就是跨几年的期间。",),
    "years_in_text_are_the_reports": ("这里说的就是那一年的事，不是本年度。",),
    "notices_are_this_years": ("引用的通知至今有效，本年度仍按它执行。",),
    "period_is_the_campaigns": ("已经与省教育厅办公室沟通，按这个期限统计。",),
    "period_is_not_too_short": ("学校在统计期限内新设立，期限从设立之日起算。",),
    "names_of_laws_are_whole": ("引用的是另一份文件，名称无误。",),
    "laws_have_their_numbers": ("引用的是另一份文件，文号无误。",),
    "document_numbers_are_in_form": ("来文的文号就是这样写的。",),
    "no_known_slips": ("原文如此（专名或引文），不是错别字。",),
    "words_are_not_doubled": ("原文如此（专名或引文），不是重复。",),
    "sentences_are_whole": ("这一行是小标题或列举的一项，不需要句末标点。",),
    "numbers_in_text_run_on": ("编号照引用的文件，不重新编排。",),
    "links_can_lead_somewhere": ("已从校外打开过，地址有效。",),
    "lists_hold_no_student_numbers": ("这是项目、文件或者设备的编号，不是学号。",),
    "texts_hold_no_personal_data": ("这是对外公开的办公联系方式，不是个人信息。",),
    "office_phones_are_no_mobiles": ("办公室对外只有这一个号码，本人同意公开。",),
    "some_mailbox_is_an_offices": ("没有单位邮箱，联系人同意公开这个邮箱。",),
    "counts_are_exact": ("没有逐条统计，只有约数。",),
}

# Rules whose sentence asks for one thing; the form asks for the same.
_QUESTIONS = {"figures_stay_near_last_years": ("说明变化原因", "请说明变化原因")}


@dataclass(frozen=True)
class Unsaved:
    """What somebody wrote to the finding ``key`` and the portal did not take, with the sentence why."""

    key: str
    reason: str
    problem: str


@dataclass(frozen=True)
class AnswerForm:
    """All that the form beside one finding shows.

    ``ident`` tells the finding from the others of the page, since two may share their key; ``alike`` are the keys of
    those of its rule that nobody has answered, itself first; ``reason`` stands in the field.
    """

    judged: Judged
    ident: str
    is_open: bool
    alike: tuple[str, ...]
    reason: str
    problem: str
    page: str

    @property
    def state(self) -> str:
        """How the finding stands: one word for the template."""
        one = self.judged
        if not one.finding.blocks:
            return "answered" if one.answer else "unanswered"
        if not one.may_be_waived:
            return "fixed"
        if one.is_waived:
            return "waived"
        if one.is_asked:
            return "asked"
        return "declined" if one.is_declined else "error"

    @property
    def is_request(self) -> bool:
        """Whether what is written asks the reviewer for a waiver."""
        return self.judged.finding.blocks

    @property
    def summary(self) -> str:
        """What the fold is called that holds the field."""
        if self.is_request:
            words = {"asked": "改写申请理由", "declined": "再次申请豁免"}
            return words.get(self.state, "本校情况特殊？申请豁免")
        if self.state == "answered":
            return "改写理由"
        return _QUESTIONS.get(self.judged.finding.rule, ("不改，说明理由", ""))[0]

    @property
    def label(self) -> str:
        """What the field is called."""
        if self.is_request:
            return "申请豁免的理由"
        return _QUESTIONS.get(self.judged.finding.rule, ("", "不改的理由"))[1]

    @property
    def ready_reasons(self) -> tuple[str, ...]:
        """What can be said with one click, to a warning nobody has explained."""
        return () if self.is_request or self.judged.answer else READY_REASONS.get(self.judged.finding.rule, ())

    @property
    def version(self) -> str:
        """Over which reason this is written."""
        return self.judged.answer.version if self.judged.answer else ""


@dataclass(frozen=True)
class AnswerForms:
    """The forms beside all findings of ``judgement`` on one page.

    ``why_not`` is why this person may not answer, or None (``permissions.why_not_answer_finding``); ``page`` is
    ``CHECK_PAGE``, or the key of the part whose page it is; ``unsaved`` is what was refused just now.
    """

    report: Report
    judgement: Judgement
    why_not: str | None
    page: str = CHECK_PAGE
    unsaved: Unsaved | None = None

    def beside(self, judged: Judged, ident: str) -> AnswerForm:
        """The form beside one finding of the judgement, which the page knows by ``ident``."""
        key = judged.finding.key
        unsaved = self.unsaved if self.unsaved and self.unsaved.key == key else None
        return AnswerForm(
            judged=judged,
            ident=ident,
            is_open=unsaved is not None,
            alike=self._alike.get(key, ()),
            reason=unsaved.reason if unsaved else judged.answer.reason if judged.answer else "",
            problem=unsaved.problem if unsaved else "",
            page=self.page,
        )

    @cached_property
    def _alike(self) -> dict[str, tuple[str, ...]]:
        """By the first open finding of each rule in each part: all open ones of the rule, where there are several.

        Only the first offers to answer them all: a hundred slips are not offered a hundred times.
        """
        by_rule: dict[str, list[Judged]] = {}
        for one in self.judgement.judged:
            if one.wants_answer or (one.blocks and one.may_be_waived and not one.is_asked):
                by_rule.setdefault(one.finding.rule, []).append(one)
        offers = {}
        for found in by_rule.values():
            keys = list(dict.fromkeys(one.finding.key for one in found))
            first_of_part = {one.finding.section: one.finding.key for one in reversed(found)}
            for key in first_of_part.values() if len(keys) > 1 else ():
                offers[key] = (key, *(other for other in keys if other != key))
        return offers

    def kept(self) -> str:
        """What was written to a finding that is gone by now, so that there is no field for it."""
        if self.unsaved is None or self.judgement.find(self.unsaved.key):
            return ""
        return self.unsaved.reason

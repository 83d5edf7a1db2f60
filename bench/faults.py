"""Faults put into clean reports, to see which the checks find. Each is a fault that ``faults.md`` or the rules name.

A fault is a function of a report's JSON and a source of chance: it changes the report in place, at a random place and in
a random manner, and answers whether it could. It knows nothing of how the rule looks for it.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from pathlib import Path

from disclosure.checks import sounds
from disclosure.checks.copying import is_standing
from disclosure.checks.slips import SLIPS
from disclosure.report.enums import MANDATED
from disclosure.richtext.personal_data import is_personal_mail

KEYS = [key.value for key in MANDATED]
LONG = ["overview", "proactive", "experience"]


@dataclass
class Case:
    """A report that a fault is put into, and what it is compared with."""

    data: dict
    chance: random.Random
    previous: dict | None = None
    schools: list[str] = field(default_factory=list)
    published: dict | None = None  # another school's report

    @property
    def sections(self) -> dict:
        return self.data["sections"]

    def body(self, key: str) -> str:
        return self.sections[key]["body"]

    def set_body(self, key: str, html: str) -> bool:
        self.sections[key]["body"] = html
        return True

    def figures(self, key: str) -> dict:
        return self.sections[key].setdefault("figures", {})

    def paragraphs(self, key: str) -> list[str]:
        """The plain paragraphs of a section, as HTML."""
        return re.findall(r"<p>.*?</p>", self.body(key))

    def paragraph(self, least: int = 30) -> tuple[str, str]:
        """A section and one of its paragraphs that is long enough."""
        choices = [(key, one) for key in LONG for one in self.paragraphs(key) if len(one) >= least]
        return self.chance.choice(choices)

    def replace(self, key: str, old: str, new: str) -> bool:
        return self.set_body(key, self.body(key).replace(old, new, 1))

    def insert(self, words: str, keys: list[str] | None = None) -> bool:
        """``words`` before a random sentence of a random paragraph."""
        key = self.chance.choice(keys or LONG)
        paragraphs = self.paragraphs(key)
        if not paragraphs:
            return False
        one = self.chance.choice(paragraphs)
        ends = [match.end() for match in re.finditer("。", one)] or [one.index(">") + 1]
        at = self.chance.choice(ends)
        return self.replace(key, one, one[:at] + escape(words, quote=False) + one[at:])


FAULTS: dict[str, list[Callable[[Case], bool]]] = {}


def fault(*rules: str):
    """The fault is one that these rules should find."""

    def register(put):
        for rule in rules:
            FAULTS.setdefault(rule, []).append(put)
        return put

    return register


# --- completeness ---


@fault("head_is_complete")
def no_signature(case: Case) -> bool:
    case.data["signature"] = case.chance.choice(
        [{"organisation": "", "date": None}, {**case.data["signature"], "date": None}]
    )
    return True


@fault("head_is_complete")
def no_title_or_period(case: Case) -> bool:
    key, value = case.chance.choice([("title", ""), ("period", {"start": None, "end": None}), ("preamble", "")])
    case.data[key] = value
    return True


@fault("mandated_sections_are_written")
def section_missing(case: Case) -> bool:
    return case.set_body(case.chance.choice(KEYS), case.chance.choice(["", "<p> </p>", "<p>&nbsp;</p>"]))


@fault("key_figures_are_filled_in")
def key_figure_missing(case: Case) -> bool:
    key, name = case.chance.choice(
        [
            ("on_request", "received"),
            ("complaints", "reports"),
            ("complaints", "lawsuits"),
            ("complaints", "reconsiderations"),
        ]
    )
    case.figures(key).pop(name, None)
    return True


@fault("comparable_figures_are_filled_in")
def nothing_to_compare(case: Case) -> bool:
    if case.chance.random() < 0.5:
        case.sections["proactive"]["figures"] = {}
    else:
        case.figures("evaluation").pop("satisfaction_percent", None)
    return True


@fault("mandated_contacts_are_named")
def contact_missing(case: Case) -> bool:
    person = case.chance.choice(case.data["contacts"])
    if case.chance.random() < 0.5:
        case.data["contacts"].remove(person)
    else:
        person[case.chance.choice(["name", "position", "office_phone"])] = ""
    return True


@fault("contacts_can_be_reached")
def mailbox_or_telephone_cut(case: Case) -> bool:
    person = case.chance.choice(case.data["contacts"])
    if not is_personal_mail(person["email"]) and case.chance.random() < 0.5:
        person["email"] = case.chance.choice(
            ["office.example.edu.cn", "office#example.edu.cn", "office@", "office@example"]
        )
    else:
        person["office_phone"] = str(case.chance.randint(100, 999_999))
    return True


@fault("confidentiality_review_is_confirmed")
def nobody_reviewed(case: Case) -> bool:
    review = dict(case.data.get("confidentiality_review") or {})
    key = case.chance.choice(["reviewer", "date"])
    case.data["confidentiality_review"] = (
        {} if case.chance.random() < 0.5 else {**review, key: "" if key == "reviewer" else None}
    )
    return True


@fault("confidentiality_review_has_a_likely_date")
def reviewed_at_another_time(case: Case) -> bool:
    _, end = _period(case)
    days = case.chance.choice([-400, -200, -30, -1, 500])
    review = case.data.get("confidentiality_review") or {"reviewer": "保密办"}
    case.data["confidentiality_review"] = {**review, "date": (end + timedelta(days)).isoformat()}
    return True


@fault("sections_say_more_than_none")
def bare_none(case: Case) -> bool:
    bare = case.chance.choice(["无。", "无", "没有。", "无！", "本年度无。", "未发生。", "暂无。", "/", "略。"])
    return case.set_body(case.chance.choice(["on_request", "evaluation", "complaints", "other"]), f"<p>{bare}</p>")


@fault("experience_problems_and_measures_are_told")
def only_achievements(case: Case) -> bool:
    texts = [
        "<p>一年来，学校领导重视，制度健全，公开及时，师生员工普遍认可，信息公开工作取得了明显成效。</p>",
        "<h3>（一）主要经验</h3><p>坚持领导带头，坚持师生参与，形成了齐抓共管的工作格局。</p>",
        "<h3>（一）存在的问题</h3><p>部分栏目内容陈旧，检索不便，师生知晓率不高，专职人员偏少。</p>",
    ]
    return case.set_body("experience", case.chance.choice(texts))


@fault("problems_are_more_than_one_line")
def problem_of_one_line(case: Case) -> bool:
    line = case.chance.choice(
        [
            "无。",
            "公开内容有待丰富。",
            "信息公开工作还存在一些不足。",
            "个别栏目更新不够及时。",
            "信息公开的时效性有待进一步提高。",
        ]
    )
    body = case.body("experience")
    match = re.search(r"(<h3>（二）[^<]*</h3>)(.*?)(<h3>（三）)", body)
    return bool(match) and case.set_body("experience", body.replace(match[2], f"<p>{line}</p>", 1))


@fault("texts_can_be_set")
def appendix_pasted(case: Case) -> bool:
    key = case.chance.choice(LONG)
    return case.set_body(key, case.body(key) + "<p>" + "学校各部门公开事项见下表所列内容。" * 3200 + "</p>")


# --- figures ---


def _add(figures: dict, key: str, by: int) -> None:
    value = figures.get(key)
    figures[key] = (value if isinstance(value, int) else 0) + by


@fault("requests_balance")
def request_lost(case: Case) -> bool:
    figures = case.figures("on_request")
    figures.pop("by_applicant", None)
    _add(
        figures,
        case.chance.choice(["received", "granted", "carried_in", "unavailable", "carried_out"]),
        case.chance.randint(1, 9),
    )
    return True


@fault("rows_of_requests_add_up")
def row_wrong(case: Case) -> bool:
    columns = case.figures("on_request").get("by_applicant")
    if not columns:
        return False
    column = columns[case.chance.choice(sorted(columns))]
    _add(column, case.chance.choice(["received", "granted"]), case.chance.randint(1, 5))
    return True


@fault("refusals_have_their_grounds")
def refusal_without_ground(case: Case) -> bool:
    figures = case.figures("on_request")
    figures["refused"] = (figures.get("refused") or 0) + 1
    figures.setdefault("refused_by", {"privacy": 0})
    return True


@fault("channels_add_up")
def channel_wrong(case: Case) -> bool:
    figures = case.figures("proactive")
    if figures.get("total_is_approximate"):
        return False
    _add(case.chance.choice(figures["channels"]), "count", case.chance.randint(1, 300))
    return True


@fault("approximate_totals_come_near")
def rough_total_far_off(case: Case) -> bool:
    figures = case.figures("proactive")
    figures |= {"total_is_approximate": True, "total": round(figures["total"] * case.chance.choice([0.5, 0.7, 1.3, 2]))}
    return True


@fault("cases_add_up")
def case_outcome_wrong(case: Case) -> bool:
    name = case.chance.choice(["reconsiderations", "lawsuits"])
    case.figures("complaints")[f"{name}_by"] = {"upheld": case.chance.randint(3, 9), "corrected": 0}
    return True


@fault("parts_do_not_exceed_their_whole")
def part_exceeds_whole(case: Case) -> bool:
    if case.chance.random() < 0.5:
        case.figures("on_request").update(longest_days=9, mean_days=9 + case.chance.randint(1, 9))
    else:
        case.figures("proactive")["items_not_applicable"] = 51 + case.chance.randint(0, 9)
    return True


@fault("complaints_closed_were_received")
def more_closed_than_received(case: Case) -> bool:
    figures = case.figures("complaints")
    name = case.chance.choice(["reports_closed", "reports_upheld"])
    figures[name] = (figures.get("reports") or 0) + case.chance.randint(1, 5)
    return True


@fault("satisfaction_is_a_percentage")
def satisfaction_of_more_than_all(case: Case) -> bool:
    case.figures("evaluation")["satisfaction_percent"] = case.chance.choice([100.5, 101, 198, 985])
    return True


@fault("satisfaction_says_how_many_were_asked")
def nobody_counted(case: Case) -> bool:
    figures = case.figures("evaluation")
    figures.pop("responses", None)
    figures["satisfaction_percent"] = 95
    return True


@fault("figures_stay_near_last_years")
def figure_jumps(case: Case) -> bool:
    key, name = case.chance.choice(
        [("proactive", "total"), ("overview", "training_staff"), ("overview", "liaison_staff")]
    )
    figures = case.figures(key)
    factor = case.chance.randint(6, 40)
    value = figures[name]
    figures[name] = value * factor if case.chance.random() < 0.5 else value // factor
    return True


# --- period, year, name ---


def _period(case: Case) -> tuple[date, date]:
    return date.fromisoformat(case.data["period"]["start"]), date.fromisoformat(case.data["period"]["end"])


def _set_period(case: Case, start: date, end: date) -> bool:
    case.data["period"] = {"start": start.isoformat(), "end": end.isoformat()}
    return True


@fault("period_runs_forward")
def period_backwards(case: Case) -> bool:
    start, end = _period(case)
    return _set_period(case, end, start)


@fault("period_is_over")
def period_to_come(case: Case) -> bool:
    start, end = _period(case)
    return _set_period(case, start.replace(year=start.year + 1), end.replace(year=end.year + 1))


@fault("period_is_about_a_year", "period_is_the_campaigns")
def fourteen_months(case: Case) -> bool:
    start, end = _period(case)
    return _set_period(case, start - timedelta(case.chance.randint(40, 400)), end)


@fault("period_is_not_too_short")
def short_period(case: Case) -> bool:
    start, end = _period(case)
    return _set_period(case, start + timedelta(case.chance.randint(70, 200)), end)


@fault("period_is_not_a_day_off")
def period_a_day_off(case: Case) -> bool:
    start, end = _period(case)
    if case.chance.random() < 0.5:
        return _set_period(case, start - timedelta(1), end + timedelta(1))
    first, last = start - timedelta(1), end + timedelta(1)
    return case.insert(f"以上数据自{_words(first)}起至{_words(last)}止。", ["proactive"])


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@fault("signature_follows_the_period")
def signed_too_early(case: Case) -> bool:
    _, end = _period(case)
    case.data["signature"]["date"] = (end - timedelta(case.chance.randint(1, 500))).isoformat()
    return True


@fault("dates_exist")
def day_that_is_none(case: Case) -> bool:
    month, day = case.chance.choice([(2, 30), (4, 31), (6, 31), (9, 31), (11, 31), (5, 32)])
    year = case.chance.choice(["", f"{case.data['year']}年"])
    return case.insert(f"《信息公开实施细则》于{year}{month}月{day}日印发。")


@fault("period_follows_last_years")
def gap_to_last_year(case: Case) -> bool:
    start, end = _period(case)
    return _set_period(case, start + timedelta(case.chance.choice([-60, -30, -1, 1, 14, 30])), end)


@fault("stated_period_is_the_forms")
def preamble_of_last_year(case: Case) -> bool:
    start, end = _period(case)
    preamble = case.data["preamble"]
    if "统计" not in preamble or _words(start) not in preamble:
        return False
    by = case.chance.choice([-1, 1])
    for day in (start, end):
        preamble = preamble.replace(_words(day), _words(day.replace(year=day.year + by)))
    case.data["preamble"] = preamble
    return True


@fault("ranges_in_text_are_the_periods")
def figures_of_another_year(case: Case) -> bool:
    start, end = (day.replace(year=day.year - 1) for day in _period(case))
    to = case.chance.choice(["至", "到", "-", "—"])
    return case.insert(
        f"{_words(start)}{to}{_words(end)}，学校官网发布信息{case.chance.randint(100, 900)}条。", ["proactive"]
    )


@fault("title_is_of_the_reports_year")
def title_of_another_year(case: Case) -> bool:
    by = case.chance.choice([-2, -1, 1])
    case.data["title"] = re.sub(r"20\d\d", lambda year: str(int(year[0]) + by), case.data["title"])
    return True


@fault("school_years_are_one_year")
def school_year_of_two(case: Case) -> bool:
    year = case.data["year"]
    wrong = case.chance.choice(
        [f"{year - 2}-{year}学年", f"{year}-{year - 1}学年", f"{year - 1}-{year + 1}学年度", f"{year}—{year}学年"]
    )
    return case.insert(f"{wrong}，学校坚持阳光办学。")


@fault("years_in_text_are_the_reports")
def last_years_paragraph(case: Case) -> bool:
    year = case.data["year"]
    wrong = case.chance.choice(
        [f"{year - 2}-{year - 1}学年", f"{year - 3}-{year - 2}学年度", f"{year - 2}年度", f"{year - 4}年度"]
    )
    return case.insert(f"{wrong}，学校扎实推进信息公开各项工作。")


@fault("notices_are_this_years")
def notice_of_last_year(case: Case) -> bool:
    year = case.data["year"]
    kind = case.chance.random()
    if kind < 0.7:
        words = case.chance.choice(
            [
                "《教育部办公厅关于做好{}年高校信息公开年度报告工作的通知》",
                "《省教育厅办公室关于编制{}年度高校信息公开工作报告的通知》",
            ]
        )
        words = words.format(year - case.chance.choice([1, 2]))
    else:
        words = f"《教育部办公厅关于做好{year}年高校信息公开年度报告工作的通知》（教办厅函〔{year - 1}〕52号）"
    case.data["preamble"] = case.data["preamble"].replace("</p>", f"本报告按照{words}的要求编制。</p>", 1)
    return True


@fault("title_and_signature_name_the_school")
def name_misspelt(case: Case) -> bool:
    name = case.data["school"]["name"]
    plain = re.sub("（[^）]*）$", "", name)
    at = case.chance.randrange(len(plain) - 2)
    wrong = plain[:at] + plain[at + 1 :]
    if case.chance.random() < 0.5:
        case.data["title"] = case.data["title"].replace(name, wrong)
    else:
        case.data["signature"]["organisation"] = wrong
    return True


@fault("other_schools_are_not_named")
def another_schools_name(case: Case) -> bool:
    other = case.chance.choice([name for name in case.schools if name not in case.data["school"]["name"]])
    frame = case.chance.choice(
        [
            "{}高度重视信息公开工作。",
            "根据《{}信息公开实施办法》，各部门各负其责。",
            "{}党政办公室负责日常工作。",
            "一年来，{}不断拓宽公开渠道。",
        ]
    )
    return case.insert(frame.format(other))


# --- agreement ---


@fault("text_agrees_with_figures")
def form_mended_text_not(case: Case) -> bool:
    choices = [
        (key, name)
        for key, name in (
            ("overview", "training_sessions"),
            ("overview", "training_staff"),
            ("overview", "liaison_staff"),
            ("proactive", "total"),
            ("proactive", "items_listed"),
            ("proactive", "items_not_applicable"),
            ("on_request", "received"),
            ("on_request", "granted"),
            ("on_request", "longest_days"),
            ("evaluation", "responses"),
            ("evaluation", "satisfaction_percent"),
            ("complaints", "reports"),
        )
        # What the text states: a figure that nobody wrote down cannot contradict.
        if isinstance(case.figures(key).get(name), int | float)
        and case.figures(key)[name]
        and re.search(rf"(?<![\d.]){case.figures(key)[name]}(?![\d.])", case.body(key))
    ]
    if not choices:
        return False
    key, name = case.chance.choice(choices)
    value = case.figures(key)[name]
    other = round(value * case.chance.choice([0.5, 0.7, 1.4, 1.9])) + case.chance.randint(1, 3)
    if name == "satisfaction_percent":
        other = round(value - case.chance.choice([3, 7.5, 20]), 1)
    if other == value:
        return False
    case.figures(key)[name] = other
    return True


@fault("denials_agree_with_figures")
def denied_but_counted(case: Case) -> bool:
    if case.chance.random() < 0.5:
        if (case.figures("on_request").get("received") or 0) or (case.figures("on_request").get("carried_in") or 0):
            return False
        case.figures("on_request")["received"] = case.chance.randint(1, 9)
    else:
        if (case.figures("complaints").get("reports") or 0) or (
            case.figures("complaints").get("reconsiderations") or 0
        ):
            return False
        case.figures("complaints")[case.chance.choice(["reports", "lawsuits", "reconsiderations"])] = (
            case.chance.randint(1, 5)
        )
    return True


@fault("rates_are_within_the_whole")
def more_than_all(case: Case) -> bool:
    rate = case.chance.choice(["满意率达到", "满意度为", "回收率", "认可度为", "知晓率为", "满意的占"])
    return case.insert(f"{rate}{case.chance.choice(['102', '100.8', '198.5', '985'])}%。", ["evaluation"])


@fault("shares_add_up")
def shares_of_more_than_all(case: Case) -> bool:
    first = case.chance.randint(60, 90)
    return case.insert(
        f"其中满意的占{first}%，基本满意的占{100 - first + case.chance.randint(3, 30)}%，不满意的占1%。", ["evaluation"]
    )


@fault("sums_in_text_add_up")
def sum_wrong(case: Case) -> bool:
    channels = case.chance.sample(
        ["官网", "微信公众号", "信息公开栏", "校报", "视频号", "简报"], case.chance.randint(2, 5)
    )
    counts = [case.chance.randint(20, 900) for _ in channels]
    parts = [f"{channel}{count}条" for channel, count in zip(channels, counts, strict=True)]
    total = sum(counts) + case.chance.choice([-30, -7, 10, 15, 100])
    if case.chance.random() < 0.5:
        return case.insert(f"全年通过{'，'.join(parts)}，{case.chance.choice(['共计', '合计', '总计'])}{total}条。")
    counts = [case.chance.randint(1, 9) for _ in range(3)]
    parts = [f"{who}{count}件" for who, count in zip(["校内师生", "校外个人", "法人"], counts, strict=True)]
    return case.insert(f"全年共收到来信{sum(counts) - 1}件，其中{'、'.join(parts)}。")


@fault("tables_in_text_add_up")
def table_sum_wrong(case: Case) -> bool:
    names = case.chance.sample(["官网", "微信公众号", "信息公开栏", "校报", "视频号"], case.chance.randint(2, 4))
    rows = [[case.chance.randint(10, 400) for _ in range(2)] for _ in names]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    sums[case.chance.randrange(2)] += case.chance.choice([-20, -1, 9, 100])
    cells = [
        ["渠道", "上半年", "下半年"],
        *([name, *row] for name, row in zip(names, rows, strict=True)),
        ["合计", *sums],
    ]
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    return case.set_body("proactive", case.body("proactive") + f"<table><tbody>{html}</tbody></table>")


@fault("sections_do_not_contradict_themselves")
def denied_and_told(case: Case) -> bool:
    matter = case.chance.choice(["举报", "投诉"])
    told = case.chance.choice([f"该{matter}正在调查中。", f"上述{matter}已转有关部门。", f"该{matter}经核实不属实。"])
    return case.set_body("complaints", f"<p>本学年未收到任何{matter}。{told}</p>")


@fault("texts_stand_in_their_sections")
def wrong_section(case: Case) -> bool:
    texts = {
        "on_request": ["学校通过问卷听取师生意见，总体满意。", "全年召开座谈会四次，师生反响良好，学校逐条整改。"],
        "evaluation": ["本学年学校未因信息公开工作遭到任何个人或集体举报。", "学校官网全年更新栏目二十个，链接有效。"],
        "complaints": [
            "涉及国家秘密、商业秘密、个人隐私的信息，学校一律不予公开。",
            "学校官网、微信公众号及时发布各类信息。",
        ],
    }
    key = case.chance.choice(sorted(texts))
    return case.set_body(key, f"<p>{case.chance.choice(texts[key])}</p>")


# --- copies ---


@fault("sections_are_not_the_same")
def pasted_twice(case: Case) -> bool:
    source, target = case.chance.sample(KEYS[:6], 2)
    return case.set_body(target, case.body(source))


@fault("paragraphs_stand_once")
def paragraph_twice(case: Case) -> bool:
    _, one = case.paragraph(45)
    target = case.chance.choice(KEYS)
    return case.set_body(target, case.body(target) + one)


@fault("sections_are_not_last_years")
def copied_from_last_year(case: Case) -> bool:
    """Last year's text with other figures, and one sentence in ten another one."""
    key = case.chance.choice(["overview", "proactive", "experience"])
    pieces = re.split("(?<=。)", case.body(key))
    told = [
        "学校另行研究了有关事项。" + re.sub(r"^[^<]*", "", piece) if case.chance.random() < 0.1 else piece
        for piece in pieces
    ]
    told = re.sub(r"(?<=[ 一-鿿])\d{2,4}(?= ?[条人份次项])", lambda number: str(int(number[0]) + 7), "".join(told))
    case.previous = case.previous | {"sections": case.previous["sections"] | {key: {"heading": "", "body": told}}}
    return True


@fault("sections_are_not_another_schools")
def copied_from_another_school(case: Case) -> bool:
    """Half of the sentences of a section, in a place of their own in the other report, other words in some of them."""
    key = case.chance.choice(LONG)
    sentences = [one for one in re.findall(r"[^<>。]+。", case.body(key)) if not is_standing(one)]
    start = case.chance.randint(0, len(sentences) // 2)
    taken = sentences[start : start + max(5, len(sentences) // 2)]
    if sum(len(one) for one in taken) < 240:
        return False
    other = case.chance.choice(["我院", "本校", "全校各部门"])
    words = [
        re.sub(r"学校|我校|本校|学院|各部门", other, one) if case.chance.random() < 0.4 else one
        for one in taken
        if case.chance.random() < 0.9
    ]
    there = case.chance.choice(KEYS)
    body = case.published["sections"][there]["body"] + f"<p>{''.join(words)}</p>"
    section = case.published["sections"][there] | {"body": body}
    case.published = case.published | {"sections": case.published["sections"] | {there: section}}
    return True


# --- wording ---

CODES = ["教办厅函", "鄂教办函", "校办发", "院党发", "湘教发", "校字", "教政法", "苏教办", "院行政", "桂教办"]


@fault("document_numbers_are_in_form")
def number_in_other_brackets(case: Case) -> bool:
    opened, closed = case.chance.choice(["【】", "[]", "（）", "()", "［］", "﹝﹞", "〖〗", "[〕"])
    number = case.chance.choice(["{}", "第{}", "0{}"]).format(case.chance.randint(1, 99))
    words = f"{case.chance.choice(CODES)}{opened}{case.data['year']}{closed}{number}号"
    return case.insert(f"《关于印发工作方案的通知》（{words}）已经落实。")


LAWS = [
    "高等学校信息公开办法",
    "高等学校信息公开事项清单",
    "中华人民共和国政府信息公开条例",
    "中华人民共和国保守国家秘密法",
    "中华人民共和国个人信息保护法",
]


@fault("names_of_laws_are_whole")
def law_damaged(case: Case) -> bool:
    law = case.chance.choice(LAWS)
    at = case.chance.randrange(1, len(law) - 2)
    kind = case.chance.random()
    if kind < 0.4:
        wrong = (
            law.replace("学校", "学院").replace("信息", "新息")
            if "学校" in law
            else law.replace("信息", "新息").replace("国家", "国")
        )
    elif kind < 0.7:
        wrong = law[:at] + law[at + 1 :]
    else:
        wrong = law[:at] + case.chance.choice("的院效公报事") + law[at + 1 :]
    return wrong != law and case.insert(f"认真落实《{wrong}》的要求。")


@fault("laws_have_their_numbers")
def law_with_another_number(case: Case) -> bool:
    return case.insert(
        case.chance.choice(
            [
                "学校落实《高等学校信息公开办法》（教育部令第28号）。",
                "依据《高等学校信息公开办法》（教育部第19号令）和有关规定。",
                "依据《教育部关于公布<高等学校信息公开事项清单>的通知》（教办函〔2015〕23号）。",
                "依据《教育部关于公布〈高等学校信息公开事项清单〉的通知》（教办函〔2014〕13号）。",
                "落实《中华人民共和国政府信息公开条例》（国务院令第771号）。",
            ]
        )
    )


@fault("no_known_slips")
def slip(case: Case) -> bool:
    one = case.chance.choice(SLIPS)
    for key in case.chance.sample(KEYS, len(KEYS)):
        places = [match.start() for match in re.finditer(re.escape(one.right), case.body(key))]
        if places:
            at = case.chance.choice(places)
            body = case.body(key)
            return case.set_body(key, body[:at] + one.wrong + body[at + len(one.right) :])
    return case.insert(f"{one.example}，有关部门已经落实。")


@fault("no_known_slips")
def homophone(case: Case) -> bool:
    """A word of the field typed as another of the same sound, as an input method offers it; in no list."""
    terms = [term for term in sounds.terms() if any(term in case.body(key) for key in KEYS)]
    if not terms:
        return False
    term = case.chance.choice(terms)
    at = case.chance.randrange(len(term))
    alike = next(line for line in _same_sound() if term[at] in line)
    wrong = term[:at] + case.chance.choice([one for one in alike if one != term[at]] or [term[at]]) + term[at + 1 :]
    key = next(key for key in KEYS if term in case.body(key))
    return wrong != term and case.replace(key, term, wrong)


def _same_sound() -> list[str]:
    lines = Path(sounds.__file__).with_name("sounds.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition(" ")[2] for line in lines]


@fault("words_are_not_doubled")
def word_twice(case: Case) -> bool:
    key, one = case.paragraph()
    words = list(re.finditer(r"(?<=[，。；、])[一-鿿]{2,4}(?=[，。；、的和])", one))
    if not words:
        return False
    word = case.chance.choice(words)
    return case.replace(key, one, one[: word.end()] + word[0] + one[word.end() :])


@fault("counts_do_not_contradict_themselves")
def nearly_and_more(case: Case) -> bool:
    number = case.chance.choice([30, 120, 300, 1000, 2500])
    unit = case.chance.choice(["条", "篇", "件", "人次", "份"])
    words = case.chance.choice(
        ["近{}余{}", "约{}余{}", "近{}{}以上", "将近{}多{}", "约{}{}左右", "大约{}余{}", "接近{}余{}", "超过{}{}左右"]
    ).format(number, unit)
    return case.insert(f"全年发布和处理各类信息{words}。")


@fault("counts_are_exact")
def vague_count(case: Case) -> bool:
    number = case.chance.choice([80, 300, 1000, 1700, 2000])
    words = case.chance.choice(["近{}条", "{}余条", "{}多条", "超过{}条", "{}条以上", "{}条左右", "逾{}篇", "将近{}条"])
    return case.insert(f"学校官网发布信息{words.format(number)}。", ["proactive"])


# --- form ---


@fault("sentences_are_whole")
def sentence_cut(case: Case) -> bool:
    key, one = case.paragraph(60)
    text = one[3:-4]
    at = case.chance.randrange(12, len(text) - 1)
    cut = re.sub(r"<[^>]*$|&[^;]*$", "", text[:at])
    if re.search(r"[。！？；.”》）)】]$", cut) or "<" in cut:
        return False
    return case.replace(key, one, f"<p>{cut}{case.chance.choice(['', '', '…'])}</p>")


@fault("quotes_and_brackets_are_in_pairs")
def half_a_pair(case: Case) -> bool:
    choices = [
        (key, one, match.start())
        for key in LONG
        for one in case.paragraphs(key)
        for match in re.finditer("[“”《》（）]", one)
        if one[3 : match.start()].strip("（") and not re.match(r"<p>（[一二三四五六七]）", one)
    ]
    if not choices:
        return False
    key, one, at = case.chance.choice(choices)
    if case.chance.random() < 0.7:
        return case.replace(key, one, one[:at] + one[at + 1 :])
    turned = {"“": "”", "”": "“", "《": "》", "》": "《", "（": "）", "）": "（"}[one[at]]
    return case.replace(key, one, one[:at] + turned + one[at + 1 :])


@fault("marks_are_not_doubled")
def mark_twice(case: Case) -> bool:
    key, one = case.paragraph()
    places = [match.start() for match in re.finditer("[，。；、]", one)]
    at = case.chance.choice(places)
    return case.replace(key, one, one[:at] + case.chance.choice("，。；、") + one[at:])


@fault("nothing_is_left_over_from_word")
def debris(case: Case) -> bool:
    return case.insert(
        case.chance.choice(
            [
                "[bookmark: _GoBack]",
                "[bookmark: _Toc148600123]",
                "错误！未找到引用源。",
                'HYPERLINK "http://www.example.edu.cn"',
                "PAGEREF _Toc148600123 \\h",
                "\\* MERGEFORMAT",
                "批注 [A1]:",
                "mso-font-charset:134;",
                "&nbsp;",
                "单击此处输入文字。",
                "\uf0b7",
                "<!--[if !supportLists]-->",
                "Error! Reference source not found.",
                "带格式的:",
            ]
        )
    )


@fault("no_placeholder_is_left")
def left_to_be_filled_in(case: Case) -> bool:
    return case.insert(
        case.chance.choice(
            [
                "本表由XXX填写。",
                "XX学院高度重视信息公开工作。",
                "202X年，学校召开专题会议。",
                "全年公开信息XX条。",
                "（待补充）",
                "××部门负责落实。",
            ]
        )
    )


@fault("addresses_are_written_whole")
def address_written_wrong(case: Case) -> bool:
    address = case.chance.choice(
        [
            "http//www.example.edu.cn",
            "http：//xxgk.example.edu.cn",
            "https:/xxgk.example.edu.cn",
            "htp://xxgk.example.edu.cn",
        ]
    )
    return case.insert(f"详见{address}。")


@fault("links_can_lead_somewhere")
def dead_link(case: Case) -> bool:
    address = case.chance.choice(
        [
            "http://192.168.1.10/xxgk",
            "http://localhost/xxgk",
            "http://oa/xxgk",
            "https://https://www.example.edu.cn/",
            "http://www.example.edu.cn/，详见",
            "http://10.1.2.3:8080/",
            "https://www..example.edu.cn/",
        ]
    )
    key = case.chance.choice(LONG)
    return case.set_body(key, case.body(key) + f'<p>详见<a href="{address}">信息公开专栏</a>。</p>')


@fault("numbers_in_text_run_on")
def number_skipped_or_mixed(case: Case) -> bool:
    key = case.chance.choice(["overview", "experience"])
    body = case.body(key)
    marks = list(re.finditer(r"<(?:h3|p)>(（[一二三四五六]）|[2-9]\.)", body))
    if len(marks) < 2:
        return False
    mark = case.chance.choice(marks[1:])
    number = mark[1]
    if number.startswith("（"):
        value = "零一二三四五六七八九".index(number[1])
        new = case.chance.choice(
            [f"({number[1]})", f"（{'零一二三四五六七八九'[value + 1]}）", f"（{'零一二三四五六七八九'[value - 1]}）"]
        )
        if new == "（一）":
            return False
    else:
        value = int(number[:-1])
        new = case.chance.choice([f"{value}、", f"{value + 1}.", f"{value + 3}.", f"{value} "])
    start, end = mark.span(1)
    return case.set_body(key, body[:start] + new + body[end:])


@fault("headings_are_numbered_in_order")
def heading_number_wrong(case: Case) -> bool:
    index = case.chance.randrange(1, 7)
    key = KEYS[index]
    heading = case.sections[key]["heading"]
    wrong = case.chance.choice(
        [f"{index + 1}、", f"{'一二三四五六七八'[index + 1]}、", f"{'一二三四五六七八'[index - 1]}、", f"{index + 1}. "]
    )
    case.sections[key]["heading"] = re.sub("^[一二三四五六七]、", wrong, heading)
    return True


@fault("ordinals_in_sentences_run_on")
def point_taken_out(case: Case) -> bool:
    points = ["一是健全制度", "二是加强培训", "三是丰富渠道", "四是强化监督"]
    points.pop(case.chance.randrange(1, 3))
    if case.chance.random() < 0.3:
        points = [point.replace("是", "是要") for point in points]
    return case.insert(f"学校主要做了以下工作：{'；'.join(points)}。")


# --- privacy ---


def _mobile(chance: random.Random) -> str:
    # Made here and thrown away: 1, then 3 to 9, then nine digits.
    number = f"1{chance.randint(3, 9)}{chance.randrange(10**9):09d}"
    return chance.choice(["{}{}{}", "{} {} {}", "{}-{}-{}"]).format(number[:3], number[3:7], number[7:])


def _resident_id(chance: random.Random) -> str:
    place, year = chance.choice(["110105", "430102", "350502"]), chance.randint(1960, 2006)
    first = f"{place}{year}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{chance.randint(0, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11]


def _card(chance: random.Random) -> str:
    digits = f"62{chance.randrange(10**16):016d}"
    total = sum(
        value if index % 2 else (value * 2 - 9 if value > 4 else value * 2)
        for index, value in enumerate(map(int, reversed(digits)))
    )
    return digits + str(-total % 10)


@fault("no_mobiles_or_resident_ids")
def mobile_or_resident_id(case: Case) -> bool:
    words = case.chance.choice([f"联系人手机{_mobile(case.chance)}。", f"身份证号{_resident_id(case.chance)}。"])
    return case.insert(words)


@fault("no_mobiles_or_resident_ids")
def mobile_in_a_line(case: Case) -> bool:
    person = case.chance.choice(case.data["contacts"])
    person["position"] += _mobile(case.chance).replace(" ", "")
    return True


@fault("texts_hold_no_personal_data")
def card_or_mailbox(case: Case) -> bool:
    mailbox = (
        f"{case.chance.randrange(10**8, 10**9)}@{case.chance.choice(['qq.com', '163.com', '126.com', 'gmail.com'])}"
    )
    return case.insert(case.chance.choice([f"账户{_card(case.chance)}。", f"邮箱{mailbox}。"]))


@fault("lines_hold_no_personal_data")
def mailbox_in_a_line(case: Case) -> bool:
    person = case.chance.choice(case.data["contacts"])
    person["position"] += f" {case.chance.randrange(10**8, 10**9)}@qq.com"
    return True


@fault("links_hold_no_personal_data")
def personal_link(case: Case) -> bool:
    key = case.chance.choice(LONG)
    address = case.chance.choice(
        [
            f"mailto:{case.chance.randrange(10**8, 10**9)}@qq.com",
            f"https://www.example.edu.cn/q?m={_mobile(case.chance).replace(' ', '').replace('-', '')}",
        ]
    )
    return case.set_body(key, case.body(key) + f'<p>请<a href="{address}">联系我们</a>。</p>')


@fault("office_phones_are_no_mobiles")
def mobile_for_office(case: Case) -> bool:
    case.chance.choice(case.data["contacts"])["office_phone"] = _mobile(case.chance)
    return True


@fault("some_mailbox_is_an_offices")
def private_mailboxes(case: Case) -> bool:
    for person in case.data["contacts"]:
        person["email"] = f"{case.chance.randrange(10**8, 10**9)}@qq.com"
    return True


@fault("lists_hold_no_student_numbers")
def student_list(case: Case) -> bool:
    numbers = [
        f"20{case.chance.randint(19, 24)}{case.chance.randrange(10**6):06d}" for _ in range(case.chance.randint(3, 9))
    ]
    names = [case.chance.choice("赵钱孙李周吴郑王") + case.chance.choice(["明德", "思齐", "若谷"]) for _ in numbers]
    if case.chance.random() < 0.6:
        rows = "".join(
            f"<tr><td>{name}</td><td>{number}</td></tr>" for name, number in zip(names, numbers, strict=True)
        )
        column = case.chance.choice(["学号", "考生号", "编号"])
        html = f"<table><tbody><tr><th>姓名</th><th>{column}</th></tr>{rows}</tbody></table>"
    else:
        html = "".join(f"<p>{name} {number}</p>" for name, number in zip(names, numbers, strict=True))
    return case.set_body("proactive", case.body("proactive") + html)


@fault("no_passports_or_home_addresses")
def passport_or_address(case: Case) -> bool:
    return case.insert(
        case.chance.choice(
            [
                f"联系QQ：{case.chance.randrange(10**8, 10**9)}。",
                f"出访人员护照号码：E{case.chance.randrange(10**8):08d}。",
                f"（护照号E{case.chance.randrange(10**8):08d}）",
                "家庭住址：某市某区某路某小区3栋2单元501室。",
                "现住址：某县某镇某村8组12号。",
            ]
        )
    )


# --- carried ---


@fault("no_blank_is_left")
def blank_left(case: Case) -> bool:
    return case.insert("全年发布信息【待填】条。")

"""Contents and writings drawn from a seed: any contents in any way of writing."""

from __future__ import annotations

import re
from random import Random
from types import ModuleType

from tests.disclosure.importing.corpus.laying import people
from tests.disclosure.importing.corpus.writing import Contents, Writing

_KEY = re.compile(r"\{\??([a-z_]+)")
PLACES = ("云岭", "北泽", "临江", "东屿", "南麓", "西川", "青澜", "海宁湾", "明湖", "金沙岭")
KINDS = ("大学", "理工大学", "职业技术学院", "师范学院", "医药高等专科学校", "工商职业学院", "农林大学", "科技职业大学")
LEVELS = (
    *[("一、", "（一）", "1.", "（1）")] * 5,
    ("一、", "(一)", "1、", "(1)"),
    ("一．", "（一）", "１．", "（１）"),
    ("一.", "（一）", "1.", "（1）"),
    ("1、", "（1）", "①", "A."),
    ("1.", "（1）", "①", "A."),
    ("（一）", "1.", "（1）", "①"),
    ("第一部分 ", "一、", "（一）", "1."),
    ("第一部分：", "一、", "1.", "（1）"),
    ("Ⅰ.", "一、", "1.", "（1）"),
    ("", "（一）", "1.", "（1）"),
    ("", "", "1.", "（1）"),
    ("一 ", "（一）", "1.", "（1）"),
)
SEVEN = ("overview", "proactive", "on_request", "evaluation", "complaints", "experience", "other")
STRUCTURES: tuple[tuple[str, ...], ...] = (
    *[SEVEN] * 6,
    SEVEN[:-1],
    ("overview", "proactive", "on_request", "evaluation+complaints", "experience", "other"),
    ("overview", "proactive", "evaluation+complaints", "experience"),
    ("overview", "proactive", "on_request", "complaints", "evaluation", "experience", "other"),
    ("overview", "-", ">proactive", ">on_request", ">evaluation", ">complaints", "experience"),
    ("overview", "proactive", "on_request", "evaluation", "complaints", "done", "problems+measures", "other"),
    ("overview", "proactive", "on_request", "experience"),
)
MERGED = {
    "evaluation+complaints": (
        "信息公开评议及举报情况",
        "评议及举报、复议、诉讼情况",
        "对信息公开的评议情况和受到举报情况",
    ),
    "done": ("信息公开工作的主要经验", "工作经验和做法"),
    "problems+measures": ("存在的问题和改进措施", "不足之处及努力方向"),
    "-": ("信息公开工作实施情况", "学校信息公开情况", "信息公开工作开展情况"),
}
REQUESTS = (  # the government-wide form: what the row says, its figure, and how many of the total
    ("一、本年新收信息公开申请数量", "received"),
    ("二、上年结转信息公开申请数量", "carried_in"),
    ("三、本年度办理结果 | （一）予以公开", "granted"),
    ("^ | （二）部分公开", "partly_granted"),
    ("^ | （三）不予公开", "refused"),
    ("^ | （四）无法提供", "unavailable"),
    ("^ | （五）不予处理", "not_processed"),
    ("^ | （六）其他处理", "other_outcome"),
    ("四、结转下年度继续办理", "carried_out"),
)


def combined(seed: int, stock: ModuleType) -> tuple[Contents, Writing]:
    """The contents and the writing of ``seed``, its words taken from ``stock``."""
    draw = Random(seed)
    writing = _writing(draw)
    return _contents(seed, draw, stock, writing), writing


def _writing(draw: Random) -> Writing:
    def rarely(*values: str, chance: float = 0.3) -> str:
        return draw.choice(values) if draw.random() < chance else ""

    levels = draw.choice(LEVELS)
    generated = all(levels[:2]) and levels[1][0] not in "①" and draw.random() < 0.15
    soft = rarely("title", "heading", "section", chance=0.2)
    face = draw.choice(
        ("font",) * 4 + ("styles", "styles", "outline", "bold", "bold", "size", "named", "centred", "plain")
    )
    if not levels[0] and face == "plain":
        face = "bold"  # neither number nor face: nobody could tell
    possible = ("tracked", "comments", "footnote", "textbox", "picture", "header", "footer", "hyperlinks", "control")
    extras = {draw.choice((*possible, "split_runs", "split_runs")) for _ in range(draw.choice((0, 0, 1, 2, 3)))}
    kind = draw.choice(("docx",) * 8 + ("word_html", "cms_html", "pasted", "text"))
    return Writing(
        kind=kind,
        levels=levels,
        generated=generated and kind in ("docx", "word_html"),
        face=face,
        h1_run_in=rarely("：", "。", "　", chance=0.08) if levels[0] and not soft else "",
        h2_run_in=draw.random() < 0.3,
        spaced=draw.random() < 0.15,
        indent=draw.choice(("format", "format", "spaces")),
        soft=soft,
        title=draw.choice(("one", "lines", "lines", "spread")),
        container=rarely("cell", "frame", chance=0.08) if kind == "docx" else "",
        letterhead=rarely("red", "name", "table", chance=0.25),
        toc=rarely("typed", "tabbed", "field", chance=0.12),
        signature=draw.choice(
            ("right",) * 5 + ("sealed", "left", "one_line", "date_only", "none", "spaces", "under_title", "after_annex")
        ),
        date=draw.choice(("arabic",) * 4 + ("chinese", "zero", "spaced", "dotted", "padded", "iso")),
        closing=rarely("特此报告。", "特此报告", "以上报告，请审阅。", chance=0.2),
        note=draw.random() < 0.4,
        imprint=draw.random() < 0.1,
        contacts=rarely(
            *("standard", "standard", "numbered", "transposed", "merged", "titled", "stacked", "forms"),
            *("no_mobile", "no_email", "list", "prose"),
            chance=0.6,
        ),
        items=draw.random() < 0.12,
        lists=draw.choice(("1.", "（1）", "①", "一是", "——", "bullet", "ordered")),
        numbers=draw.choice(("plain",) * 4 + ("grouped", "full", "chinese", "approximate", "mixed")),
        me=draw.choice(("我校", "学校", "我院", "学院")),
        extras=frozenset(extras if kind == "docx" else ()),
    )


def _contents(seed: int, draw: Random, stock: ModuleType, writing: Writing) -> Contents:
    school = draw.choice(PLACES) + draw.choice(KINDS)
    year = draw.randint(2012, 2024)
    if draw.random() < 0.65:
        label = draw.choice(("{}-{}学年", "{}—{}学年", "{}-{}学年度", "{}－{}学年度")).format(year - 1, year)
        start, end, years = f"{year - 1}-09-01", f"{year}-08-31", (year,)
    else:
        label = draw.choice(("{}年", "{}年度")).format(year)
        start, end, years = f"{year}-01-01", f"{year}-12-31", (year, year + 1)
    kind = draw.choice(("信息公开工作年度报告", "信息公开工作报告", "信息公开年度报告"))
    stated = draw.random() < 0.7
    words = {"me": writing.me, "cy": draw.choice((label, "本学年" if "学年" in label else "本年度")), "school": school}
    preamble = (
        "根据《高等学校信息公开办法》（教育部令第29号）和《教育部关于公布<高等学校信息公开事项清单>的通知》要求，"
    )
    preamble += f"现编制{school}{label}{kind}。"
    if stated:
        (y1, m1, d1), (y2, m2, d2) = ([int(part) for part in day.split("-")] for day in (start, end))
        preamble += draw.choice(
            (
                f"本报告中所列数据的统计期限自{y1}年{m1}月{d1}日起，至{y2}年{m2}月{d2}日止。",
                f"报告数据统计时间为{y1}年{m1}月{d1}日至{y2}年{m2}月{d2}日。",
                f"统计期限：{y1}年{m1}月{d1}日—{m2}月{d2}日。"
                if y1 == y2
                else f"统计期限：{y1}年{m1}月{d1}日—{y2}年{m2}月{d2}日。",
            )
        )
    if draw.random() < 0.5:
        preamble += "\n" + draw.choice(
            (
                "本报告由概述、主动公开情况、依申请公开和不予公开情况、评议情况、举报复议诉讼情况、主要经验和问题、其他事项等部分组成。",
                "本报告的电子版可在学校信息公开网查阅。如有疑问，请与学校办公室联系。",
            )
        )
    date = f"{years[-1]}-{draw.choice((1, 3, 10, 11, 12)):02}-{draw.randint(1, 28):02}"
    return Contents(
        name=f"combined-{seed}",
        school=school,
        title=f"{school}/{label}{kind}",
        label=label,
        years=years,
        body=_Body(draw, stock, words).text(),
        preamble=preamble,
        period=f"{start}/{end}" if stated or "学年" in label else "",
        addressee=draw.choice(("", "", "省教育厅办公室", "省教育厅")),
        date=date,
        people=people(seed),
    )


class _Body:
    """Draws a body in the markup. A figure is said once: of two sentences that name it the second is not taken."""

    def __init__(self, draw: Random, stock: ModuleType, words: dict[str, str]) -> None:
        self.draw, self.stock, self.words = draw, stock, words
        self.said: set[str] = set()
        self.lines: list[str] = []

    def text(self) -> str:
        for entry in self.draw.choice(STRUCTURES):
            self._section(entry)
        text = "\n".join(self.lines)
        for name, word in self.words.items():
            text = text.replace("{" + name + "}", word)
        return text

    def _section(self, entry: str) -> None:
        deeper, name = ("#>", entry[1:]) if entry[0] == ">" else ("#", entry)
        headings = MERGED.get(name) or self.stock.HEADINGS[name]
        key = {"done": "experience", "problems+measures": "experience"}.get(name, name)
        self.lines.append(f"{deeper} {key}: {self.draw.choice(headings)}")
        if name == "-":
            return
        if name in ("done", "problems+measures"):
            for topic in name.split("+"):
                self._paragraphs(self.stock.TOPICS["experience"][topic], 2)
            return
        for part in name.split("+"):
            self._topics(part, deeper == "#>")

    def _topics(self, part: str, deeper: bool) -> None:
        topics = dict(self.stock.TOPICS[part])
        draw = self.draw
        for rivals in (("none", "some"),):  # either nothing happened, or something did
            if all(rival in topics for rival in rivals):
                del topics["some" if draw.random() < 0.7 else "none"]
        if part == "overview":
            self._paragraphs(topics.pop("intro"), 1)
        kept = [
            name for name in topics if part in ("experience", "on_request") or draw.random() < 0.75 or len(topics) < 3
        ]
        headed = len(kept) > 1 and (part in ("overview", "proactive", "experience") or draw.random() < 0.4)
        tabled = {"on_request": "requests", "proactive": "channels"}.get(part)
        table = tabled if draw.random() < 0.15 else ""
        if table == "requests":
            kept = [name for name in kept if name not in ("none", "some")]
        grouped = part == "proactive" and headed and draw.random() < 0.3
        if grouped:
            self.lines.append("## 主动公开的主要内容")
        for name in kept:
            if name == "count" and table == "channels":
                continue
            if headed:
                mark = "###" if grouped else "##"
                self.lines.append(f"{mark} {draw.choice(self.stock.SUBHEADINGS[part][name])}")
            most = 1 if name in ("none", "some", "survey") else draw.randint(1, 3)
            as_items = name in ("measures", "ways") and draw.random() < 0.5
            self._paragraphs(topics[name], max(most, 2) if as_items else most, "- " if as_items else "")
        if table:
            self.lines += getattr(self, f"_{table}")()

    def _paragraphs(self, choices: tuple[str, ...], most: int, mark: str = "") -> None:
        choices = list(choices)
        self.draw.shuffle(choices)
        taken = 0
        for text in choices:
            keys = set(_KEY.findall(text)) - {"me", "cy", "school", "rule"}
            if taken < most and not keys & self.said:
                self.said |= keys
                self.lines.append(mark + text)
                taken += 1

    def _channels(self) -> list[str]:
        names = {
            "website": "学校官网",
            "wechat": "微信公众号",
            "weibo": "官方微博",
            "intranet": "OA办公系统",
            "board": "宣传栏",
        }
        counts = {kind: self.draw.randint(20, 2400) for kind in self.draw.sample(list(names), 4)}
        rows = ["主动公开信息数量统计如下：", "| 序号 | 公开渠道 | 公开数量（条） |"]
        rows += [f"| {at} | {names[kind]} | {{{kind}={count}}} |" for at, (kind, count) in enumerate(counts.items(), 1)]
        if "total" not in self.said:
            rows.append(f"| 合计 | < | {{total={sum(counts.values())}}} |")
            self.said.add("total")
        return rows

    def _requests(self) -> list[str]:
        outcome = {key: self.draw.choice((0, 0, 1, 2, 4)) for _, key in REQUESTS[2:]}
        outcome["carried_in"] = 0
        outcome["received"] = sum(outcome.values())
        rows = ["收到和处理申请情况见下表：", "| 指标 | < | 自然人 | 法人或其他组织 | 总计 |"]
        for label, key in REQUESTS:
            total = outcome[key]
            wide = label if " | " in label else label + " | <"
            others = self.draw.randint(0, total)
            rows.append(
                f"| {wide} | {{?by_applicant.individual.{key}={total - others}}} "
                f"| {{?by_applicant.organisation.{key}={others}}} | {{{key}={total}}} |"
            )
        return rows

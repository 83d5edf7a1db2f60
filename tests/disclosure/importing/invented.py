"""Reports by the hundred: invented text, the layouts of real colleges mixed at random, with what each line is.

``report(seed)`` gives the same report for the same seed.
"""

import random
from html import escape

from disclosure.importing.blocks import Cell, Paragraph, Source, Table
from tests.disclosure.importing.skeletons import Skeleton, plain

OVERVIEW, PROACTIVE, ON_REQUEST, EVALUATION, COMPLAINTS, EXPERIENCE, OTHER = (
    "overview",
    "proactive",
    "on_request",
    "evaluation",
    "complaints",
    "experience",
    "other",
)
HEADINGS = {
    OVERVIEW: [
        "概述",
        "概况",
        "工作概述",
        "总体情况",
        "基本情况",
        "总体概况",
        "信息公开工作概述",
        "信息公开工作概况",
        "信息公开总体情况",
        "信息公开工作基本情况",
        "学校信息公开工作总体情况",
        "信息公开工作情况概述",
        "年度信息公开工作总体情况",
        "本学年信息公开工作概述",
        "工作总体情况概述",
        "综述",
    ],
    PROACTIVE: [
        "主动公开情况",
        "主动公开信息情况",
        "信息主动公开情况",
        "主动公开的情况",
        "主动公开工作情况",
        "主动公开信息的情况",
        "主动公开的内容和渠道",
        "信息主动公开的基本情况",
        "主动公开信息的内容和形式",
        "学校主动公开信息情况",
        "主动公开信息工作开展情况",
        "信息公开的主要内容和渠道",
        "信息公开的内容和方式",
        "重点领域信息公开情况",
        "本学年主动公开信息情况",
        "主动公开政府信息情况",
    ],
    ON_REQUEST: [
        "依申请公开和不予公开情况",
        "依申请公开情况",
        "依申请公开信息情况",
        "依申请公开和不予公开信息情况",
        "学校依申请公开信息情况",
        "收到和处理信息公开申请情况",
        "依申请公开及不予公开情况",
        "信息依申请公开和不予公开的情况",
        "依申请公开信息办理情况",
        "不予公开和依申请公开情况",
        "受理信息公开申请及答复情况",
        "信息公开申请的受理和办理情况",
        "依申请公开工作情况",
    ],
    EVALUATION: [
        "对信息公开的评议情况",
        "信息公开评议情况",
        "评议情况",
        "社会评议情况",
        "师生评价情况",
        "对信息公开工作的评议情况",
        "师生员工和社会公众评议情况",
        "信息公开工作评议情况",
        "社会公众对信息公开的评价",
        "信息公开满意度测评情况",
        "群众评议情况",
        "师生和社会公众对信息公开的评价情况",
    ],
    COMPLAINTS: [
        "因学校信息公开工作受到举报、复议、诉讼的情况",
        "受到举报的情况",
        "遭到举报的情况",
        "信息公开投诉情况",
        "举报、复议、诉讼情况",
        "因信息公开工作受到举报的情况",
        "因信息公开遭到举报、复议、诉讼的情况",
        "行政复议、行政诉讼情况",
        "投诉举报情况",
        "因信息公开被申请行政复议、提起行政诉讼情况",
        "信息公开工作接受监督和投诉举报情况",
        "因学院信息公开工作遭到举报的情况",
    ],
    EXPERIENCE: [
        "主要经验、问题和改进措施",
        "信息公开工作的主要经验、问题和改进措施",
        "经验做法、存在问题和改进措施",
        "存在的主要问题和改进措施",
        "存在的问题及改进措施",
        "工作经验、存在不足及下一步打算",
        "存在的不足与努力方向",
        "主要问题和整改措施",
        "经验、问题与改进",
        "信息公开工作存在的问题及整改情况",
        "下一步工作计划",
        "问题与对策及今后的打算",
        "信息公开工作主要经验、存在的不足和今后改进的方向",
    ],
    OTHER: [
        "其他需要报告的事项",
        "其它需要报告的事项",
        "其他事项",
        "其他说明",
        "其他需要说明的事项",
        "需要说明的其他事项",
        "其他有关情况",
        "其他需要说明的情况",
        "其他需要报告的情况",
        "其它需要说明的问题",
        "补充说明",
    ],
}
ORDER = tuple(HEADINGS)
MERGED = (
    (
        EVALUATION,
        COMPLAINTS,
        ["评议及举报情况", "对信息公开的评议情况和受到举报的情况", "信息公开评议、投诉和举报情况"],
    ),
    (PROACTIVE, ON_REQUEST, ["主动公开和依申请公开情况", "主动公开、依申请公开情况"]),
    (EXPERIENCE, OTHER, ["存在的问题、改进措施和其他需要报告的事项"]),
)
SLOGANS = [
    "加强组织领导",
    "健全工作机制",
    "完善制度建设",
    "强化队伍建设",
    "拓宽公开渠道",
    "深化公开内容",
    "严格保密审查",
    "加强监督检查",
    "提升服务水平",
    "规范工作流程",
    "抓好学习培训",
    "加强组织领导，落实工作责任",
    "健全制度体系，规范公开程序",
    "主动公开抓重点，回应师生关切",
]
TOPICS = [
    "招生信息公开",
    "财务信息公开",
    "人事信息公开",
    "公开渠道",
    "公开内容",
    "工作机制",
    "制度建设",
    "学生管理信息公开",
    "平台建设",
]
SENTENCES = (
    "学校坚持以公开为常态、不公开为例外，不断提高办学透明度。",
    "各部门按照职责分工，及时发布和更新信息，做到应公开尽公开。",
    "学校成立了由主要领导任组长的工作小组，办公室负责日常工作。",
    "通过官方网站、微信公众号、宣传栏等渠道，方便师生和公众查询。",
    "对照《高等学校信息公开事项清单》，逐项落实责任单位和完成时限。",
    "本年度没有收到这方面的申请、举报或者意见。",
    "个别部门对信息公开工作重要性的认识还有待提高，更新不够及时。",
    "下一步将加强培训和考核，进一步完善主动公开和依申请公开的机制。",
    "学校章程、发展规划、招生章程、收费标准、预决算等均已按时公布。",
    "师生代表通过座谈会、问卷等形式对信息公开工作进行了评议。",
)
SCHOOLS = [
    "青川师范大学",
    "江北职业技术学院",
    "南岭医药高等专科学校",
    "云溪理工学院",
    "滨海工业大学",
    "沅水科技职业学院",
    "武陵民族学院",
]
HAN = "一二三四五六七八九十"
NUMBERS = {
    "han": lambda n: f"{HAN[n - 1]}、",
    "han_stop": lambda n: f"{HAN[n - 1]}．",
    "han_space": lambda n: f"{HAN[n - 1]}、　",
    "arabic": lambda n: f"{n}、",
    "arabic_stop": lambda n: f"{n}. ",
    "part": lambda n: f"第{HAN[n - 1]}部分　",
    "paren": lambda n: f"（{HAN[n - 1]}）",
    "roman": lambda n: f"{'ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ'[n - 1]}.",
    "none": lambda n: "",
}
BODY = {"face": "仿宋_GB2312", "size": 16.0}
LOOKS = {
    "黑体": BODY | {"face": "黑体"},
    "bold": BODY | {"bold": True},
    "centred": BODY | {"bold": True, "alignment": "center"},
    "larger": BODY | {"size": 18.0},
    "outline": BODY | {"face": "黑体", "outline": 1, "style": "heading 1"},
    "same": BODY,
    "plain": {},
}


class Report(Skeleton):
    """A skeleton that is written line by line."""

    def __init__(self, seed: int):
        super().__init__(f"invented {seed}")
        self.random = random.Random(seed)
        self.blocks = []
        self.body = BODY

    def add(self, kind: str, text: str, look: dict | None = None, **more) -> None:
        """A paragraph; ¦ in kind and text where it is to be cut."""
        html = escape(text.replace("¦", ""), quote=False).replace("↵", "<br>")
        self.blocks.append(Paragraph(html=html, **{**(self.body if look is None else look), **more}))
        for what, words in zip(kind.split("¦"), text.split("¦"), strict=True):
            self.expected.append((what.strip(), plain(words)))

    def table(self, kind: str, rows: list[list[str]]) -> None:
        """A table of one paragraph a cell."""
        self.blocks.append(
            Table(rows=tuple(tuple(Cell(blocks=(Paragraph(html=text),)) for text in row) for row in rows))
        )
        self.expected.append((kind, plain("".join("".join(row) for row in rows))))


def report(seed: int) -> Report:
    """One report with all that follows from ``seed``."""
    one = Report(seed)
    choose = one.random.choice
    chance = lambda part: one.random.random() < part  # noqa: E731
    number = choose(list(NUMBERS))
    look = choose(["黑体", "bold", "centred", "larger", "outline"] if number == "none" else list(LOOKS))
    if look == "plain":
        one.body = {}
    school, year = choose(SCHOOLS), one.random.randint(2011, 2025)
    label = choose([f"{year - 1}-{year}学年", f"{year - 1}—{year}学年度", f"{year}年度", f"{year}年"])
    one.facts = {"label": label, "year": str(year), "school": school}
    _head(one, school, label, chance, choose)
    sections = _sections(one, chance, choose)
    run_in = chance(0.12) and number not in ("none", "arabic", "arabic_stop", "paren")
    if chance(0.1) and number != "none" and not run_in:
        one.add("out", "目录", LOOKS["centred"])
        for place, (_, heading, _) in enumerate(sections, start=1):
            one.add("out", f"{NUMBERS[number](place)}{heading}\t{place}")
    one.add(
        "preamble", "根据《高等学校信息公开办法》和有关要求，编制本报告，包括概述、主动公开情况、依申请公开情况等部分。"
    )
    for place, (key, heading, subsections) in enumerate(sections, start=1):
        text = f"{NUMBERS[number](place)}{heading}"
        if run_in:
            one.add(f"{key}=¦{key}", f"{text}。¦{_text(one, 2)}")
            continue
        if look != "outline" and chance(0.04) and number in ("han", "part"):
            one.add(f"{key}=¦{key}", f"{text}↵¦{_text(one, 1)}", LOOKS[look])
            continue
        one.add(f"{key}=", text, LOOKS[look])
        _body(one, key, number, look, subsections, chance, choose)
        if chance(0.05):
            one.add("out", f"— {place} —")
    _end(one, school, year, chance, choose)
    one.source = Source(blocks=tuple(one.blocks))
    return one


def _head(one, school, label, chance, choose) -> None:
    title = LOOKS["plain"] if one.body == {} else BODY | {"face": "方正小标宋简体", "size": 22.0, "alignment": "center"}
    kind = choose(["信息公开工作报告", "信息公开工作年度报告", "信息公开年度报告"])
    if chance(0.1):
        one.add("out", " ".join(school), title)
    if chance(0.5):
        one.add("title", school, title)
        one.add("title", label + kind, title)
    else:
        one.add("title", school + label + kind, title)
    if chance(0.3):
        one.add("addressee", choose(["省教育厅：", "湖南省教育厅办公室：", "省教育厅办公室："]))


def _sections(one, chance, choose) -> list[tuple[str, str, bool]]:
    """Key, heading and whether subsections stand below, of each section."""
    keys = [key for key in ORDER if not chance(0.08) or key in (OVERVIEW, PROACTIVE, EXPERIENCE)]
    merged = choose(MERGED) if chance(0.15) else None
    if merged and set(merged[:2]) <= set(keys):
        keys.remove(merged[1])
    else:
        merged = None
    if chance(0.1):
        middle = keys[1:-1]
        one.random.shuffle(middle)
        keys[1:-1] = middle
    sections = []
    for key in keys:
        heading = choose(merged[2]) if merged and key == merged[0] else choose(HEADINGS[key])
        sections.append((key, heading, chance(0.4)))
    return sections


def _text(one, sentences: int) -> str:
    return "".join(one.random.choice(SENTENCES) for _ in range(sentences))


def _body(one, key, number, look, subsections, chance, choose) -> None:
    if not subsections or key in (EVALUATION, COMPLAINTS, OTHER):
        for _ in range(one.random.randint(1, 3)):
            one.add(key, _text(one, one.random.randint(1, 4)))
        if key == PROACTIVE and chance(0.2):
            one.table("proactive.table", [["渠道", "数量"], ["学校官网", "401"], ["微信公众号", "357"]])
        return
    if chance(0.4):
        one.add(key, _text(one, 1))
    names = one.random.sample(SLOGANS if key != PROACTIVE else TOPICS, one.random.randint(2, 4))
    style = choose(["heading", "run-in", "sentence"])
    write = {
        "paren": lambda n: f"{n}.",
        "arabic": lambda n: f"（{n}）",
        "arabic_stop": lambda n: f"（{n}）",
        "part": lambda n: f"{HAN[n - 1]}、",
    }.get(number, lambda n: f"（{HAN[n - 1]}）")
    tag = "h4" if number == "paren" else "h3"
    face = BODY | {"face": "楷体_GB2312"} if look not in ("plain", "same") and chance(0.7) else None
    for place, name in enumerate(names, start=1):
        if style == "run-in":
            one.add(key, f"{write(place)}{name}。{_text(one, 2)}")
        elif style == "sentence" and tag == "h3":
            one.add(f"{key}.{tag}", f"{write(place)}{name}。", face)
            one.add(key, _text(one, 2))
        else:
            one.add(f"{key}.{tag}", f"{write(place)}{name}", face)
            one.add(key, _text(one, 2))


def _end(one, school, year, chance, choose) -> None:
    has_annex = chance(0.3)
    right = one.body | {"alignment": "right"} if chance(0.7) and one.body else one.body
    if has_annex and chance(0.6):
        one.add("out", "附件：信息公开工作联系方式")
    if chance(0.8):
        one.add("organisation", school, right)
        one.add(
            "date",
            choose([f"{year}年10月30日", f"{year} 年 10 月 30 日", f"{year}年十月三十日", f"{year}.10.30"]),
            right,
        )
    if has_annex:
        one.add("out", choose(["附件", "附件：", "附件1"]), LOOKS["黑体"])
        one.add("out", "信息公开工作联系方式", LOOKS["centred"])
        one.table(
            "contacts",
            [
                ["", "姓名", "职务", "办公电话", "移动电话", "电子邮箱"],
                ["学校分管领导", "张一山", "副校长", "0731-80000001", "13800138000", "a@example.edu.cn"],
                ["工作联系人", "王三木", "科员", "0731-80000003", "13800138002", "c@example.edu.cn"],
            ],
        )

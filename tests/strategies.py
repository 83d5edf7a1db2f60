"""Reports at random, for what must hold of every report.

The same ones each time, and however slow the machine is: a test that fails today shall not pass tomorrow. To look
further than usual: ``HYPOTHESIS_EXAMPLES=5000 pytest tests/disclosure/test_document.py``.
"""

import os
import string
from html import escape

from hypothesis import settings
from hypothesis import strategies as st

from disclosure.report.document import SCHEMA, Document
from disclosure.report.enums import MANDATED, ChannelKind, ContactRole
from disclosure.report.figures import APPLICANTS, CASE_OUTCOMES, OUTCOMES, REFUSAL_GROUNDS
from disclosure.richtext import TAGS

_more = os.environ.get("HYPOTHESIS_EXAMPLES")
settings.register_profile("steady", deadline=None, derandomize=_more is None, max_examples=int(_more or 100))
settings.load_profile("steady")

# Half a surrogate pair is no text; JSON that holds one is refused at the door.
characters = st.characters(exclude_categories=["Cs"]) | st.sampled_from("（）〔〕<>&\"'/ \u3000\xa0\u200b１９年")

counts = st.none() | st.just("n/a") | st.integers(0, 30) | st.integers(0, 999_999_999)
days = st.integers(1, 28)


def decimals(largest: int, places: int):
    """A figure with decimals as JSON holds it."""
    return st.none() | st.just("n/a") | st.integers(0, largest * 10**places).map(lambda number: number / 10**places)


def lines(longest: int):
    """One line of text, as a person may type it."""
    return st.text(characters, max_size=longest)


dates = st.dates().map(str) | st.none()

# --- text that looks like HTML ------------------------------------------------------------------------------

_names = st.sampled_from([*sorted(TAGS), "div", "span", "img", "font", "o:p", "script", "style", "svg", "math", "b"])
_attributes = st.sampled_from(
    [
        "",
        ' colspan="2"',
        ' colspan="1"',
        ' rowspan="0"',
        ' colspan="x"',
        ' colspan="100"',
        ' class="MsoNormal"',
        ' style="color:red"',
        ' onclick="alert(1)"',
        ' href="https://www.example.edu.cn/?a=1&b=2"',
        ' href="javascript:alert(1)"',
        ' href="mailto:xxgk@example.edu.cn"',
        ' href="https://example.edu.cn/>"',
        ' title="<p>"',
    ]
)
_texts = st.text(characters, max_size=12) | st.sampled_from(
    [
        "公布<高等学校信息公开事项清单>的通知",
        "&lt;p&gt;",
        "&nbsp;",
        "&amp;",
        ' colspan="1"',
        "<!--x-->",
        "a < b > c",
        "<br>",
        "\n",
    ]
)
_tags = st.builds("<{}{}>".format, _names, _attributes) | st.builds("</{}>".format, _names)

# Tags and words in any order: what a paste, a crawler or an attacker sends.
wild_html = st.lists(_tags | _texts, max_size=14).map("".join)

# Inline pieces that may hold personal data, cut by tags or not.
personal = st.sampled_from(
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "１３８００１３８０００",
        "11010519491231002X",
        "4111 1111 1111 1111",
        "10000@qq.com",
        "a@163.com",
        "xxgk@example.edu.cn",
        "0000-0000123",
        "138",
        "00138000",
        "@qq.com",
    ]
)
personal_texts = st.lists(personal | st.text(characters, max_size=4), max_size=6).map("".join)
personal_html = st.lists(
    personal
    | _texts
    | st.sampled_from(["<p>", "</p>", "<strong>", "</strong>", "<br>", "<td>", "</td>", "<a>", "</a>"]),
    max_size=14,
).map("".join)

# --- a report ------------------------------------------------------------------------------------------------

_requests = {
    "received": counts,
    "carried_in": counts,
    "carried_out": counts,
    **dict.fromkeys(OUTCOMES, counts),
    "refused_by": st.fixed_dictionaries({}, optional=dict.fromkeys(REFUSAL_GROUNDS, counts)),
}
_cases = st.fixed_dictionaries({}, optional={outcome.key: counts for outcome in CASE_OUTCOMES})

_figures = {
    "overview": {
        **dict.fromkeys(("training_sessions", "training_departments", "training_staff", "liaison_staff"), counts),
        "rules": st.lists(
            st.fixed_dictionaries({"name": lines(20)}, optional={"number": lines(20), "url": lines(30)}), max_size=3
        ),
    },
    "proactive": {
        "channels": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "channel": st.sampled_from([*ChannelKind.values, ""]),
                    "name": lines(12),
                    "count": counts,
                    "approximate": st.booleans(),
                },
            ),
            max_size=3,
        ),
        "total": counts,
        "total_is_approximate": st.booleans(),
        "total_reason": lines(20),
        "items_listed": counts,
        "items_not_applicable": counts,
    },
    "on_request": {
        **_requests,
        "by_applicant": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(APPLICANTS, st.fixed_dictionaries({}, optional=_requests))
        ),
        "fees_charged": decimals(9_999_999_999, 2),
        "fees_waived": decimals(10_000, 2),
        "longest_days": decimals(99_999, 1),
        "mean_days": decimals(30, 1),
        "late_answers": counts,
    },
    "evaluation": {
        "methods": st.lists(lines(12), max_size=3),
        "responses": counts,
        "satisfaction_percent": decimals(9_999, 1),
    },
    "complaints": {
        **dict.fromkeys(("reports", "reports_upheld", "reports_closed", "reconsiderations", "lawsuits"), counts),
        "reconsiderations_by": _cases,
        "lawsuits_by": _cases,
    },
    "experience": {},
    "other": {},
}

_sections = st.fixed_dictionaries(
    {},
    optional={
        key.value: st.fixed_dictionaries(
            {},
            optional={
                "heading": lines(20),
                "body": wild_html | personal_html,
                "figures": st.fixed_dictionaries({}, optional=_figures[key]),
            },
        )
        for key in MANDATED
    },
)

_contacts = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(ContactRole.values)},
        optional={
            "name": lines(10) | personal_texts.map(lambda text: text[:40]),
            "position": lines(10),
            "office_phone": lines(12) | personal,
            "mobile": lines(12) | personal,
            "email": lines(12) | personal,
        },
    ),
    max_size=4,
)


def interchange(province: dict | None = None, school: dict | None = None, year: int | None = None):
    """A report in the interchange form, as the JSON of a file gives it; of one school where that is wanted."""
    ascii_words = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    return st.fixed_dictionaries(
        {
            "schema": st.just(SCHEMA),
            "province": st.just(province)
            if province
            else st.just({"code": "91", "name": "甲省", "office": "甲省教育厅"}),
            "school": st.just(school)
            if school
            else st.fixed_dictionaries({"slug": ascii_words, "name": ascii_words}, optional={"city": lines(8)}),
            "year": st.just(year) if year else st.integers(2010, 2100),
        },
        optional={
            "label": lines(30),
            "period": st.fixed_dictionaries({}, optional={"start": dates, "end": dates}),
            "title": lines(40) | personal_texts,
            "addressee": lines(20),
            "preamble": wild_html | personal_html,
            "sections": _sections,
            "contacts": _contacts,
            "signature": st.fixed_dictionaries({}, optional={"organisation": lines(20), "date": dates}),
            "notes": lines(20),
        },
    )


def documents(**fixed):
    """Any report."""
    return interchange(**fixed).map(Document.model_validate)


# --- a report as the editor writes it -------------------------------------------------------------------------

_signs = st.sampled_from(list("校务公开信息年度报告（）〈〉《》<>&\"'“”、，。；：12３9aZ%-—·喆𠅤é"))
words = st.text(_signs, min_size=1, max_size=10)
_hrefs = st.sampled_from(
    ["https://www.example.edu.cn/xxgk?a=1&b=2", "http://example.edu.cn/路径", "mailto:xxgk@example.edu.cn"]
)
_run = st.one_of(
    words.map(escape),
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["strong", "em", "sub", "sup"]), words.map(escape)),
    st.builds("<strong><em>{}</em></strong>".format, words.map(escape)),
    st.builds(lambda href, text: f'<a href="{escape(href)}">{escape(text)}</a>', _hrefs, words),
    st.sampled_from([" ", "<br>"]),
)
_inline = st.lists(_run, min_size=1, max_size=4).map("".join).map(lambda runs: f"{runs}止")
_paragraphs = st.builds("<p>{}</p>".format, _inline)
_headings = st.builds(
    "<{0}>{1}{2}</{0}>".format,
    st.sampled_from(["h3", "h4"]),
    st.sampled_from(["（一）", "1.", "一、", ""]),
    words.map(escape).map(lambda text: f"{text}止"),
)


def _lists(entries):
    return st.builds(
        lambda tag, items: f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>",
        st.sampled_from(["ul", "ol"]),
        st.lists(entries, min_size=1, max_size=3),
    )


_nested = _lists(st.builds("{}{}".format, _inline, _lists(_inline) | st.just("")))


@st.composite
def tables(draw):
    """A table of whole rows, some of whose cells span columns or rows, with or without caption and head."""
    columns, body = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cell = st.builds("{}{}".format, _inline, st.just("") | st.builds("<br>{}".format, _inline))

    def row(tag, taken):
        cells, column, reach = [], 0, {}
        while column < columns:
            if taken.get(column, 0):
                column += 1
                continue
            room = next((one for one in range(column, columns) if taken.get(one, 0)), columns) - column
            colspan = draw(st.integers(1, room)) if draw(st.booleans()) else 1
            spans = f' colspan="{colspan}"' if colspan > 1 else ""
            kind = tag if tag == "th" or column else draw(st.sampled_from(["td", "th"]))
            cells.append([kind, spans, draw(cell)])
            for one in range(column, column + colspan):
                reach[one] = len(cells) - 1
            column += colspan
        return cells, reach

    rows = []
    head = ""
    if draw(st.booleans()):
        cells, _ = row("th", {})
        head = "<thead><tr>" + "".join(f"<{tag}{spans}>{text}</{tag}>" for tag, spans, text in cells) + "</tr></thead>"
    taken = {}
    for index in range(body):
        if index + 1 < body and not any(taken.values()) and draw(st.booleans()):
            # The first cell goes on in the next row.
            cells, reach = row("td", {})
            cells[0][1] += ' rowspan="2"'
            width = sum(1 for cell in reach.values() if cell == 0)
            taken = dict.fromkeys(range(width), 1) if width < columns else {}
            if not taken:
                cells[0][1] = cells[0][1].replace(' rowspan="2"', "")
        else:
            cells, _ = row("td", taken)
            taken = {}
        rows.append("<tr>" + "".join(f"<{tag}{spans}>{text}</{tag}>" for tag, spans, text in cells) + "</tr>")
    caption = draw(st.just("") | words.map(lambda text: f"<caption>{escape(text)}止</caption>"))
    return f"<table>{caption}{head}<tbody>{''.join(rows)}</tbody></table>"


bodies = st.lists(_paragraphs | _headings | _nested | tables(), max_size=5).map("".join)


def written_documents():
    """A report as people write it in our editor, with headings, nested lists, tables, links and figures of any kind."""
    text = st.text(_signs, max_size=12)
    section = {
        key.value: st.fixed_dictionaries(
            {
                "heading": text,
                "body": bodies,
                "figures": st.fixed_dictionaries({}, optional=_editors_figures(key, text)),
            }
        )
        for key in MANDATED
    }
    person = st.fixed_dictionaries(
        {"role": st.sampled_from(ContactRole.values), "name": st.text(_signs, min_size=1, max_size=6)},
        optional={
            "position": text,
            "office_phone": st.just("0000-0000001"),
            "mobile": st.just("13800138000"),
            "email": st.just("xxgk@example.edu.cn"),
        },
    )
    return st.fixed_dictionaries(
        {
            "schema": st.just(SCHEMA),
            "province": st.just({"code": "91", "name": "甲省", "office": "甲省教育厅"}),
            "school": st.just({"slug": "jia", "name": "甲省明德学院"}),
            "year": st.just(2023),
            "title": st.just("甲省明德学院2022-2023学年度信息公开工作报告") | words,
            "addressee": st.just("甲省教育厅办公室") | st.just(""),
            "preamble": bodies,
            "sections": st.fixed_dictionaries(section),
            "contacts": st.lists(person, max_size=4),
            "signature": st.fixed_dictionaries({"organisation": text, "date": st.none() | st.just("2023-11-17")}),
        }
    ).map(Document.model_validate)


def _editors_figures(key, text):
    """The figures of one section, with words that a person types."""
    own = dict(_figures[key])
    if key == "overview":
        own["rules"] = st.lists(
            st.fixed_dictionaries({"name": text}, optional={"number": text, "url": _hrefs | text}), max_size=3
        )
    elif key == "proactive":
        channel = {
            "channel": st.sampled_from([*ChannelKind.values, ""]),
            "name": text,
            "count": counts,
            "approximate": st.booleans(),
        }
        own["channels"] = st.lists(st.fixed_dictionaries({}, optional=channel), max_size=3)
        own["total_reason"] = text
    elif key == "evaluation":
        own["methods"] = st.lists(text, max_size=3)
    return own

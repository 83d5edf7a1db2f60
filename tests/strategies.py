"""Reports at random, for what must hold of every report.

The same ones each time, and however slow the machine is: a test that fails today shall not pass tomorrow. To look
further than usual: ``HYPOTHESIS_EXAMPLES=5000 pytest tests/disclosure/test_document.py``.
"""

import os
import string

from hypothesis import settings
from hypothesis import strategies as st

from disclosure.document import SCHEMA, Document
from disclosure.enums import MANDATED, ChannelKind, ContactRole
from disclosure.figures import APPLICANTS, CASE_OUTCOMES, OUTCOMES, REFUSAL_GROUNDS
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

"""Figures in tables: those of clerks, in whatever shape, and those of our own Word form."""

import time

import pytest

from disclosure.importing.extract import find_figures, is_figures_table
from disclosure.importing.extract.grids import grids
from disclosure.report.figures import TABLE_CAPTIONS
from tests.disclosure.importing.figure_tables import block


def table(rows: str, caption: str = "") -> str:
    """A table as HTML: a row a line, cells parted by |, ``{c2}`` and ``{r2}`` before what spans columns or rows."""
    html = f"<table><caption>{caption}</caption>" if caption else "<table>"
    for row in rows.strip().splitlines():
        html += "<tr>" + "".join(_cell(cell.strip()) for cell in row.split("|")) + "</tr>"
    return html + "</table>"


def _cell(text: str) -> str:
    spans = ""
    while text.startswith("{"):
        span, text = text[1:].split("}", 1)
        spans += f' {"colspan" if span[0] == "c" else "rowspan"}="{span[1:]}"'
    return f"<td{spans}>{text}</td>"


def found_in(section: str, html: str) -> dict:
    """The figures of a table by their key; channels by their name, with kind and count."""
    found: dict = {}
    for figure in find_figures([block(section, html)]):
        value = figure.value
        if figure.key == "channels":
            found[value.get("name", "")] = (value.get("channel", ""), value.get("count"), figure.approximate)
        elif figure.key in {"rules", "methods"}:
            found.setdefault(figure.key, []).append(value)
        else:
            assert figure.key not in found, figure
            found[figure.key] = value
    return found


# --- tables of clerks -------------------------------------------------------------------------------------------------


def test_a_table_of_channels_with_numbers_of_rows_and_a_total():
    html = table("""
        序号|公开渠道|公开信息数量（条）|备注
        1|学校官网|1,286|
        2|微信公众号|约300|
        3|掌上校园APP|12|
        {c2}合计|1598|""")
    assert found_in("proactive", html) == {
        "学校官网": ("website", 1286, False),
        "微信公众号": ("wechat", 300, True),
        "掌上校园APP": ("", 12, False),
        "total": 1598,
    }


def test_a_table_of_channels_that_lies_on_its_side():
    html = table("""
        渠道|官网|微信公众号|微博|合计
        数量（条）|1286|300|50|1636""")
    assert found_in("proactive", html) == {
        "官网": ("website", 1286, False),
        "微信公众号": ("wechat", 300, False),
        "微博": ("weibo", 50, False),
        "total": 1636,
    }


def test_a_column_of_units_says_nothing_of_what_is_counted():
    html = table("""
        公开方式|单位|数量|备注
        网站|条|约450|
        校报|期|12|""")
    assert found_in("proactive", html) == {"网站": ("website", 450, True), "校报": ("periodical", 12, False)}


def test_last_years_column_rates_and_readers_are_passed_over():
    html = table("""
        平台|粉丝数|上年度（条）|本年度（条）|增长率|阅读量
        官方微信|30000|380|420|10.5%|800000
        抖音|500|30|60|100%|3000""")
    assert found_in("proactive", html) == {"官方微信": ("wechat", 420, False), "抖音": ("video", 60, False)}


def test_of_years_side_by_side_the_latest_is_the_reports():
    html = table("渠道|2021-2022学年|2022-2023学年\n官网|1286|1500\n微博|12|15")
    assert found_in("proactive", html) == {"官网": ("website", 1500, False), "微博": ("weibo", 15, False)}


def test_heads_of_two_rows_and_merged_cells():
    html = table("""
        {r2}公开方式|{c2}数量
        条|占比
        网站|100|50%
        宣传栏|100|50%""")
    assert found_in("proactive", html) == {"网站": ("website", 100, False), "宣传栏": ("board", 100, False)}


@pytest.mark.parametrize(
    "rows",
    [
        "类别|内容|数量\n招生|招生章程|12\n财务|预算|3\n合计||15",
        "序号|部门|联系电话\n1|党政办|0710-2285090",
        "姓名|职务|电话\n张三|主任|13800138000",
    ],
    ids=["subjects", "telephones", "people"],
)
def test_a_table_of_other_things_gives_nothing(rows):
    assert found_in("proactive", table(rows)) == {}


def test_a_table_of_requests_with_a_label_and_a_value():
    html = table("""
        项目|数量（件）
        收到申请总数|5
        予以公开|3
        部分公开|1
        不予公开|1
        其中：涉及个人隐私|1
        收取费用（元）|12.5
        结转下年度|/
        平均答复时间（工作日）|不适用""")
    assert found_in("on_request", html) == {
        "received": 5,
        "granted": 3,
        "partly_granted": 1,
        "refused": 1,
        "refused_by.privacy": 1,
        "fees_charged": 12.5,
        "mean_days": "n/a",
    }


GOVERNMENT_WIDE = """
    {r3}{c3}（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|{c7}申请人情况
    {r2}自然人|{c5}法人或其他组织|{r2}总计
    商业企业|科研机构|社会公益组织|法律服务机构|其他
    {c3}一、本年新收政府信息公开申请数量|5|1|0|0|0|1|7
    {c3}二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1
    {r21}三、本年度办理结果|{c2}（一）予以公开|3|1|0|0|0|0|4
    {c2}（二）部分公开（区分处理的，只计这一情形，不计其他情形）|1|0|0|0|0|0|1
    {r8}（三）不予公开|1.属于国家秘密|0|0|0|0|0|0|0
    2.其他法律行政法规禁止公开|0|0|0|0|0|0|0
    3.危及“三安全一稳定”|0|0|0|0|0|0|0
    4.保护第三方合法权益|1|0|0|0|0|0|1
    5.属于三类内部事务信息|0|0|0|0|0|0|0
    6.属于四类过程性信息|0|0|0|0|0|0|0
    7.属于行政执法案卷|0|0|0|0|0|0|0
    8.属于行政查询事项|0|0|0|0|0|0|0
    {r3}（四）无法提供|1.本机关不掌握相关政府信息|0|0|0|0|0|1|1
    2.没有现成信息需要另行制作|0|0|0|0|0|0|0
    3.补正后申请内容仍不明确|0|0|0|0|0|0|0
    {r5}（五）不予处理|1.信访举报投诉类申请|0|0|0|0|0|0|0
    2.重复申请|0|0|0|0|0|0|0
    3.要求提供公开出版物|0|0|0|0|0|0|0
    4.无正当理由大量反复申请|0|0|0|0|0|0|0
    5.要求行政机关确认或重新出具已获取信息|0|0|0|0|0|0|0
    {r3}（六）其他处理|1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请|0|0|0|0|0|0|0
    2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|0|0|0|0|0|0|0
    3.其他|0|0|0|0|0|0|0
    {c2}（七）总计|5|1|0|0|0|1|7
    {c3}四、结转下年度继续办理|1|0|0|0|0|0|1"""


def test_the_government_wide_table_of_requests_keeps_its_balance():
    found = found_in("on_request", table(GOVERNMENT_WIDE))
    for prefix, counts in (
        ("", (7, 1, 4, 1, 1, 1, 0, 0, 1)),
        ("by_applicant.individual.", (5, 1, 3, 1, 1, 0, 0, 0, 1)),
        ("by_applicant.organisation.", (2, 0, 1, 0, 0, 1, 0, 0, 0)),
    ):
        keys = (
            *("received", "carried_in", "granted", "partly_granted", "refused", "unavailable"),
            *("not_processed", "other_outcome", "carried_out"),
        )
        assert tuple(found[prefix + key] for key in keys) == counts
        assert found[prefix + "refused_by.state_secret"] == 0
    assert found["refused_by.other_rule"] == 1
    assert not any("campus" in key or "late" in key for key in found)


def test_the_government_wide_table_of_cases_adds_lawsuits_of_both_kinds():
    html = table("""
        {c5}行政复议|{c10}行政诉讼
        {r2}结果维持|{r2}结果纠正|{r2}其他结果|{r2}尚未审结|{r2}总计|{c5}未经复议直接起诉|{c5}复议后起诉
        结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计
        1|0|0|0|1|2|0|0|0|2|0|1|0|0|1""")
    found = found_in("complaints", html)
    assert (found["reconsiderations"], found["reconsiderations_by.upheld"]) == (1, 1)
    assert (found["lawsuits"], found["lawsuits_by.upheld"], found["lawsuits_by.corrected"]) == (3, 2, 1)


def test_a_plain_table_of_complaints():
    html = table("项目|件数\n收到举报|2\n其中查实|1\n行政复议|0\n行政诉讼|无")
    assert found_in("complaints", html) == {"reports": 2, "reports_upheld": 1, "reconsiderations": 0, "lawsuits": 0}


def test_of_a_table_of_satisfaction_only_the_whole_counts():
    html = table("""
        调查内容|满意|基本满意|不满意|满意率
        公开内容|80|15|5|95%
        公开时效|82|15|3|97%
        总体评价|85|12|3|97.5%""")
    assert found_in("evaluation", html) == {"satisfaction_percent": 97.5}


def test_sheets_sent_out_are_no_answers():
    html = table("发放问卷|收回问卷|回收率|满意率\n1300|1286|98.9%|98.5%")
    assert found_in("evaluation", html) == {"responses": 1286, "satisfaction_percent": 98.5}


def test_a_list_of_rules_with_their_numbers():
    html = table("制度名称|发文字号|时间\n《信息公开实施办法》|校发〔2023〕5号|2023年3月\n《保密规定》||2022年")
    assert found_in("overview", html) == {
        "rules": [{"name": "信息公开实施办法", "number": "校发〔2023〕5号", "url": ""}]
    }


def test_a_figure_of_a_table_says_by_which_words_it_was_read():
    html = table("渠道|数量（条）\n官网|1286", "信息公开渠道统计")
    (figure,) = find_figures([block("proactive", html)])
    assert figure.sentence == "信息公开渠道统计，官网，数量（条）：1286"


# --- tables of our own form -------------------------------------------------------------------------------------------


def test_our_table_of_channels_comes_back_with_nothing_lost():
    html = table(
        """
        渠道|名称|数量（条）
        官网|学校官网|1286
        抖音/视频号|视频号|约 300
        其他|教代会、学代会|不适用
        |合计表|未填
        {c2}合计|约 1600
        {c2}总数说明|含内部通报""",
        TABLE_CAPTIONS["channels"],
    )
    assert is_figures_table(html)
    figures = find_figures([block("proactive", html)])
    assert [(figure.key, figure.value) for figure in figures] == [
        ("channels", {"channel": "website", "name": "学校官网", "count": 1286}),
        ("channels", {"channel": "video", "name": "视频号", "count": 300, "approximate": True}),
        ("channels", {"channel": "other", "name": "教代会、学代会", "count": "n/a"}),
        ("channels", {"name": "合计表"}),
        ("total", 1600),
        ("total_is_approximate", True),
        ("total_reason", "含内部通报"),
    ]


@pytest.mark.parametrize("label", ["各渠道之和（学校未填报合计）", "各渠道之和"])
def test_a_total_that_the_portal_added_up_is_no_figure(label):
    html = table(f"名称|数量（条）\n官网|5\n校报|6\n{label}|11", TABLE_CAPTIONS["channels"])
    assert [figure.key for figure in find_figures([block("proactive", html)])] == ["channels", "channels"]


def test_two_rows_alike_are_two_channels():
    html = table("渠道|数量（条）\n官网|5\n官网|5", TABLE_CAPTIONS["channels"])
    assert len(find_figures([block("proactive", html)])) == 2


@pytest.mark.parametrize(
    ("name", "section", "rows", "figures"),
    [
        (
            "overview",
            "overview",
            "项目|数值|单位\n信息公开培训|2|次\n信息公开联络员|不适用|",
            {"training_sessions": 2, "liaison_staff": "n/a"},
        ),
        (
            "items",
            "proactive",
            "项目|数值|单位\n清单列出的公开事项|50|项\n其中学校不涉及的事项|0|项",
            {"items_listed": 50, "items_not_applicable": 0},
        ),
        (
            "on_request",
            "on_request",
            "项目|数值|单位\n收取费用|12.50|元\n平均答复时间|7.5|个工作日\n超过规定时限的答复|未填|件",
            {"fees_charged": 12.5, "mean_days": 7.5},
        ),
        (
            "requests",
            "on_request",
            "项目|校内师生员工|校外个人|法人或其他组织|合计\n本期新收|1|2|不适用|未填\n涉及个人隐私|—||0|1",
            {
                "by_applicant.campus.received": 1,
                "by_applicant.individual.received": 2,
                "by_applicant.organisation.received": "n/a",
                "by_applicant.organisation.refused_by.privacy": 0,
                "refused_by.privacy": 1,
            },
        ),
        ("requests", "on_request", "项目|件数\n本期新收|0\n结转下期|0", {"received": 0, "carried_out": 0}),
        (
            "evaluation",
            "evaluation",
            "项目|数值|单位\n评议方式|<p>问卷、座谈</p><p>信箱</p>|\n满意率|98.5|%",
            {"methods": ["问卷、座谈", "信箱"], "satisfaction_percent": 98.5},
        ),
        (
            "complaints",
            "complaints",
            "项目|数值|单位\n收到举报|1|件\n其中查实|0|件",
            {"reports": 1, "reports_upheld": 0},
        ),
        (
            "cases",
            "complaints",
            "类别|结果维持|结果纠正|其他结果|尚未审结|总计\n行政复议|1|0|0|0|1\n行政诉讼|未填|未填|未填|未填|0",
            {
                "reconsiderations_by.upheld": 1,
                "reconsiderations_by.corrected": 0,
                "reconsiderations_by.other": 0,
                "reconsiderations_by.pending": 0,
                "reconsiderations": 1,
                "lawsuits": 0,
            },
        ),
        (
            "rules",
            "overview",
            "制度名称|文号|网址\n实施办法|校发〔2023〕5号|https://x.example/1\n保密规定||",
            {
                "rules": [
                    {"name": "实施办法", "number": "校发〔2023〕5号", "url": "https://x.example/1"},
                    {"name": "保密规定", "number": "", "url": ""},
                ]
            },
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value in TABLE_CAPTIONS else "",
)
def test_our_tables_come_back_in_three_states(name, section, rows, figures):
    html = table(rows, TABLE_CAPTIONS[name])
    assert is_figures_table(html)
    assert found_in(section, html) == figures


def test_where_our_tables_state_the_figures_the_text_is_not_searched():
    blocks = [
        block("proactive", "<p>通过学校官网发布信息9条。</p>"),
        block("complaints", "<p>未收到举报。</p>"),
        block("proactive", table("渠道|数量（条）\n官网|5", TABLE_CAPTIONS["channels"])),
    ]
    assert [(figure.block, figure.value) for figure in find_figures(blocks)] == [
        (2, {"channel": "website", "count": 5})
    ]
    assert find_figures(blocks[:2], tables_only=True) == ()


def test_a_clerks_table_is_not_ours_for_its_caption_alone():
    html = table("公开方式|数量\n官网|5", TABLE_CAPTIONS["channels"])
    assert not is_figures_table(html)
    assert found_in("proactive", html) == {"官网": ("website", 5, False)}
    assert not is_figures_table("<p>没有表格</p>")
    assert not is_figures_table(table("渠道|数量（条）\n官网|5"))


# --- what strangers send ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<table></table>",
        "<table><tr></tr></table>",
        "<table><tr><td>官网",
        '<table><tr><td colspan="99" rowspan="99">官网</td><td>5</td></tr></table>',
        '<table><tr><td colspan="0">渠道</td><td colspan="-1">5</td></tr></table>',
        '<table><tr><td colspan="x">渠道</td></tr></table>',
        "</table><table>" * 50,
        "<table><tr><td>" * 30 + "5" + "</td></tr></table>" * 30,
    ],
)
def test_a_broken_table_gives_no_figure_and_no_error(html):
    for section in ("overview", "proactive", "on_request", "evaluation", "complaints"):
        assert find_figures([block(section, html)]) == ()


def test_a_table_too_large_to_be_one_of_figures_is_passed_over():
    assert list(grids("<table>" + "<tr><td>1</td></tr>" * 151 + "</table>")) == []
    assert list(grids("<table><tr>" + "<td>1</td>" * 41 + "</tr></table>")) == []


def test_large_tables_are_read_in_time():
    row = "<tr>" + "<td>官网</td>" + "<td>5</td>" * 39 + "</tr>"
    html = "<table>" + row * 150 + "</table>"
    started = time.process_time()
    for section in ("overview", "proactive", "on_request", "evaluation", "complaints"):
        find_figures([block(section, html)])
    assert time.process_time() - started < 8

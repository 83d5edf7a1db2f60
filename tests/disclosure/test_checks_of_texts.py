"""The rules on texts: each on the fault it was made for, with the passage and the fix, and on what looks like it."""

import dataclasses

import pytest
from hypothesis import given

from disclosure.checks import Context, Passage, fixes, run, slips, sounds, texts
from disclosure.checks.base import Published
from disclosure.checks.slips import SLIPS
from disclosure.management.commands import write_sounds
from disclosure.report.enums import SectionKey
from disclosure.richtext import clean, to_text
from tests.disclosure.test_checks import CONTEXT, PERIOD, YEAR
from tests.factories import full_document
from tests.strategies import wild_html

HEAD, OVERVIEW, PROACTIVE = SectionKey.HEAD, SectionKey.OVERVIEW, SectionKey.PROACTIVE
ON_REQUEST, EVALUATION, COMPLAINTS = SectionKey.ON_REQUEST, SectionKey.EVALUATION, SectionKey.COMPLAINTS
EXPERIENCE, OTHER, CONTACTS = SectionKey.EXPERIENCE, SectionKey.OTHER, SectionKey.CONTACTS


def body(key, *paragraphs, **changes):
    """The full report with other text in one section."""
    html = "".join(one if one.startswith("<") else f"<p>{one}</p>" for one in paragraphs)
    return full_document(**{f"sections__{key.value}__body": html} | changes)


def preamble(words):
    return full_document(preamble=f"<p>{words}</p>")


def figures(key, text, **values):
    """One section with a text and figures; every other key of the figures is left as it is."""
    return body(key, text, **{f"sections__{key.value}__figures__{name}": value for name, value in values.items()})


TEXT = "学校通过官网公开信息，师生可以随时查阅。"
LONG = (
    "学校党委把信息公开作为联系师生的窗口，逐月检查各部门的栏目，发现问题当面交办。"
    "招生、财务、后勤三个部门合办了一期开放日，把平时问得最多的四十个问题整理成册，印发到每一间宿舍。"
    "图书馆的大屏改成滚动播放公示名单，学生不必登录网页也能看到。"
    "各学院的联络员轮流到党政办跟班一周，回去以后自己动手改版网页，退件明显少了。"
)
SHORT = (
    "教代会代表用一个下午翻看了各栏目的办理记录，逐项打分，平均8分；学生会另外请了三十名新同学试着找学费和转专业的规定，"
    "找不到的当场记下来交给网站编辑。"
)
LAST_YEAR = full_document(year=YEAR - 1)

# Rule → documents with its fault, where and with which words it is found, which passages it quotes, and what the field
# says after the fix ("" where the rule offers none). A sixth entry is what the context holds besides.
FAULTS_OF_TEXTS = {
    "sections_say_more_than_none": [
        (body(EVALUATION, "无。"), EVALUATION, "body", "只写了「无。」", ["无。"], ""),
        (body(OTHER, "无"), OTHER, "body", "只写了「无」", ["无"], "无其他需要报告的事项。"),
        (
            body(COMPLAINTS, "<strong>未发生。</strong>"),
            COMPLAINTS,
            "body",
            "完整的句子",
            ["未发生。"],
            "本期没有因信息公开工作受到举报，没有发生行政复议和行政诉讼。",
        ),
    ],
    "experience_problems_and_measures_are_told": [
        (
            body(EXPERIENCE, "主要经验是各部门各负其责，下一步将继续坚持。"),
            EXPERIENCE,
            "body",
            "没有写存在的问题",
            [],
            "",
        ),
    ],
    "problems_are_more_than_one_line": [
        (
            body(
                EXPERIENCE,
                "<h3>（一）经验</h3>",
                TEXT,
                "<h3>（二）存在的问题</h3>",
                "1.时效性有待提高。",
                "<h3>（三）改进措施</h3>",
                TEXT,
            ),
            EXPERIENCE,
            "body",
            "只有一行",
            ["1.时效性有待提高。"],
            "",
        ),
        (
            body(EXPERIENCE, "<h3>（一）经验</h3>", TEXT, "<h3>（二）不足</h3>", "<h3>（三）改进措施</h3>", TEXT),
            EXPERIENCE,
            "body",
            "没有内容",
            ["（二）不足"],
            "",
        ),
    ],
    "period_is_not_too_short": [
        (
            full_document(period={"start": f"{YEAR}-04-17", "end": f"{YEAR}-08-31"}),
            HEAD,
            "period_start",
            "只有 137 天",
            [],
            "",
        ),
    ],
    "period_is_not_a_day_off": [
        (
            full_document(period={"start": f"{YEAR - 1}-08-31", "end": f"{YEAR}-08-31"}),
            HEAD,
            "period_start",
            "是否应为",
            [],
            "",
        ),
        (
            body(PROACTIVE, "期限为2022年8月31日起至2023年9月1日。"),
            PROACTIVE,
            "body",
            "首尾各多一天",
            ["2022年8月31日起至2023年9月1日"],
            "期限为2022年9月1日至2023年8月31日。",
        ),
    ],
    "stated_period_is_the_forms": [
        (
            preamble("数据的统计期限自2011年9月1日起，至2012年8月31日止。"),
            HEAD,
            "preamble",
            "引言写的统计期限是2011年9月1日至2012年8月31日",
            ["2011年9月1日起，至2012年8月31日"],
            f"数据的统计期限自{YEAR - 1}年9月1日至{YEAR}年8月31日止。",
        ),
    ],
    "ranges_in_text_are_the_periods": [
        (
            body(PROACTIVE, "2011年9月1日至2012年8月31日，官网发布信息401条。"),
            PROACTIVE,
            "body",
            "不在统计期限",
            ["2011年9月1日至2012年8月31日"],
            "",
        ),
    ],
    "period_follows_last_years": [
        (
            full_document(period={"start": f"{YEAR - 1}-09-15", "end": f"{YEAR}-08-31"}),
            HEAD,
            "period_start",
            "有 14 天没有计入",
            [],
            "",
            {"previous": LAST_YEAR},
        ),
        (
            full_document(period={"start": f"{YEAR - 1}-08-01", "end": f"{YEAR}-08-31"}),
            HEAD,
            "period_start",
            "有 31 天重复计入",
            [],
            "",
            {"previous": LAST_YEAR},
        ),
    ],
    "figures_stay_near_last_years": [
        (
            full_document(sections__overview__figures__training_staff=600),
            OVERVIEW,
            "training_staff",
            "由上年的 60 人次变为 600 人次",
            [],
            "",
            {"previous": LAST_YEAR},
        ),
    ],
    "title_is_of_the_reports_year": [
        (
            full_document(title="甲省明德学院2011-2012学年度信息公开工作报告"),
            HEAD,
            "title",
            "标题写的是 2012 年",
            ["2011-2012"],
            "",
        ),
    ],
    "school_years_are_one_year": [
        (body(OVERVIEW, "2011-2013学年，学校扎实工作。"), OVERVIEW, "body", "不是一个学年", ["2011-2013学年"], ""),
    ],
    "years_in_text_are_the_reports": [
        (body(OVERVIEW, "2011-2012学年，学校扎实工作。"), OVERVIEW, "body", "不是本报告的年度", ["2011-2012学年"], ""),
    ],
    "notices_are_this_years": [
        (
            preamble("根据《关于做好2012年高校信息公开年度报告工作的通知》编制。"),
            HEAD,
            "preamble",
            "是 2012 年的",
            ["《关于做好2012年高校信息公开年度报告工作的通知》"],
            "",
        ),
        (
            preamble(f"根据《关于做好{YEAR}年高校信息公开年度报告工作的通知》（教办厅函〔2012〕76号）编制。"),
            HEAD,
            "preamble",
            "文号却是 2012 年的",
            ["（教办厅函〔2012〕76号"],
            "",
        ),
    ],
    "title_and_signature_name_the_school": [
        (
            full_document(title="乙省求是学院信息公开工作报告"),
            HEAD,
            "title",
            "没有本校名称",
            ["乙省求是学院信息公开工作报告"],
            "",
        ),
        (
            full_document(signature={"organisation": "明德", "date": f"{YEAR}-10-20"}),
            HEAD,
            "signature_organisation",
            "落款",
            ["明德"],
            "",
        ),
    ],
    "other_schools_are_not_named": [
        (
            body(OVERVIEW, "甲省明得学院高度重视信息公开工作。"),
            OVERVIEW,
            "body",
            "差一个字",
            ["甲省明得学院"],
            "甲省明德学院高度重视信息公开工作。",
        ),
        (
            body(OVERVIEW, "求是职业学院高度重视信息公开工作。"),
            OVERVIEW,
            "body",
            "不是本校名称",
            ["求是职业学院"],
            "",
            {"schools": frozenset({"求是职业学院", "甲省明德学院"})},
        ),
        (
            body(OVERVIEW, "根据《求是职业学院信息公开实施办法》办理。"),
            OVERVIEW,
            "body",
            "不是本校名称",
            ["求是职业学院"],
            "",
        ),
    ],
    "text_agrees_with_figures": [
        (
            figures(EVALUATION, "收回问卷180份，满意率为97.5%。", responses=200),
            EVALUATION,
            "body",
            "是 180 份，数据表里填的是 200 份",
            ["180"],
            "",
        ),
        (
            figures(ON_REQUEST, "本学年度共收到信息公开申请5件。"),
            ON_REQUEST,
            "body",
            "是 5 件，数据表里填的是 3 件",
            ["5"],
            "",
        ),
        (
            figures(PROACTIVE, "本学年度学校主动公开信息1310条。", total=None),
            PROACTIVE,
            "body",
            "是 1310 条，数据表里各渠道相加是 1200 条",
            ["1310"],
            "",
        ),
    ],
    "denials_agree_with_figures": [
        (
            body(ON_REQUEST, "本学年度未收到信息公开申请。"),
            ON_REQUEST,
            "body",
            "填的却是 3 件",
            ["未收到信息公开申请"],
            "",
        ),
        (
            figures(COMPLAINTS, "没有因信息公开工作受到举报。", reports=2),
            COMPLAINTS,
            "body",
            "填的却是 2 件",
            ["没有因信息公开工作受到举报"],
            "",
        ),
    ],
    "rates_are_within_the_whole": [
        (body(OVERVIEW, "师生满意率达到105%。"), OVERVIEW, "body", "超过了 100%", ["105"], ""),
    ],
    "shares_add_up": [
        (body(EVALUATION, "满意的占80%，基本满意的占35%。"), EVALUATION, "body", "合计 115%", ["80", "35"], ""),
    ],
    "sums_in_text_add_up": [
        (
            body(OVERVIEW, "官网公开612条，微信公开305条，公示栏公开148条，共计1080条。"),
            OVERVIEW,
            "body",
            "各分项相加是 1065 条，合计写的是 1080 条",
            ["612条，微信公开305条，公示栏公开148条，共计1080条"],
            "",
        ),
        (
            body(OVERVIEW, "共收到来信5件，其中校内师生2件、校外个人3件、法人1件。"),
            OVERVIEW,
            "body",
            "各分项相加是 6 件，合计写的是 5 件",
            ["5件，其中校内师生2件、校外个人3件、法人1件"],
            "",
        ),
    ],
    "tables_in_text_add_up": [
        (
            body(
                OVERVIEW,
                "<table><tbody><tr><th>渠道</th><th>条数</th></tr><tr><td>官网</td><td>420</td></tr>"
                "<tr><td>微信</td><td>253</td></tr><tr><td>合计</td><td>683</td></tr></tbody></table>",
            ),
            OVERVIEW,
            "body",
            "表格里「条数」的合计写的是 683，相加是 673",
            ["683"],
            "",
        ),
    ],
    "sections_do_not_contradict_themselves": [
        (
            body(COMPLAINTS, "未收到举报。该举报正在调查中。"),
            COMPLAINTS,
            "body",
            "两处矛盾",
            ["未收到举报", "该举报"],
            "",
        ),
    ],
    "dates_exist": [
        (
            body(OVERVIEW, "制度于2011年6月31日印发。"),
            OVERVIEW,
            "body",
            "没有「2011年6月31日」这一天",
            ["2011年6月31日"],
            "",
        ),
        (body(OVERVIEW, "2011年13月召开会议。"), OVERVIEW, "body", "没有「2011年13月」", ["2011年13月"], ""),
        (body(OVERVIEW, "会议于2月30日召开。"), OVERVIEW, "body", "没有「2月30日」", ["2月30日"], ""),
    ],
    "no_placeholder_is_left": [
        (body(OVERVIEW, "本表由XXX填写。"), OVERVIEW, "body", "占位符", ["XXX"], ""),
        (full_document(title="甲省明德学院202X年信息公开工作报告"), HEAD, "title", "202X", ["202X"], ""),
    ],
    "contacts_can_be_reached": [
        (
            full_document(
                contacts=[one | {"email": "office#example.edu.cn"} for one in full_document().to_json()["contacts"]]
            ),
            CONTACTS,
            "people-0-email",
            "不是完整的邮箱地址",
            [],
            "",
        ),
        (
            full_document(contacts=[one | {"office_phone": "88886"} for one in full_document().to_json()["contacts"]]),
            CONTACTS,
            "people-1-office_phone",
            "少于 7 位",
            [],
            "",
        ),
    ],
    "texts_stand_in_their_sections": [
        (
            body(OTHER, "本学年收到信息公开申请两件，均已答复。"),
            OTHER,
            "body",
            "应写在第三部分",
            ["本学年收到信息公开申请两件，均已答复。"],
            "",
        ),
        (
            body(EVALUATION, "本学年学校没有遭到任何个人或集体举报。"),
            EVALUATION,
            "body",
            "贴错了部分",
            ["本学年学校没有遭到任何个人或集体举报。"],
            "",
        ),
        (
            body(COMPLAINTS, "涉及国家秘密的信息一律不予公开。", "没有收到举报。"),
            COMPLAINTS,
            "body",
            "应写在第三部分",
            ["涉及国家秘密的信息一律不予公开。"],
            "",
        ),
    ],
    "sections_are_not_the_same": [
        (
            body(
                COMPLAINTS,
                "学校没有收到任何举报，也没有投诉。",
                sections__evaluation__body="<p>学校没有收到任何举报；也没有投诉</p>",
            ),
            COMPLAINTS,
            "body",
            "与第四部分完全相同",
            ["学校没有收到任何举报，也没有投诉。"],
            "",
        ),
    ],
    "paragraphs_stand_once": [
        (
            body(
                EXPERIENCE,
                f"主要经验：{LONG}",
                "存在问题，下一步改进。",
                sections__overview__body=f"<p>主要经验：{LONG}</p>",
            ),
            EXPERIENCE,
            "body",
            "已经写过",
            [f"主要经验：{LONG}"],
            "",
        ),
    ],
    "sections_are_not_last_years": [
        (
            body(OVERVIEW, LONG),
            OVERVIEW,
            "body",
            "100% 的文字与",
            [LONG[:-1]],
            "",
            {"previous": full_document(year=YEAR - 1, sections__overview__body=f"<p>{LONG}</p>")},
        ),
        (
            body(EVALUATION, SHORT),
            EVALUATION,
            "body",
            "100% 的文字与",
            [SHORT[:-1]],
            "",
            {"previous": full_document(year=YEAR - 1, sections__evaluation__body=f"<p>{SHORT}</p>")},
        ),
    ],
    "sections_are_not_another_schools": [
        (
            body(OVERVIEW, f"学校十分重视。{LONG}"),
            OVERVIEW,
            "body",
            "有 142 字（占 96%）与明德学院 2010 年的报告相同",
            [LONG],
            "",
            {"published": [Published("明德学院", 2010, "/reports/mingde/2010/", {PROACTIVE: f"一、总体情况\n{LONG}"})]},
        ),
    ],
    "document_numbers_are_in_form": [
        (
            preamble("根据通知（教办函2014〔23〕号）编制。"),
            HEAD,
            "preamble",
            "六角括号里是年份",
            ["教办函2014〔23〕号"],
            "根据通知（教办函〔2014〕23号）编制。",
        ),
        (
            body(OVERVIEW, "印发《实施办法》（院发2022-15号）。"),
            OVERVIEW,
            "body",
            "院发〔2022〕15号",
            ["院发2022-15号"],
            "印发《实施办法》（院发〔2022〕15号）。",
        ),
        (
            preamble("根据通知（教办厅函【2023】052号）编制。"),
            HEAD,
            "preamble",
            "应写作「教办厅函〔2023〕52号」",
            ["教办厅函【2023】052号"],
            "根据通知（教办厅函〔2023〕52号）编制。",
        ),
        (
            full_document(sections__overview__figures__rules=[{"name": "细则", "number": "院办[2023]第7号"}]),
            OVERVIEW,
            "rules-0-number",
            "〔2023〕7号",
            ["院办[2023]第7号"],
            "院办〔2023〕7号",
        ),
    ],
    "names_of_laws_are_whole": [
        (
            body(OVERVIEW, "学习《中华人民共和国保密法》。"),
            OVERVIEW,
            "body",
            "应为「《中华人民共和国保守国家秘密法》」",
            ["《中华人民共和国保密法》"],
            "学习《中华人民共和国保守国家秘密法》。",
        ),
        (
            preamble("根据《高等学院信息公开办法》编制。"),
            HEAD,
            "preamble",
            "应为「《高等学校信息公开办法》」",
            ["《高等学院信息公开办法》"],
            "根据《高等学校信息公开办法》编制。",
        ),
        (
            preamble("根据《教育部关于公布（高等学校信息公开事项清单）的通知》编制。"),
            HEAD,
            "preamble",
            "〈高等学校信息公开事项清单〉",
            ["《教育部关于公布（高等学校信息公开事项清单）的通知》"],
            "根据《教育部关于公布〈高等学校信息公开事项清单〉的通知》编制。",
        ),
    ],
    "laws_have_their_numbers": [
        (
            body(OVERVIEW, "落实《中华人民共和国政府信息公开条例》（国务院第711号）。"),
            OVERVIEW,
            "body",
            "国务院令第711号",
            ["国务院第711号"],
            "落实《中华人民共和国政府信息公开条例》（国务院令第711号）。",
        ),
        (
            preamble("根据《高等学校信息公开办法》（教育部令第28号）编制。"),
            HEAD,
            "preamble",
            "应为29号",
            ["高等学校信息公开办法》（教育部令第28号"],
            "根据《高等学校信息公开办法》（教育部令第29号）编制。",
        ),
    ],
    "no_known_slips": [
        (
            body(OVERVIEW, "实现<strong>诉求零门</strong>栏。"),
            OVERVIEW,
            "body",
            "疑为「门槛」之误",
            ["门栏"],
            "实现诉求零门槛。",
        ),
        (
            full_document(sections__other__heading="七、主动公布清零"),
            OTHER,
            "heading",
            "公布清单",
            ["公布清零"],
            "七、主动公布清单",
        ),
    ],
    "words_are_not_doubled": [
        (body(OVERVIEW, "推进政务工作工作。"), OVERVIEW, "body", "重复了「工作」", ["工作工作"], "推进政务工作。"),
    ],
    "counts_do_not_contradict_themselves": [
        (body(OVERVIEW, "公开信息近1000余条。"), OVERVIEW, "body", "自相矛盾", ["近1000余条"], "公开信息1000余条。"),
    ],
    "counts_are_exact": [
        (
            figures(PROACTIVE, "官网公开信息近1200条，宣传栏公开240余条。"),
            PROACTIVE,
            "body",
            "「近1200条」、「240余条」不是准确数",
            ["近1200条", "240余条"],
            "",
        ),
    ],
    "sentences_are_whole": [
        (
            body(OVERVIEW, "学校重视信息公开工作。党政办公室牵头，各部门配合，逐月检查栏目"),
            OVERVIEW,
            "body",
            "没有标点",
            ["各部门配合，逐月检查栏目"],
            "",
        ),
        (
            body(OVERVIEW, "根据《教育部关于公布》的要求，依托学院官网主页…"),
            OVERVIEW,
            "body",
            "没有写完",
            ["要求，依托学院官网主页…"],
            "",
        ),
    ],
    "quotes_and_brackets_are_in_pairs": [
        (preamble("落实教育部关于公布&lt;清单&gt;的通知》精神。"), HEAD, "preamble", "标点不成对", ["》"], ""),
        (
            body(OVERVIEW, "开设“院务公开“专栏，方便师生查阅。"),
            OVERVIEW,
            "body",
            "标点不成对",
            ["“", "“"],
            "开设“院务公开”专栏，方便师生查阅。",
        ),
    ],
    "marks_are_not_doubled": [
        (body(OVERVIEW, "学校重视信息公开，。"), OVERVIEW, "body", "标点重复", ["，。"], "学校重视信息公开。"),
    ],
    "nothing_is_left_over_from_word": [
        (
            body(OVERVIEW, "[bookmark: _GoBack]学校重视信息公开。"),
            OVERVIEW,
            "body",
            "Word 的残留",
            ["[bookmark: _GoBack]"],
            "学校重视信息公开。",
        ),
        (body(OVERVIEW, "见错误！未找到引用源。"), OVERVIEW, "body", "Word 的残留", ["错误！未找到引用源。"], "见"),
    ],
    "addresses_are_written_whole": [
        (
            body(OVERVIEW, "详见http//xxgk.example.edu.cn。"),
            OVERVIEW,
            "body",
            "写得不对",
            ["http//xxgk.example.edu.cn"],
            "",
        ),
        (
            body(OVERVIEW, "详见http：//xxgk.example.edu.cn。"),
            OVERVIEW,
            "body",
            "写得不对",
            ["http：//xxgk.example.edu.cn"],
            "",
        ),
    ],
    "links_can_lead_somewhere": [
        (body(OVERVIEW, '<p>见<a href="http://192.168.1.10/x">专栏</a>。</p>'), OVERVIEW, "body", "校外打不开", [], ""),
        (
            full_document(sections__overview__figures__rules=[{"name": "细则", "url": "www.example.edu.cn"}]),
            OVERVIEW,
            "rules-0-url",
            "不是完整的网址",
            [],
            "",
        ),
    ],
    "numbers_in_text_run_on": [
        (
            body(
                OVERVIEW,
                "<h3>（一）机制</h3>",
                TEXT,
                "<h3>(二) 制度</h3>",
                "1.建章立制。",
                "3 狠抓落实。",
                "<h3>（四）培训</h3>",
            ),
            OVERVIEW,
            "body",
            "编号不连续",
            ["(二)", "3 ", "（四）"],
            f"（一）机制\n{TEXT}\n（二） 制度\n1.建章立制。\n2.狠抓落实。\n（三）培训",
        ),
    ],
    "headings_are_numbered_in_order": [
        (
            full_document(sections__complaints__heading="5、 受到举报的情况"),
            COMPLAINTS,
            "heading",
            "应为「五、」",
            ["5、"],
            "五、 受到举报的情况",
        ),
    ],
    "ordinals_in_sentences_run_on": [
        (
            body(OVERVIEW, "重点有①机制；②培训；④考核。"),
            OVERVIEW,
            "body",
            "「④」应为「③」",
            ["④"],
            "重点有①机制；②培训；③考核。",
        ),
        (
            body(OVERVIEW, "内容有：1.招生；2.收费；2.采购。"),
            OVERVIEW,
            "body",
            "应为「3.」",
            ["2"],
            "内容有：1.招生；2.收费；3.采购。",
        ),
        (
            body(OVERVIEW, "重点有：一是抓机制；三是抓培训。"),
            OVERVIEW,
            "body",
            "应为「二是」",
            ["三"],
            "重点有：一是抓机制；二是抓培训。",
        ),
    ],
    "links_hold_no_personal_data": [
        (body(OTHER, '<p>请<a href="mailto:10000@qq.com">来信</a>。</p>'), OTHER, "body", "个人邮箱", [], ""),
    ],
    "some_mailbox_is_an_offices": [
        (
            full_document(contacts=[one | {"email": "0@qq.com"} for one in full_document().to_json()["contacts"]]),
            CONTACTS,
            "people-0-email",
            "都是个人邮箱",
            [],
            "",
        ),
    ],
    "lists_hold_no_student_numbers": [
        (
            body(
                PROACTIVE,
                "<table><tbody><tr><th>姓名</th><th>学号</th></tr>"
                + "".join(f"<tr><td>甲</td><td>20210101{n}</td></tr>" for n in "123")
                + "</tbody></table>",
            ),
            PROACTIVE,
            "body",
            "3 个学号",
            ["202101011", "202101012", "202101013"],
            "姓名\t学号\t\n甲\t2021***11\t\n甲\t2021***12\t\n甲\t2021***13",
        ),
    ],
    "no_passports_or_home_addresses": [
        (body(OTHER, "护照号码：E12345678，"), OTHER, "body", "护照号", ["E12345678"], "护照号码：E*****678，"),
        (
            body(OTHER, "家庭住址：某市某区某路1号。"),
            OTHER,
            "body",
            "家庭住址",
            ["某市某区某路1号"],
            "家庭住址：某市某*****。",
        ),
    ],
    "no_mobiles_or_resident_ids": [
        (
            body(OTHER, "电话138<strong>0013</strong><br>8000。"),
            OTHER,
            "body",
            "手机号码",
            ["1380013\n8000"],
            "电话138****\n8000。",
        ),
        (
            full_document(title="甲省明德学院报告13800138000"),
            HEAD,
            "title",
            "手机号码",
            ["13800138000"],
            "甲省明德学院报告138****8000",
        ),
    ],
    "texts_hold_no_personal_data": [
        (body(OTHER, "邮箱a@qq.com。"), OTHER, "body", "个人邮箱", ["a@qq.com"], "邮箱*@qq.com。"),
    ],
    "lines_hold_no_personal_data": [
        (
            full_document(sections__other__heading="七、其他 a@qq.com"),
            OTHER,
            "heading",
            "个人邮箱",
            ["a@qq.com"],
            "七、其他 *@qq.com",
        ),
    ],
}

CASES = [
    pytest.param(rule, *fault[:6], fault[6] if len(fault) > 6 else {}, id=f"{rule}-{index}")
    for rule, faults in FAULTS_OF_TEXTS.items()
    for index, fault in enumerate(faults)
]


def findings(document, rule, section, field, **context):
    return [
        finding
        for finding in run(document, dataclasses.replace(CONTEXT, **context))
        if (finding.rule, finding.section, finding.field) == (rule, section, field)
    ]


@pytest.mark.parametrize(("rule", "document", "section", "field", "words", "passages", "after", "context"), CASES)
def test_a_rule_finds_its_fault_quotes_it_and_mends_it(rule, document, section, field, words, passages, after, context):
    [finding] = findings(document, rule, section, field, **context)
    assert words in finding.sentence
    assert [passage.text for passage in finding.passages] == passages
    for passage in finding.passages:
        text = fixes.text_of(document, passage.section, passage.field)
        assert text.text[passage.start : passage.end] == passage.text
    assert (finding.fix is not None) is bool(after)
    if finding.fix:
        mended = fixes.fixed(document, finding)
        text = fixes.text_of(mended, section, field).text.strip()
        assert text == after
        assert findings(mended, rule, section, field, **context) == []
        assert fixes.snippets(document, [finding])


@pytest.mark.parametrize(
    "words",
    [
        "学校与湖南大学联合培养研究生。",
        "大学生学生会换届，各部门部门负责人名单已更新。",
        "构建规范高效、便捷透明的信息服务体系。",
        "依据《学校信息公开办法》《党务公开实施方案》办理。",
        "《教育部关于公布<高等学校信息公开事项清单>的通知》（教办函〔2014〕23号）已落实。".replace("<", "&lt;").replace(
            ">", "&gt;"
        ),
        "见《高等学校信息公开办法》（教育部令第29号）。",
        "近三年学校共修订章程1次。",
        "重点有三个：一是更新；二是链接；三是遮盖。",
        "本校区（2023）1号楼设有公示栏。",
        "2011年度决算已经公布。",
        "与2011-2012学年相比有所增长。",
        "公示的名单有：1）招生；2）资助。",
        "“公开为常态、不公开为例外”（见通知）。",
        "预算增长120%。",
        "详见https://www.example.edu.cn/xxgk。",
        "目的的实现有赖于制度。",
        "60 余名教师参加了培训。",
        "落实《中华人民共和国教育法》《中华人民共和国职业教育法》。",
        "进一步规范规范性文件，推动创新创新创业教育机制，印发实施实施细则3项。",
        "要求：一是完善制度，一要建章，二要立制；二是加强培训。",
        "既使用电子屏，又使用公告栏；对检举保密作出规定；整改事项清零。",
        "公示公告栏内已删除：过期通知。",
        "完成年度预算的103.5%，占上年同期的120%。",
        "社会反应良好。",
        "党委会一致同意，监督全过程留痕，公开一事一审，教职员共1200人。",
        "2020年11月、2021年4月各举办1次信息公开培训。",
        "公布“李××”“王×”等名单，报告文号为会审字〔2011〕第0207号。",
        "公开731条（含转载90条），简报41期，共772条（期）。",
        "同一条信息在多处发布，共500条，其中网站400条、微信300条。",
        "申请人以申请公开信息的形式咨询。",
        "印制宣传册2011-15号楼各一份。",
    ],
)
def test_what_looks_like_a_fault_is_left_alone(words):
    assert run(body(OVERVIEW, words), dataclasses.replace(CONTEXT, schools=frozenset({"湖南大学"}))) == []


@pytest.mark.parametrize(
    "words",
    [
        "本学年度，学校未因信息公开工作受到举报，未发生行政复议和行政诉讼。学校没有收到投诉，也没有因此被追究责任的情况。",
        "学校落实了《关于做好某某类某某项信息公开工作的通知》《某某大学信息公开目录和保密审查细则》《关于公开招生工作事项的规定》。",
        f"{SHORT[:60]}这一年换成了由校友代表打分的办法。",
    ],
)
def test_a_short_section_may_be_like_last_years(words):
    """What happened in neither year is said the same, and titles are nobody's words."""
    previous = full_document(year=YEAR - 1, sections__evaluation__body=f"<p>{words[:60]}{SHORT}</p>")
    assert findings(body(EVALUATION, words), "sections_are_not_last_years", EVALUATION, "body", previous=previous) == []


def test_a_short_section_with_this_years_figures_is_no_copy():
    """A standing sentence with other figures says all that there is; one in which only the year was changed does not."""
    words = (
        "据统计，{0}-{1}学年学校主动公开信息{2}条，其中学校官网{3}条，信息公开专栏和校内公告栏{4}条，官方微信公众号{5}条，"
        "校报和校务会议纪要{6}条，新闻发布会和座谈会{7}条。"
    )
    previous = full_document(
        year=YEAR - 1,
        sections__evaluation__body=f"<p>{words.format(YEAR - 2, YEAR - 1, 1171, 468, 176, 238, 60, 3)}</p>",
    )
    rule = "sections_are_not_last_years"
    new = words.format(YEAR - 1, YEAR, 1304, 512, 180, 291, 58, 3)
    assert findings(body(EVALUATION, new), rule, EVALUATION, "body", previous=previous) == []
    old = words.format(YEAR - 1, YEAR, 1171, 468, 176, 238, 60, 3)
    assert len(findings(body(EVALUATION, old), rule, EVALUATION, "body", previous=previous)) == 1


@pytest.mark.parametrize(
    "words", ["本学年度没有发生此类情况，特此说明。", "本学年度没有收到师生的意见，也没有收到任何举报。"]
)
def test_one_text_can_be_right_in_two_sections(words):
    """It says of each what its heading asks, or speaks of the matters of both."""
    document = body(COMPLAINTS, words, sections__evaluation__body=f"<p>{words}</p>")
    assert findings(document, "sections_are_not_the_same", COMPLAINTS, "body") == []


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("收回问卷约210份，满意率为97.5%。", {"responses": 200}),
        ("收回问卷180份。", {"responses": "n/a"}),
        ("共收回问卷200份，其中纸质180份。", {"responses": 200}),
    ],
)
def test_figures_that_may_agree_do(words, values):
    assert findings(figures(EVALUATION, words, **values), "text_agrees_with_figures", EVALUATION, "body") == []


@pytest.mark.parametrize(
    ("key", "name", "words"),
    [
        (ON_REQUEST, "received", "本学年度收到申请3件；除上述申请外，未收到其他申请。"),
        (ON_REQUEST, "received", "本年度未收到校外人员申请，校内申请均已答复。"),
        (ON_REQUEST, "received", "未收到社会公众的信息公开申请；师生提出的申请均已办结。"),
        (COMPLAINTS, "reports", "对无事实依据的举报不予受理，其余均已办理。"),
        (COMPLAINTS, "reports", "截至期末，没有尚未办结的举报。"),
        (COMPLAINTS, "reports", "未公布举报电话的部门已经补上，无论举报是否属实，均予保密。"),
        (COMPLAINTS, "reports", "无匿名举报，实名举报均已回复。"),
        (COMPLAINTS, "lawsuits", "未经复议直接提起诉讼的，由法务部门应诉。"),
        (COMPLAINTS, "reports", "收到的举报均已办结，没有因举报引起的诉讼。"),
    ],
)
def test_a_denial_of_something_else_is_none(key, name, words):
    document = figures(key, words, **{name: 3})
    assert findings(document, "denials_agree_with_figures", key, "body") == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reports", "本学年学校未因信息公开工作遭到任何个人或集体的举报。"),
        ("reports", "未收到因信息公开产生的举报、投诉等。"),
        ("lawsuits", "无因信息公开工作受到举报、复议、诉讼的情况。"),
        ("reconsiderations", "学校不存在因信息公开工作被申请行政复议、提起行政诉讼的情况。"),
        ("lawsuits", "没有公民、法人和其他组织因信息公开向学校提起行政诉讼的情况。"),
        ("reports", "学校设有受理举报的渠道。本年度未出现因信息公开被投诉举报的现象。"),
    ],
)
def test_a_plain_denial_beside_a_figure_is_an_error(name, words):
    [finding] = findings(figures(COMPLAINTS, words, **{name: 3}), "denials_agree_with_figures", COMPLAINTS, "body")
    assert finding.blocks


@pytest.mark.parametrize(
    "title",
    [
        f"甲省明德学院{YEAR - 1}-{YEAR}学年度信息公开工作报告",
        f"甲省明德学院{YEAR - 1}学年信息公开年度报告",  # with some, the school year that begins then
        f"甲省明德学院{YEAR}年信息公开工作报告（{YEAR + 1}年1月）",
        "甲省明德学院信息公开工作年度报告",
    ],
)
def test_a_title_of_the_reports_year_is_left_alone(title):
    assert findings(full_document(title=title), "title_is_of_the_reports_year", HEAD, "title") == []


@pytest.mark.parametrize(
    "words",
    [
        f"统计期限为{YEAR - 1}年9月至{YEAR}年8月，其中财务数据的统计期限为{YEAR - 1}年1月1日至12月31日。",
        f"统计期限为{YEAR - 1}年9月至{YEAR}年8月。公示的统计时间自{YEAR - 1}年1月1日至{YEAR - 1}年12月31日。",
        f"部分数据的统计期限自{YEAR - 1}年1月1日至{YEAR - 1}年12月31日。",
    ],
)
def test_a_period_of_some_figures_is_not_the_reports(words):
    assert findings(preamble(words), "stated_period_is_the_forms", HEAD, "preamble") == []


def test_a_stated_period_may_leave_out_the_second_year():
    words = "数据的统计期限为2011年1月1日至12月31日。"
    [finding] = findings(preamble(words), "stated_period_is_the_forms", HEAD, "preamble")
    assert "2011年1月1日至2011年12月31日" in finding.sentence


def test_what_sounds_like_a_word_of_the_field_is_a_slip():
    document = body(OVERVIEW, "做好新息公开工作，接受社会工众监督，完善规张制度。")
    assert [one.passages[0].text for one in findings(document, "no_known_slips", OVERVIEW, "body")] == [
        "新息公开",
        "社会工众",
        "规张制度",
    ]


def test_a_quotation_may_run_over_paragraphs():
    document = body(OVERVIEW, "“公开不是把文件挂出去就算了。", "“要问一问自己：师生看得懂吗？”")
    assert findings(document, "quotes_and_brackets_are_in_pairs", OVERVIEW, "body") == []


def test_an_item_number_before_a_year_is_no_decimal():
    document = body(OVERVIEW, "1.2025年底以前建成平台。", "2.自2026年起使用平台。", "3.加强培训。")
    assert findings(document, "numbers_in_text_run_on", OVERVIEW, "body") == []


def test_a_damaged_name_of_a_law_is_told_once():
    document = preamble("根据《高等学院信息公开办法》编制。")
    assert [one.rule for one in run(document, CONTEXT)] == ["names_of_laws_are_whole"]


def test_of_an_exact_count_both_rough_words_go():
    document = body(OVERVIEW, "公开信息约1,283条左右。")
    [finding] = findings(document, "counts_do_not_contradict_themselves", OVERVIEW, "body")
    assert fixes.text_of(fixes.fixed(document, finding), OVERVIEW, "body").text.strip() == "公开信息1,283条。"


def test_the_sounds_are_those_of_the_terms():
    """What ``sounds.txt`` holds is made from pypinyin: a term added without it would not be heard."""
    assert write_sounds.PATH.read_text(encoding="utf-8") == write_sounds.text()


def test_no_term_sounds_like_another():
    terms = sounds.terms()
    assert len(set(terms)) == len(terms)
    assert list(sounds.find("，".join(terms))) == []


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.wrong)
def test_a_slip_is_found_in_its_example_and_not_in_longer_words(slip):
    assert slip.wrong != slip.right
    assert slip.wrong in [one.wrong for _, _, one in slips.find(slip.example, SLIPS)]
    assert [word for word in slip.unless if slip in [one for _, _, one in slips.find(word, SLIPS)]] == []


def test_a_short_period_with_its_reason_is_left_alone():
    period = {"start": f"{YEAR}-04-17", "end": f"{YEAR}-08-31"}
    document = body(OVERVIEW, f"学校于{YEAR}年4月17日经省人民政府批准设立。", period=period)
    assert findings(document, "period_is_not_too_short", HEAD, "period_start") == []


def test_a_heading_of_a_report_in_fewer_parts_is_held_to_its_form_alone():
    changes = {f"sections__{key}__heading": "" for key in ("overview", "on_request", "other")}
    document = full_document(**changes)
    assert [one for one in run(document, CONTEXT) if one.rule == "headings_are_numbered_in_order"] == []


def test_a_province_may_weigh_a_rule_otherwise():
    document = body(OTHER, "无")
    [finding] = findings(document, "sections_say_more_than_none", OTHER, "body")
    assert not finding.blocks
    severities = {"sections_say_more_than_none": "error"}
    [finding] = findings(document, "sections_say_more_than_none", OTHER, "body", severities=severities)
    assert finding.blocks


def test_operators_own_slips_are_looked_for():
    from disclosure.checks.slips import Slip

    document = body(OVERVIEW, "学校设有信息公开钱栏。")
    [finding] = findings(document, "no_known_slips", OVERVIEW, "body", slips=[Slip("钱栏", "专栏")])
    assert finding.sentence == "「钱栏」疑为「专栏」之误。"


def test_a_fix_for_another_text_is_refused():
    document = body(OVERVIEW, "实现诉求零门栏。")
    [finding] = findings(document, "no_known_slips", OVERVIEW, "body")
    with pytest.raises(texts.Outdated):
        fixes.fixed(body(OVERVIEW, "请实现诉求零门栏。"), finding)


def test_a_finding_that_offers_no_fix_changes_nothing():
    document = body(OVERVIEW, "学校通过官网公开信息，")
    [finding] = findings(document, "sentences_are_whole", OVERVIEW, "body")
    assert finding.fix is None
    assert fixes.fixed(document, finding) == document
    assert fixes.snippets(document, [finding]) == ()


def test_a_place_is_told_as_an_editor_counts():
    text = texts.Text(
        OVERVIEW,
        "body",
        "正文",
        "<table><tbody><tr><td>𠮷</td><td>甲 乙</td></tr></tbody></table><p>丙<br>丁戊</p>",
        True,
    )
    wrapped = texts.Text(
        OVERVIEW, "body", "正文", text.value.replace("<td>", "<td><p>").replace("</td>", "</p></td>"), True
    )
    for one in (text, wrapped):
        start = one.text.index("甲")
        end = one.text.index("丁") + 1
        places = texts.places(one, Passage(OVERVIEW, "body", start, end, one.text[start:end]))
        assert places == [texts.Place(1, 0, 3), texts.Place(2, 0, 1), texts.Place(3, 0, 1)]
    at = text.text.index("𠮷")
    assert texts.places(text, text.passage(at, at + 1)) == [texts.Place(0, 0, 2)]


def test_a_finding_is_told_as_json():
    [finding] = findings(body(OTHER, "无"), "sections_say_more_than_none", OTHER, "body")
    told = finding.to_json()
    assert told["fix"] == {
        "label": "改为「无其他需要报告的事项。」",
        "edits": [{"start": 0, "end": 1, "old": "无", "new": "无其他需要报告的事项。"}],
    }
    assert told["passages"] == [{"section": "other", "field": "body", "start": 0, "end": 1, "text": "无"}]
    assert (told["severity"], told["rule"]) == ("warning", "sections_say_more_than_none")


def test_the_day_the_period_ends_may_be_stated():
    start, end = PERIOD
    words = f"统计期限为{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日。"
    assert run(preamble(words), Context(period=PERIOD)) == []


def test_a_text_too_long_to_be_set_holds_nobody_up():
    document = body(OVERVIEW, "，" * 1_000_000)
    assert [one.rule for one in run(document, CONTEXT)] == ["texts_can_be_set"]


@given(wild_html.map(clean))
def test_the_text_of_the_rules_is_the_text_of_the_field(html):
    text = texts.Text(OVERVIEW, "body", "正文", html, True)
    assert text.text == to_text(html)
    assert len(text.seen) == len(text.text)
    assert [text.text[block.start : block.end] for block in text.blocks] == [block.text for block in text.blocks]
    whole = tuple(text.edit(block.start, block.end, block.text) for block in text.blocks)
    assert to_text(text.edited(whole)) == to_text(clean(html))

"""What is blanked in text that is taken over, and what stays: a table of invented sentences, and what holds of any."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.richtext import clean, to_text
from disclosure.richtext.placeholders import BLANK, blanked, blanked_html, count

OWN_YEARS = {2023, 2024}

# In what is expected _ stands for a blank. A sentence without one stays as it is.
SENTENCES = [
    # Years
    ("2024年，学校继续推进信息公开。", "_年，学校继续推进信息公开。"),
    ("2023-2024学年度，学校没有收到申请。", "_学年度，学校没有收到申请。"),
    ("２０２３—２０２４学年度工作情况", "_学年度工作情况"),
    ("2023~2024年度", "_年度"),
    ("二〇二四年，学校修订了章程。", "_年，学校修订了章程。"),
    ("二○二三年至二〇二四年", "_年至_年"),
    ("二O二三年，二Ｏ二二年，二０二一年，二0二〇年", "_年，_年，_年，_年"),
    ("二〇二二—二〇二三学年度", "_学年度"),
    ("二零二二至二零二三年", "_至_年"),
    ("学校自 2017 年起公开预算。", "学校自 _ 年起公开预算。"),
    ("2024/2025学年的计划", "_学年的计划"),
    # Dates
    ("统计期限自2023年9月1日至2024年8月31日止。", "统计期限自_年_月_日至_年_月_日止。"),
    ("10月26日召开会议。", "_月_日召开会议。"),
    ("于二〇二四年十月二十六日印发。", "于_年_月_日印发。"),
    ("九月至十二月开展了自查。", "_月至_月开展了自查。"),
    ("六月底完成。", "_月底完成。"),
    ("2024.10.26印发", "_印发"),
    ("2024-10-26 发布", "_ 发布"),
    ("截至8月31日，公开了全部事项。", "截至_月_日，公开了全部事项。"),
    # Counts in digits
    ("通过官网发布信息1286条。", "通过官网发布信息_条。"),
    ("发布信息1,286条", "发布信息_条"),
    ("收到申请（12）件，答复(12)件。", "收到申请（_）件，答复(_)件。"),
    ("包括（1）名称；（2）场所", "包括（1）名称；（2）场所"),
    ("公开信息“1286”条，“12345”热线转办“12”件", "公开信息“_”条，“12345”热线转办“_”件"),
    ("培训千余人次，走访百余名校友。", "培训_余人次，走访_余名校友。"),
    ("同比增长三倍，满意率九成八。", "同比增长_倍，满意率_。"),
    ("发布信息１２８６条", "发布信息_条"),
    ("近2000余条", "近_余条"),
    ("官网：1200条，微信：357条", "官网：_条，微信：_条"),
    ("参加培训28个部门125人次", "参加培训_个部门_人次"),
    ("答复申请3～5件", "答复申请_件"),
    ("共1.2万条", "共_条"),
    ("收取费用3.5万元，减免1,286.50元。", "收取费用_万元，减免_元。"),
    ("共收到申请0件。", "共收到申请_件。"),
    ("公开事项45项，不涉及的5项。", "公开事项_项，不涉及的_项。"),
    ("阅读量在2000人次以上", "阅读量在_人次以上"),
    ("印发公文至89号。", "印发公文至_号。"),
    ("平均8.5个工作日答复。", "平均_个工作日答复。"),
    ("新生3000多人参加了测试。", "新生_多人参加了测试。"),
    ("接听咨询电话1200余次。", "接听咨询电话_余次。"),
    # Percentages and shares
    ("满意的占97.5%。", "满意的占_%。"),
    ("满意率９８％", "满意率_％"),
    ("百分之九十八的师生表示满意。", "百分之_的师生表示满意。"),
    ("比上年提高3.2个百分点。", "比上年提高_个百分点。"),
    ("九成以上的师生满意", "_成以上的师生满意"),
    ("三分之二的部门参加了培训", "_的部门参加了培训"),
    # Counts in Chinese numerals
    ("发布信息九百三十余条。", "发布信息_余条。"),
    ("共组织培训三次。", "共组织培训_次。"),
    ("召开了两次专题会议。", "召开了_次专题会议。"),
    ("收到举报一件，已办结。", "收到举报_件，已办结。"),
    ("召开新闻发布会一场。", "召开新闻发布会_场。"),
    ("编发简报十二期", "编发简报_期"),
    ("二十八个部门参加了培训", "_个部门参加了培训"),
    ("新修订制度三项，", "新修订制度_项，"),
    ("发布信息上百条", "发布信息上_条"),
    ("举办讲座二三十场", "举办讲座_场"),
    ("建校七十周年", "建校_周年"),
    ("三人次参加", "_人次参加"),
    ("行政诉讼零件，行政复议一件。", "行政诉讼_件，行政复议_件。"),
    ("投诉三百二十六件，办结率为百分之百。", "投诉_件，办结率为百分之_。"),
    ("三、四月份开展了两期培训", "_、_月份开展了_期培训"),
    ("审议议题215项，更换展板15期，来信56封。", "审议议题_项，更换展板_期，来信_封。"),
    ("点击量达120万余次，关注人数12.6万人", "点击量达_余次，关注人数_人"),
    ("投入3.5亿元，占地3000亩", "投入_亿元，占地_亩"),
    ("其中1件予以公开，1件不属于公开范围", "其中_件予以公开，_件不属于公开范围"),
    ("99.5分", "_分"),
    ("1-8月", "_月"),
    # A number right after the numbering
    ("1.2024年主动公开情况", "1._年主动公开情况"),
    ("2、2024年公开1286条", "2、_年公开_条"),
    ("（一）2024年主动公开情况", "（一）_年主动公开情况"),
    ("1 2024年情况", "1 _年情况"),
    # Places in a ranking
    ("在排行榜上名列前三。", "在排行榜上名列前_。"),
    ("影响力排名第2", "影响力排名第_"),
    # Papers of the year itself
    (
        "根据《关于做好2024年高校信息公开年度报告工作的通知》（教办厅函〔2024〕41号）",
        "根据《关于做好_年高校信息公开年度报告工作的通知》（教办厅函〔_〕_号）",
    ),
    ("按照《2024年政务公开工作要点》", "按照《_年政务公开工作要点》"),
    # Document numbers, orders, names: no facts of the year
    ("《高等学校信息公开办法》（教育部令第29号）", None),
    ("（教办函〔2014〕23号）", None),
    ("教办厅函[2018]80 号", None),
    ("校办发【2024】12号", None),
    ("鄂教办函（2023）13号", None),
    ("依据国务院第711号令", None),
    ("29号令", None),
    ("依照第十五条", None),
    ("依照第 15 条", None),
    ("《章程（2023年修订）》", None),
    ("《国家中长期教育改革和发展规划纲要（2010-2020年）》", None),
    ("党的二十大精神", None),
    ("党的十九届四中全会精神", None),
    ("学校“十四五”规划", None),
    ("“1234政务中心”阳光服务", None),
    ("「三公」经费", None),
    ("招生“十公开”规定", None),
    ("紧扣00后特点", None),
    ("“3·15”宣传", None),
    ("推行“1+X”证书", None),
    ("5G网络和A4纸", None),
    # Numbering
    ("1.加强组织领导", None),
    ("1、加强组织领导", None),
    ("（1）加强领导；（2）完善制度", None),
    ("（一）依申请公开情况", None),
    ("十一、其他事项", None),
    ("1.1 工作机制", None),
    ("3 会议纪要、公文等", None),
    ("主要做法如下：1.建章立制；2.压实责任。", None),
    ("一是领导重视。二是机制健全。", None),
    ("第一，加强宣传；第二，加强监督。", None),
    ("见附件2", None),
    ("附件1：信息公开工作联系方式", None),
    ("表1 信息公开统计表", None),
    # Language
    ("清单共10大类50条", None),
    ("一、二、三年级", None),
    ("“三重一大”决策制度", None),
    ("“一网通办”“最多跑一次”", None),
    ("每周一更新", None),
    ("“2+1”工作机制", None),
    ("第12届教代会", None),
    ("第五届第三次会议", None),
    ("从三个方面改进", None),
    ("主动公开信息分五大类", None),
    ("主动公开信息共5大类", None),
    ("是一项重要工作，要进一步加强", None),
    ("各二级学院", None),
    ("校院两级管理", None),
    ("统一部署，一起承担", None),
    ("一年来，学校高度重视", None),
    ("师生零距离、反馈零时差", None),
    ("百年大计，教育为本", None),
    ("高效办成一件事", None),
    ("一次性告知", None),
    ("取得一定成绩", None),
    ("个别栏目，一些部门", None),
    ("前三个方面", None),
    ("图书馆一楼大厅", None),
    # How often, by rule; how long, by law
    ("每学期开展一次业务培训", None),
    ("每年召开2次会议", None),
    ("每月通报一次", None),
    ("在15个工作日内答复", None),
    ("设有24小时服务的热线", None),
    # Phones, links, places
    ("咨询电话：0000-2285090", None),
    ("拨打12345热线", None),
    ("邮编：430000", None),
    ("见 https://www.example.edu.cn/2024/info/1286.htm", None),
    ("邮箱 office2024@example.edu.cn", None),
    ("行政楼305室", None),
    ("学府路18号", None),
    ("办公时间8:30至17:30", None),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence[:30] for sentence, _ in SENTENCES])
def test_a_sentence_loses_the_facts_of_its_year_and_nothing_else(sentence, expected):
    expected = sentence if expected is None else expected.replace("_", BLANK)
    assert blanked(sentence, OWN_YEARS) == expected


def test_the_table_is_long_enough():
    assert len({sentence for sentence, _ in SENTENCES}) == len(SENTENCES) >= 80


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence[:30] for sentence, _ in SENTENCES])
def test_blanking_twice_blanks_no_more(sentence, expected):
    once = blanked(sentence, OWN_YEARS)
    assert blanked(once, OWN_YEARS) == once


def test_a_paper_of_another_year_keeps_its_name():
    name = "《关于做好2016年信息公开工作的通知》（教办函〔2016〕12号）"
    assert blanked(name, OWN_YEARS) == name
    assert count(blanked(name, {2016})) == 3


# --- running text -----------------------------------------------------------------------------------------------------


def test_a_number_may_begin_in_one_element_and_end_in_another():
    assert blanked_html("<p>共<strong>1</strong>286条，<em>满意</em>98%</p>") == (
        f"<p>共<strong>{BLANK}</strong>条，<em>满意</em>{BLANK}%</p>"
    )


def test_what_looks_like_markup_stays_text():
    assert blanked_html("<p>公布&lt;清单&gt;的通知，2024年&amp;2023年</p>") == (
        f"<p>公布&lt;清单&gt;的通知，{BLANK}年&amp;{BLANK}年</p>"
    )


def test_each_paragraph_has_its_own_numbering():
    html = "<h3>（一）机制</h3><p>1.建章立制，新订3项</p><ul><li>2.公开1286条</li></ul>"
    assert blanked_html(html) == f"<h3>（一）机制</h3><p>1.建章立制，新订{BLANK}项</p><ul><li>2.公开{BLANK}条</li></ul>"


def test_the_address_of_a_link_stays():
    html = '<p>见<a href="https://www.example.edu.cn/2024/1286.htm">2024年预算</a></p>'
    assert blanked_html(html) == html.replace("2024年", f"{BLANK}年")


def test_the_cells_of_a_table_lose_their_figures_and_keep_their_numbering():
    html = (
        "<table><caption>2024年公开情况</caption><thead><tr><th>序号</th><th>渠道</th><th>2024年（条）</th></tr></thead>"
        "<tbody><tr><td>1</td><td>官网</td><td>1286</td></tr><tr><td><p>2</p></td><td>微信</td><td>约357</td></tr>"
        '<tr><td colspan="2">合计</td><td>1643</td></tr></tbody></table>'
    )
    assert to_text(blanked_html(html)).split() == [
        f"{BLANK}年公开情况",
        *("序号", "渠道", f"{BLANK}年（条）"),
        *("1", "官网", BLANK),
        *("2", "微信", f"约{BLANK}"),
        *("合计", BLANK),
    ]


def test_a_first_column_of_figures_is_no_numbering():
    html = "<table><tbody><tr><td>12</td><td>官网</td></tr><tr><td>7</td><td>微信</td></tr></tbody></table>"
    assert count(blanked_html(html)) == 2


words = st.text(
    st.sampled_from("0123456789年月日条件次人一二三十百千万零〇两，。：（）()《》〔〕“”.-%％ 第号每共收到信息a<&\n"),
    max_size=60,
)


@given(words)
def test_whatever_the_text_its_words_stay_in_order(text):
    """Only characters of numbers go, and each run of them leaves one blank."""
    pieces = blanked(text, OWN_YEARS).split(BLANK)
    pattern = r"[0-9０-９一二三四五六七八九十百千万亿零〇○两点分之,，.．/\-—~～ \s]{1,60}?".join(map(re.escape, pieces))
    assert re.fullmatch(pattern, text, re.DOTALL)


@given(st.lists(words, max_size=4))
def test_cleaned_html_stays_clean(texts):
    html = clean("".join(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in texts))
    made = blanked_html(html, OWN_YEARS)
    assert clean(made) == made


@given(words)
def test_no_year_is_left_outside_names_and_numbers_of_documents(text):
    if any(sign in text for sign in "《〔（(“第.a号-"):
        return
    for year in re.findall(r"(?<![0-9.])20[0-9]{2}年", blanked(text, OWN_YEARS)):
        pytest.fail(year)


@pytest.mark.parametrize(
    "piece",
    ["2024年", "1", "一", "《", "（1）", "“1", "电话", "0-", "1.", "a.", "百分之九", "收到一", "〔2024〕", "<&"],
)
def test_a_long_text_takes_no_time(piece):
    text = piece * (50_000 // len(piece))
    begun = time.process_time()
    blanked(text, OWN_YEARS)
    assert time.process_time() - begun < 3

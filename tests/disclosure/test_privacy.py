"""Personal data in what becomes public: found, and masked without harm to the rest."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given

from disclosure.richtext import clean, personal_data, to_text
from tests.strategies import personal_html, personal_texts


@given(personal_texts)
@example("a@163.com")
@example("13800138000@qq.com@qq.com")
def test_a_mask_keeps_the_length_and_hides_everything_found(text):
    masked = personal_data.mask(text)
    assert len(masked) == len(text)
    assert personal_data.find(masked) == []


@given(personal_texts)
def test_what_is_found_does_not_overlap(text):
    found = personal_data.find(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(personal_html.map(clean))
@example("<p>138<strong>0013</strong>8000</p>")
@example("<p>138\n0013\n8000</p>")
@example("<p>13800138000\n1</p>")
@example("<table><tbody><tr><td>138</td><td>1301</td><td>3800</td></tr></tbody></table>")
def test_masking_html_leaves_the_tags_and_nothing_personal(html):
    masked = personal_data.mask_html(html)
    assert re.findall(r"<[^>]*>", masked) == re.findall(r"<[^>]*>", html)
    assert personal_data.find_in_html(masked) == []
    assert clean(masked) == masked
    assert personal_data.mask_html(masked) == masked


@given(personal_html.map(clean))
def test_html_without_personal_data_is_left_as_it_is(html):
    if not personal_data.find_in_html(html):
        assert personal_data.mask_html(html) == html


@pytest.mark.parametrize(
    ("text", "masked", "kind"),
    [
        ("电话13800138000。", "电话138****8000。", "手机号码"),
        ("电话138 0013 8000。", "电话138******8000。", "手机号码"),
        ("电话138-0013-8000。", "电话138******8000。", "手机号码"),
        ("电话１３８００１３８０００。", "电话１３８****８０００。", "手机号码"),
        ("电话+8613800138000。", "电话+86*******8000。", "手机号码"),
        ("电话008613800138000。", "电话008********8000。", "手机号码"),
        ("电话1380 013 8000。", "电话138******8000。", "手机号码"),
        ("电话138\u200b001\u200b38000。", "电话138******8000。", "手机号码"),
        ("身份证110105 19491231 002X。", "身份证110105**********002X。", "身份证号"),
        ("身份证11010519491231002X。", "身份证110105********002X。", "身份证号"),
        ("卡号4111111111111111。", "卡号411111******1111。", "银行卡号"),
        ("卡号4111 1111 1111 1111。", "卡号4111 1*********1111。", "银行卡号"),
        ("邮箱10000@qq.com。", "邮箱1****@qq.com。", "个人邮箱"),
        ("邮箱a@163.com。", "邮箱*@163.com。", "个人邮箱"),
        ("电话138 - 0013 - 8000。", "电话138**********8000。", "手机号码"),
        ("电话1 3 8 0 0 1 3 8 0 0 0。", "电话1 3************** 0 0。", "手机号码"),
        ("电话1380013 8000。", "电话138*****8000。", "手机号码"),
        ("电话013800138000。", "电话013*****8000。", "手机号码"),
        ("电话（+86）138·0013·8000。", "电话（+8***********8000。", "手机号码"),
        ("电话138\xad0013\u202e8000。", "电话138******8000。", "手机号码"),
        ("身份证1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X。", "身份证1 1 0 ************************* 2 X。", "身份证号"),
        ("2023年 11010519491231002X。", "2023年 110105********002X。", "身份证号"),
        ("卡号4111\xa01111\xa01111\xa01111。", "卡号4111\xa01*********1111。", "银行卡号"),
        ("卡号4111 1111 1111 1111 12月", "卡号4111 1*********1111 12月", "银行卡号"),
        ("邮箱AB@QQ.COM。", "邮箱A*@QQ.COM。", "个人邮箱"),
        ("邮箱ab＠qq.com。", "邮箱a*＠qq.com。", "个人邮箱"),
        ("邮箱ab @ qq .com。", "邮箱a* @ qq .com。", "个人邮箱"),
        ("邮箱ab#163.com。", "邮箱a*#163.com。", "个人邮箱"),
        ("邮箱ab@qq.com-张三。", "邮箱a*@qq.com-张三。", "个人邮箱"),
        ("邮箱ab@qq.com2号楼", "邮箱a*@qq.com2号楼", "个人邮箱"),
    ],
)
def test_each_kind_is_masked_as_the_rules_say(text, masked, kind):
    assert personal_data.mask(text) == masked
    assert [datum.kind for datum in personal_data.find(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "办公电话0000-0000123",
        "编号110105194912310021，校验位不对",
        "卡号4111111111111112，校验和不对",
        "2023年主动公开138条，1301条，3800条",
        "邮箱xxgk@example.edu.cn",
        "教办函〔2014〕23号",
        "ISBN 978-7-302-51234-5",
        "统一社会信用代码124300004448771231",
        "2022-2023学年，1998-2022年",
        "收入13800138000元，13800138000.55，13,800,138,000元",
        "薪酬15000-200000元",
        "分别为138/1301/3800条",
        "138 1301 380",
        "5000 4000 3000 2000",
        "邮箱xxgk@qq.com.cn",
    ],
)
def test_what_is_nobodys_own_is_left_alone(text):
    assert personal_data.mask(text) == text


def test_three_cells_of_a_table_are_not_one_number():
    html = "<table><tbody><tr><td>138</td><td>1301</td><td>3800</td></tr></tbody></table>"
    assert personal_data.mask_html(html) == html
    assert personal_data.find_in_html(html) == []


def test_a_number_that_a_line_break_of_the_source_cuts_is_found():
    assert to_text(personal_data.mask_html("<p>138\n0013\n8000</p>")) == "138******8000\n"


def test_a_number_that_tags_cut_is_masked_across_them():
    assert personal_data.mask_html("<p>138<strong>0013</strong>8000</p>") == "<p>138<strong>****</strong>8000</p>"


def test_a_number_that_goes_on_in_the_next_line_is_masked_in_both():
    assert personal_data.mask_html("<p>1380013<br>8000</p>") == "<p>138****<br>8000</p>"
    assert personal_data.mask_html("<p>138<br>1301<br>3800</p>") == "<p>138<br>1301<br>3800</p>"


@pytest.mark.parametrize("address", ["mailto:10000@qq.com", "mailto:10000%40qq.com", "https://a.cn/?m=a%40qq.com"])
def test_a_link_to_personal_mail_loses_its_target(address):
    assert personal_data.mask_html(f'<p><a href="{address}">写信</a></p>') == "<p><a>写信</a></p>"


@pytest.mark.parametrize("text", ["a" * 200_000, "1" * 200_000, "@qq.com" * 3_000, "a@" * 60_000])
def test_a_long_text_is_read_in_proportion_to_its_length(text):
    start = time.process_time()
    personal_data.find(text)
    assert time.process_time() - start < 5  # with the square of the length it would be minutes


def test_a_mobile_is_known_however_it_is_spaced():
    assert personal_data.is_mobile("138 0013 8000")
    assert not personal_data.is_mobile("0000-0000123")


def test_a_mailbox_of_the_school_is_not_personal():
    assert personal_data.is_personal_mail("1@VIP.QQ.com")
    assert not personal_data.is_personal_mail("xxgk@example.edu.cn")

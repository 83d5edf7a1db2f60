"""Numbers as offices write them."""

import random
import time
from decimal import Decimal

import pytest

from disclosure.chinese.numerals import chinese_value, find_numbers, narrow


def read(text):
    return [(number.value, number.approximate, number.unit) for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1286条", 1286),
        ("1,286条", 1286),
        ("1，286条", 1286),
        ("１２８６条", 1286),
        ("1 286条", 1286),
        ("1.2万条", 12000),
        ("3万5千条", 35000),
        ("2千条", 2000),
        ("12.5元", Decimal("12.5")),
        ("一百二十三条", 123),
        ("九百三十条", 930),
        ("两千条", 2000),
        ("两千一百三十五条", 2135),
        ("一千零五条", 1005),
        ("一千二条", 1200),
        ("二百五十条", 250),
        ("一万二千三百条", 12300),
        ("十八条", 18),
        ("十条", 10),
        ("五条", 5),
        ("零件", 0),
        ("〇件", 0),
        ("二〇二三年", 2023),
        ("壹佰贰拾叁条", 123),
        ("三点五天", Decimal("3.5")),
        ("总数1286条", 1286),
        ("官网：1200条", 1200),
        ("官网-120条", None),
    ],
)
def test_a_number_is_read(text, value):
    assert read(text) == ([] if value is None else [(value, False, "")])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("近2000条", 2000),
        ("1700余条", 1700),
        ("近1000余条", 1000),
        ("九百三十余条", 930),
        ("3万余条", 30000),
        ("3余万条", 30000),
        ("三百余万条", 3000000),
        ("2800多个", 2800),
        ("约 300条", 300),
        ("大约300条", 300),
        ("300条左右", 300),
        ("3000条以上", 3000),
        ("超过3000条", 3000),
        ("不少于50条", 50),
    ],
)
def test_a_number_says_that_it_is_not_exact(text, value):
    assert read(text) == [(value, True, "")]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("98%", 98),
        ("98.5％", Decimal("98.5")),
        ("百分之九十八", 98),
        ("百分之九十六点五", Decimal("96.5")),
        ("百分之98", 98),
        ("九成", 90),
        ("九成五", 95),
        ("九成半", 95),
        ("千分之五", Decimal("0.5")),
    ],
)
def test_a_percentage_is_read_in_percent(text, percent):
    assert read(text) == [(percent, False, "percent")]


@pytest.mark.parametrize(
    "text",
    [
        *("几十条", "十几条", "数百条", "上百条", "成千上万", "二三十条", "两三百条", "百余个"),
        *("2022-2023学年", "0712-2285090", "12.5.1", "A12", "8:30", "一百零十", "百", "9" * 60, "一" * 60),
    ],
)
def test_what_is_not_one_number_gives_none(text):
    assert read(text) == []


def test_a_number_knows_its_place_and_that_of_the_words_around_it():
    text = "共公开信息近２０００余条。"
    (number,) = find_numbers(text)
    assert text[number.start : number.end] == "２０００余"
    assert text[number.outer_start : number.outer_end] == "近２０００余"
    assert narrow(text) == "共公开信息近2000余条。"


def test_a_number_after_di_is_a_place_in_a_row():
    assert [number.ordinal for number in find_numbers("第29号令，29件")] == [True, False]


def chinese(number: int) -> str:
    """A number below a hundred million as it is written."""
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")

    def four(part: int) -> str:
        words = ""
        for place in range(3, -1, -1):
            digit = part // 10**place % 10
            if digit:
                words += digits[digit] + units[place]
            elif words and not words.endswith("零"):
                words += "零"
        return words.rstrip("零")

    high, low = divmod(number, 10_000)
    words = four(high) + "万" if high else ""
    if low:
        words += ("零" if high and low < 1000 else "") + four(low)
    return words.replace("一十", "十", 1) if words.startswith("一十") else words or "零"


def test_every_number_as_it_is_written_is_read_back():
    rarer = random.Random(1)
    numbers = [*range(20_000), *(rarer.randrange(10**8) for _ in range(5_000))]
    assert [number for number in numbers if chinese_value(chinese(number)) != number] == []


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1,111,", "1 111 ", "一", "百", "一百", "近", "百分之", "余", "1.", "九成"]
)
def test_finding_numbers_takes_time_that_grows_with_the_text(piece):
    started = time.process_time()
    find_numbers(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 4

"""How Word writes a number, by the names of ST_NumberFormat (ECMA-376 part 1, 17.18.59)."""

import pytest

from disclosure.importing.reading.numbering import _FORMATS, chinese, written


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", {1: "1", 10: "10"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalHalfWidth", {12: "12"}),
        ("chineseCounting", {0: "零", 1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "一百"}),
        (
            "chineseCountingThousand",
            {12: "十二", 105: "一百零五", 110: "一百一十", 1001: "一千零一", 2023: "二千零二十三"},
        ),
        ("japaneseCounting", {3: "三", 14: "十四"}),
        ("taiwaneseCountingThousand", {15: "十五"}),
        ("ideographDigital", {9: "九", 10: "一〇", 23: "二三"}),
        ("taiwaneseDigital", {10: "一〇"}),
        ("chineseLegalSimplified", {1: "壹", 12: "壹拾贰", 305: "叁佰零伍"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51", 0: "0"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛", 21: "21"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("upperRoman", {4: "IV", 1994: "MCMXCIV", 4000: "4000", 0: "0"}),
        ("lowerRoman", {9: "ix"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA", 0: "0", 100_000: "100000"}),
        ("lowerLetter", {2: "b"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 112: "112th"}),
        ("numberInDash", {5: "- 5 -"}),
        ("hex", {255: "FF"}),
        ("none", {5: ""}),
        ("chicago", {1: "*", 2: "†", 5: "**"}),
        ("klingonNumeric", {7: "7"}),
    ],
)
def test_a_number_is_written_as_its_format_says(style, expected):
    assert {number: written(number, style) for number in expected} == expected


@pytest.mark.parametrize("style", sorted(_FORMATS))
@pytest.mark.parametrize("number", [-1, 0, 1, 99, 12_345, 2**31 - 1])
def test_no_number_is_too_large_to_be_written(style, number):
    assert len(written(number, style)) < 100


def test_chinese_numerals():
    numbers = {10_000: "一万", 12_000: "一万二千", 100_500: "十万零五百", 100_000_000: "一亿", 200_000_003: "二亿零三"}
    assert {number: chinese(number) for number in numbers} == numbers

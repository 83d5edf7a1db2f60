"""The contacts annex, however a college draws it up. Names and numbers are invented."""

from html import escape

import pytest

from disclosure.importing.classify.contacts import (
    does_not_fit,
    find_contacts,
    is_contacts_line,
    is_contacts_table,
)
from disclosure.importing.proposal import BlockRole, ProposedBlock
from disclosure.report.enums import ContactRole, SectionKey
from disclosure.richtext import to_text

LEADER, HEAD, LIAISON, ADDITIONAL = ContactRole.LEADER, ContactRole.HEAD, ContactRole.LIAISON, ContactRole.ADDITIONAL


def table(*rows: str, spans: dict[tuple[int, int], str] | None = None) -> str:
    """A table: cells parted by bars; ``spans`` are attributes of single cells."""
    html = ""
    for number, row in enumerate(rows):
        cells = "".join(
            f"<td{(spans or {}).get((number, column), '')}>{escape(cell.strip(), quote=False)}</td>"
            for column, cell in enumerate(row.split("|"))
        )
        html += f"<tr>{cells}</tr>"
    return f"<table><tbody>{html}</tbody></table>"


def block(html: str) -> ProposedBlock:
    return ProposedBlock(html=html, text=to_text(html), role=BlockRole.CONTACTS, place=SectionKey.CONTACTS)


def people(*blocks: str) -> list[tuple]:
    """Role, name, position, office phone, mobile, mail of everybody found."""
    return [
        (one.role, one.name, one.position, one.office_phone, one.mobile, one.email)
        for one in find_contacts([block(html) for html in blocks])
    ]


THREE = [
    (LEADER, "张一山", "副校长", "0731-80000001", "13800138000", "a@example.edu.cn"),
    (HEAD, "李二水", "主任", "0731-80000002", "13800138001", "b@example.edu.cn"),
    (LIAISON, "王三木", "科员", "0731-80000003", "13800138002", "c@example.edu.cn"),
]
ROWS = (
    "{} |张一山|副校长|0731-80000001|13800138000|a@example.edu.cn",
    "{} |李二水|主任|0731-80000002|13800138001|b@example.edu.cn",
    "{} |王三木|科员|0731-80000003|13800138002|c@example.edu.cn",
)


@pytest.mark.parametrize(
    "heads",
    [
        " |姓名|职务|办公电话|移动电话|电子邮箱",
        "类别|姓 名|职务/职称|办公室电话|手机|邮箱",
        "联系人|姓名|职务|办公电话|移动电话|电子邮箱",
        "人员|姓名|行政职务|固定电话|手机号码|E-mail",
        "项目|姓　名|职　务|联系电话|移动电话|电子信箱",
    ],
)
@pytest.mark.parametrize(
    "roles",
    [
        ("学校分管领导", "部门负责人", "工作联系人"),
        ("分管校领导", "处室负责人", "联络员"),
        ("主管领导", "牵头部门负责人", "经办人"),
        ("信息公开分管领导", "信息公开部门负责人", "信息公开工作联系人"),
    ],
)
def test_columns_and_roles_are_told_by_their_words(heads, roles):
    html = table(heads, *(row.format(role) for row, role in zip(ROWS, roles, strict=True)))

    assert is_contacts_table(html)
    assert people(html) == THREE


def test_a_table_with_the_people_as_columns():
    html = table(
        "类别|分管领导|部门负责人|工作联系人",
        "姓名|张一山|李二水|王三木",
        "职务|副校长|主任|科员",
        "办公电话|0731-80000001|0731-80000002|0731-80000003",
        "手机|13800138000|13800138001|13800138002",
        "邮箱|a@example.edu.cn|b@example.edu.cn|c@example.edu.cn",
    )

    assert is_contacts_table(html)
    assert people(html) == THREE


def test_three_people_without_roles_are_the_three_of_the_annex():
    html = table("姓名|职务|办公电话|手机|邮箱", *(row.removeprefix("{} |") for row in ROWS))

    assert people(html) == THREE


def test_a_role_merged_over_two_rows_gives_the_second_person_no_role_of_their_own():
    html = table(
        "类别|姓名|职务|办公电话|手机|邮箱",
        "具体经办人|王三木|科员|0731-80000003|13800138002|c@example.edu.cn",
        "赵四海|干事|0731-80000004|13800138003|d@example.edu.cn",
        spans={(1, 0): ' rowspan="2"'},
    )

    assert [one[:2] for one in people(html)] == [(LIAISON, "王三木"), (ADDITIONAL, "赵四海")]


def test_a_name_merged_over_two_rows_is_one_person_with_two_numbers():
    html = table(
        "类别|姓名|手机|邮箱",
        "工作联系人|王三木|13800138002|c@example.edu.cn",
        "13800138009|",
        spans={(1, 0): ' rowspan="2"', (1, 1): ' rowspan="2"'},
    )

    assert people(html) == [(LIAISON, "王三木", "", "", "13800138002、13800138009", "c@example.edu.cn")]


def test_a_title_row_over_the_columns_is_passed_over():
    html = table(
        "信息公开工作联系方式",
        " |姓名|职务|办公电话|移动电话|电子邮箱",
        "学校分管领导|张一山|副校长|0731-80000001|13800138000|a@example.edu.cn",
        spans={(0, 0): ' colspan="6"'},
    )

    assert people(html) == THREE[:1]


def test_one_column_for_all_numbers_is_parted_into_office_and_mobile():
    html = table("职责|姓名|联系电话", "联系人|王三木|0731-80000003/13800138002", "分管领导|张一山|13800138000")

    assert people(html) == [
        (LIAISON, "王三木", "", "0731-80000003", "13800138002", ""),
        (LEADER, "张一山", "", "", "13800138000", ""),
    ]


def test_unit_and_position_in_two_columns_are_joined():
    html = table("类别|姓名|部门|职务|电话|邮箱", "联系人|王三木|学校办公室|科员|0731-80000003|c@example.edu.cn")

    assert people(html)[0][2] == "学校办公室 科员"


@pytest.mark.parametrize(
    "text",
    [
        "联系人：王三木　联系电话：0731-80000003　手机：13800138002　邮箱：c@example.edu.cn",
        "工作联系人:王 三 木，电话:0731-80000003，移动电话:13800138002，电子邮箱:c@example.edu.cn。",
        "联络员：王三木；办公电话：0731-80000003；手机号：13800138002；E-mail：c@example.edu.cn",
    ],
)
def test_a_person_in_a_line_of_text(text):
    assert is_contacts_line(text)
    assert people(f"<p>{text}</p>") == [(LIAISON, "王三木", "", "0731-80000003", "13800138002", "c@example.edu.cn")]


def test_people_over_several_lines_of_text():
    found = people(
        "<p>分管领导：张一山</p>",
        "<p>职务：副校长</p>",
        "<p>办公电话：0731-80000001</p>",
        "<p>联系人：王三木</p>",
        "<p>电话：13800138002</p>",
    )

    assert found == [
        (LEADER, "张一山", "副校长", "0731-80000001", "", ""),
        (LIAISON, "王三木", "", "", "13800138002", ""),
    ]


@pytest.mark.parametrize("bar", ["\t", "|"])
def test_a_table_that_came_as_text(bar):
    lines = [" |姓名|职务|办公电话|移动电话|电子邮箱", "---|---|---|---|---|---"]
    lines += [row.format(role) for row, role in zip(ROWS, ("分管领导", "部门负责人", "工作联系人"), strict=True)]

    assert people(*(f"<p>{line.replace('|', bar)}</p>" for line in lines)) == THREE


def test_nobody_is_lost_where_two_have_one_role():
    html = table(" |姓名|手机", "联络员|王三木|13800138002", "联络员|赵四海|13800138003", "分管领导|张一山|13800138000")

    assert [one[:2] for one in people(html)] == [(LIAISON, "王三木"), (ADDITIONAL, "赵四海"), (LEADER, "张一山")]


def test_the_own_words_of_the_annex_may_stand_twice():
    html = table(
        " |姓名|手机", "工作联系人|王三木|13800138002", "工作联系人|赵四海|13800138003", "其他联系人|孙五岳|13800138004"
    )

    assert [one[0] for one in people(html)] == [LIAISON, LIAISON, ADDITIONAL]


def test_a_form_with_labels_beside_the_values():
    html = table(
        "分管领导|姓名|张一山|职务|副校长",
        "办公电话|0731-80000001|移动电话|13800138000",
        "电子邮箱|a@example.edu.cn",
        "联系人|姓名|王三木|职务|科员",
        "办公电话|0731-80000003|移动电话|13800138002",
        "电子邮箱|c@example.edu.cn",
        spans={
            (0, 0): ' rowspan="3"',
            (2, 1): ' colspan="3"',
            (3, 0): ' rowspan="3"',
            (5, 1): ' colspan="3"',
        },
    )

    assert is_contacts_table(html)
    assert people(html) == [THREE[0], THREE[2]]


def test_the_position_behind_a_name_in_prose():
    found = people("<p>分管领导：张一山（副校长），电话：0731-80000001，手机：13800138000</p>")

    assert found == [(LEADER, "张一山", "副校长", "0731-80000001", "13800138000", "")]


def test_rows_parted_by_blanks():
    found = people(
        "<p>姓名 职务 办公电话 移动电话 电子邮箱</p>",
        *(
            f"<p>{row.format(role).replace('|', ' ')}</p>"
            for row, role in zip(ROWS, ("分管领导", "部门负责人", "联络员"), strict=True)
        ),
    )

    assert found == THREE


def test_numbers_that_fit_no_field_are_told():
    html = table(" |姓名|手机", "联系人|王三木|13800138002、13800138003、13800138004")
    blocks = [block(html)]

    contacts = find_contacts(blocks)
    assert contacts[0].mobile == "13800138002、13800138003"
    assert does_not_fit(blocks, contacts) == ["13800138004"]


@pytest.mark.parametrize(
    "html",
    [
        table("渠道|数量", "学校官网|401", "微信公众号|357"),
        table("序号|公开事项|公开网址", "1|学校章程|http://www.example.edu.cn/zc"),
        table("姓名|获奖", "张一山|一等奖"),
        table("项目|校内师生员工|校外个人|法人或其他组织|合计", "本期新收|0|0|0|0"),
    ],
)
def test_other_tables_are_no_contacts(html):
    assert not is_contacts_table(html)


@pytest.mark.parametrize(
    "text",
    [
        "学校通过电话、信箱等方式接受监督，联系电话为0731-80000000。",
        "各部门负责人：要高度重视信息公开工作。",
        "信息公开联系人培训2次。",
    ],
)
def test_running_text_is_no_contact(text):
    assert not is_contacts_line(text)

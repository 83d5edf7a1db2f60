"""The people of the contacts annex: from a table however it is turned, and from lines of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disclosure.document import Contact
from disclosure.enums import MANDATED_CONTACTS, ContactRole
from disclosure.importing.enumeration import compact
from disclosure.importing.layout import grid_of
from disclosure.importing.proposal import BlockRole, ProposedBlock
from disclosure.richtext import to_text

ROLE, NAME, POSITION, UNIT = "role", "name", "position", "unit"
PHONE, OFFICE, MOBILE, EMAIL = "phone", "office", "mobile", "email"

# What a column (or a row) of the annex is called, compared without blanks.
_COLUMNS = (
    (EMAIL, re.compile(r"邮箱|邮件|邮址|e-?mail|信箱", re.I)),
    (MOBILE, re.compile(r"移动电话|手机|移动|mobile", re.I)),
    (OFFICE, re.compile(r"办公电话|办公室电话|固定电话|座机|办电|单位电话|传真")),
    (PHONE, re.compile(r"电话|联系方式|号码|tel", re.I)),
    (NAME, re.compile(r"姓名|^名字$|^联系人$|^人员姓名|^联络员$|负责人姓名")),
    (POSITION, re.compile(r"职务|职称|岗位|职位")),
    (UNIT, re.compile(r"^(?:所在)?(?:部门|单位|处室|科室)(?:名称)?$|工作单位|所在部门|单位及职务|部门及职务")),
    (ROLE, re.compile(r"类别|分工|身份|角色|人员类别|职责|^项目$|^人员$|^类型$|^备注$")),
)
_ROLES = (
    (ContactRole.LEADER, re.compile(r"分管|主管(?:校|院)?领导|校领导|院领导|学校领导|学院领导|校级领导|主管领导")),
    (ContactRole.LIAISON, re.compile(r"联系人|联络|经办|工作人员|具体负责|填报人|填表人|承办|专职|信息员|管理员")),
    (ContactRole.HEAD, re.compile(r"负责人|部门领导|处室领导|部门主管|主任|处长|牵头")),
)
_MAIL = re.compile(r"[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d-])(?:\(?0\d{2,3}\)?[\s—–-]{0,3})?[2-9]\d{6,7}(?:(?:转|[-—])\d{1,6})?(?!\d)")
_LABELLED = re.compile(
    r"(?P<label>分管(?:校|院)?领导|部门负责人|处室负责人|负责人|工作联系人|联系人|联络人|联络员|经办人|姓名|职务|职称|"
    r"办公电话|办公室电话|联系电话|固定电话|移动电话|手机号码|手机号|手机|电话|传真|电子邮箱|电子邮件|邮箱|e-?mail|部门|单位|地址|邮编|邮政编码)"
    r"\s{0,3}[:：]\s{0,3}",
    re.I,
)
_NAME_OF_A_PERSON = re.compile(r"[\u3400-\u9fff·•]{2,12}")


@dataclass(frozen=True)
class Person:
    """Someone found, with what the source calls their part (``called``, "" where it says nothing)."""

    contact: Contact
    called: str = ""
    is_certain: bool = True


def is_contacts_table(html: str) -> bool:
    """Whether a table lists people with telephone or mail."""
    grid = grid_of(html)
    if not 2 <= len(grid) <= 60:
        return False
    return _header(grid) is not None or _header(_turned(grid)) is not None


def is_contacts_line(text: str) -> bool:
    """Whether a paragraph names somebody to turn to, with number or address; or is a row of a table pasted as text."""
    if len(text) > 200:
        return False
    cells = _cells(text)
    if len(cells) > 2:
        columns = {_column(cell) for cell in cells}
        if (NAME in columns and len(columns - {None}) > 2) or any(map(_MOBILE.fullmatch, cells)):
            return True
    labels = {match["label"] for match in _LABELLED.finditer(text)}
    return any(map(_role, labels)) and bool(_MAIL.search(text) or _MOBILE.search(text) or _LANDLINE.search(text))


def find_contacts(blocks: Iterable[ProposedBlock]) -> tuple[Contact, ...]:
    """The people in the blocks that are the contacts annex, in their order; nobody is left out silently."""
    return tuple(person.contact for person in find_people(blocks))


def find_people(blocks: Iterable[ProposedBlock]) -> list[Person]:
    """As ``find_contacts``, with what the source calls each and whether their role is sure."""
    people: list[Person] = []
    lines: list[str] = []
    for block in blocks:
        if block.role is not BlockRole.CONTACTS:
            continue
        if "<table" in block.html:
            people += _of_table(grid_of(block.html))
        else:
            lines += to_text(block.html).splitlines()
    rows = [cells for cells in map(_cells, lines) if len(cells) > 2]
    if len(rows) > 1:
        people += _of_table([row for row in rows if any(cell.strip("-: ") for cell in row)])
        lines = [line for line in lines if len(_cells(line)) <= 2]
    people += _of_lines(lines)
    return _with_roles(people)


def _cells(line: str) -> list[str]:
    """The cells of a row that came as text, parted by tabs or by bars."""
    if line.count("|") > 2:
        row = line.strip()
        framed = row.startswith("|") and row.endswith("|")
        return [cell.strip() for cell in (row[1:-1] if framed else row).split("|")]
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else [line]


# --- tables -----------------------------------------------------------------------------------------------------------


def _column(text: str) -> str | None:
    plain = compact(text).strip(":")
    if not plain or len(plain) > 14:
        return None
    return next((column for column, pattern in _COLUMNS if pattern.search(plain)), None)


def _header(grid: Sequence[Sequence[str]]) -> tuple[int, list[str | None]] | None:
    """The row of the column names and what each column is; None where no row is one."""
    for number, row in enumerate(grid[:4]):
        columns = [_column(text) for text in row]
        known = set(columns)
        if NAME in known and known & {PHONE, OFFICE, MOBILE, EMAIL}:
            return number, columns
        # A table that calls its first column by the people's part and has no 「姓名」.
        if {EMAIL, MOBILE} <= known or ({OFFICE, MOBILE} <= known) or ({PHONE, EMAIL} <= known and POSITION in known):
            return number, columns
    return None


def _turned(grid: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max((len(row) for row in grid), default=0)
    return [[row[column] if column < len(row) else "" for row in grid] for column in range(width)]


def _of_table(grid: Sequence[Sequence[str]]) -> list[Person]:
    upright, turned = _header(grid), _header(_turned(grid))
    if upright is None and turned is None:
        return _of_lines(["　".join(row) for row in grid])
    if upright is None or (turned and _known(turned) > _known(upright)):
        return _of_rows(_turned(grid), *turned)
    return _of_rows(grid, *upright)


def _known(header: tuple[int, list[str | None]]) -> int:
    return sum(1 for column in header[1] if column)


def _of_rows(grid: Sequence[Sequence[str]], number: int, columns: list[str | None]) -> list[Person]:
    columns = _one_name_each(grid[number], columns)
    body = [row for row in grid[number + 1 :] if any(text.strip() for text in row)]
    if ROLE not in columns and None in columns:
        # The first column without a name of its own, as the ministry's annex has it, holds the parts.
        unnamed = next(index for index, column in enumerate(columns) if column is None)
        if unnamed == 0 or any(_role(row[unnamed]) for row in body if unnamed < len(row)):
            columns[unnamed] = ROLE
    if NAME not in columns and ROLE in columns:
        columns[columns.index(ROLE)] = NAME
    people, above = [], None
    for row in body:
        found = _person(row, columns)
        if found is None:
            continue
        # A name merged over two rows is one person with two numbers.
        same = above and (above.contact.name, above.called) == (found.contact.name, found.called) and above.contact.name
        if same:
            people[-1] = _joined(above, found)
        else:
            people.append(found)
        above = people[-1]
    return people


def _one_name_each(names: Sequence[str], columns: Sequence[str | None]) -> list[str | None]:
    """``columns`` with a single column of names: where 「姓名」 is one, 「联系人」 beside it tells the people's parts."""
    if columns.count(NAME) < 2:
        return list(columns)
    real = next((index for index, name in enumerate(names) if "姓名" in compact(name)), columns.index(NAME))
    return [ROLE if column == NAME and index != real else column for index, column in enumerate(columns)]


def _person(row: Sequence[str], columns: Sequence[str | None]) -> Person | None:
    values: dict[str, list[str]] = {}
    for text, column in zip(row, columns, strict=False):
        text = "、".join(part.strip() for part in text.splitlines() if part.strip())
        if column and text and text not in values.get(column, ()):
            values.setdefault(column, []).append(text)
    if not any(values.get(column) for column in (NAME, PHONE, OFFICE, MOBILE, EMAIL)):
        return None
    if [_column(text) for text in row if text] == [column for column in columns if column]:
        return None  # the column names once more, on the next page
    phones = values.get(PHONE, [])
    mobiles = values.get(MOBILE, []) + [text for text in phones if _MOBILE.search(text) and not _LANDLINE.search(text)]
    offices = values.get(OFFICE, []) + [text for text in phones if text not in mobiles]
    offices, more = _apart(offices)
    position = " ".join([*values.get(UNIT, []), *values.get(POSITION, [])])
    return Person(
        _contact(
            name=_name("、".join(values.get(NAME, []))),
            position=position,
            office_phone="、".join(offices),
            mobile="、".join([*mobiles, *more]),
            email="、".join(values.get(EMAIL, [])),
        ),
        called=" ".join(values.get(ROLE, [])),
    )


def _apart(phones: list[str]) -> tuple[list[str], list[str]]:
    """Numbers of a column 「联系电话」, where a mobile stands beside an office number: 「0731-80000000/13800138000」."""
    offices, mobiles = [], []
    for text in phones:
        if _MOBILE.search(text) and _LANDLINE.search(text):
            mobiles += _MOBILE.findall(text)
            text = _MOBILE.sub("", text).strip(" /、,，;；\n()（）")
        if text:
            offices.append(text)
    return offices, mobiles


def _joined(one: Person, other: Person) -> Person:
    first, second = one.contact, other.contact
    fields = {}
    for name in ("position", "office_phone", "mobile", "email"):
        values = dict.fromkeys(filter(None, (getattr(first, name), getattr(second, name))))
        fields[name] = "、".join(values)
    return Person(_contact(name=first.name, **fields), one.called, one.is_certain)


# --- lines of text ----------------------------------------------------------------------------------------------------


def _of_lines(lines: Iterable[str]) -> list[Person]:
    """People in lines such as 「联系人：某某　电话：0731-80000000」; a new name begins a new person."""
    people: list[Person] = []
    values: dict[str, str] = {}
    called = ""

    def close():
        if values:
            people.append(Person(_contact(**values), called))

    for line in lines:
        matches = list(_LABELLED.finditer(line))
        for at, match in enumerate(matches):
            end = matches[at + 1].start() if at + 1 < len(matches) else len(line)
            text = line[match.end() : end].strip(" \t\u3000,，;；。、")
            label = match["label"].lower()
            field = _field(label)
            if field == "name":
                close()
                found = _NAME_OF_A_PERSON.match(compact(text))
                values, called = {"name": found[0] if found else text[:40]}, "" if label == "姓名" else label
                continue
            if field == "office_phone" and _MOBILE.search(text) and not _LANDLINE.search(text):
                field = "mobile"
            if field and text and field not in values:
                values[field] = text
    close()
    return [person for person in people if not person.contact.is_empty]


def _field(label: str) -> str | None:
    if label in ("姓名",) or _role(label):
        return "name"
    if label in ("职务", "职称", "部门", "单位"):
        return "position"
    if label.startswith(("手机", "移动")):
        return "mobile"
    if "电话" in label:
        return "office_phone"
    return "email" if "邮箱" in label or "邮件" in label or "mail" in label else None


# --- roles ------------------------------------------------------------------------------------------------------------


def _role(text: str) -> ContactRole | None:
    plain = compact(text)
    return next((role for role, pattern in _ROLES if pattern.search(plain)), None)


def _with_roles(people: list[Person]) -> list[Person]:
    """Each person with a role: by the words of the source, else by the order of the annex, else a further one."""
    told = [_role(person.called) for person in people]
    taken = {role for role in told if role}
    if not taken and len(people) == len(MANDATED_CONTACTS):
        guesses: list[ContactRole] = list(MANDATED_CONTACTS)
    else:
        guesses = [ContactRole.ADDITIONAL] * len(people)
    seen: set[ContactRole] = set()
    result = []
    for person, role, guess in zip(people, told, guesses, strict=True):
        chosen = role if role and role not in seen else guess if not role else ContactRole.ADDITIONAL
        seen.add(chosen)
        result.append(
            Person(person.contact.model_copy(update={"role": chosen}), person.called, is_certain=role is not None)
        )
    return result


def _name(text: str) -> str:
    """A name without the blanks between two characters that line it up with longer ones: 「王　伟」 is 王伟."""
    parts = text.split()
    return "".join(parts) if all(len(part) <= 2 for part in parts) and text.isascii() is False else " ".join(parts)


_LIMITS = {"name": 40, "position": 60, "office_phone": 60, "mobile": 30, "email": 100}


def _contact(**fields: str) -> Contact:
    """A contact whose values fit their fields: of several numbers those that do. See ``does_not_fit``."""
    return Contact(
        role=ContactRole.ADDITIONAL, **{name: _fitting(text, _LIMITS[name]) for name, text in fields.items()}
    )


def _fitting(text: str, longest: int) -> str:
    text = " ".join(text.split())
    while len(text) > longest and "、" in text:
        text = text.rpartition("、")[0]
    return text[:longest].strip()


def does_not_fit(blocks: Iterable[ProposedBlock], contacts: Iterable[Contact]) -> list[str]:
    """The numbers and addresses in the blocks of the annex that no contact holds: too many for one field, or in no
    column that was understood.
    """
    said = "\n".join(to_text(block.html) for block in blocks if block.role is BlockRole.CONTACTS)
    held = "\n".join(f"{one.office_phone}\n{one.mobile}\n{one.email}" for one in contacts)
    known = set(map(_bare, _numbers_in(held)))
    return [text for text in _numbers_in(said) if _bare(text) not in known]


def _numbers_in(text: str) -> list[str]:
    return list(dict.fromkeys(_MAIL.findall(text) + _MOBILE.findall(text) + _LANDLINE.findall(text)))


def _bare(text: str) -> str:
    return re.sub(r"[\s—–-]", "", text)

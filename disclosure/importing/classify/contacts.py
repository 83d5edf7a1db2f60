"""The people of the contacts annex: from a table however it is turned, and from lines of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disclosure.chinese.enumeration import compact
from disclosure.importing.classify.layout import grid_of
from disclosure.importing.proposal import BlockRole, ProposedBlock
from disclosure.report.document import Contact
from disclosure.report.enums import MANDATED_CONTACTS, ContactRole
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
# The words of the annex itself, and of our own Word file.
_OWN_ROLES = {role.label: role for role in ContactRole}
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


def is_contacts_table(html: str) -> bool:
    """Whether a table lists people with telephone or mail."""
    grid = grid_of(html)
    if not 2 <= len(grid) <= 60:
        return False
    return _is_form(grid) or _header(grid) is not None or _header(_turned(grid)) is not None


def is_contacts_line(text: str) -> bool:
    """Whether a paragraph names somebody to turn to, with number or address; or is a row of a table pasted as text."""
    if len(text) > 200:
        return False
    cells = _cells(text)
    if len(cells) > 2:
        columns = {_column(cell) for cell in cells}
        if (NAME in columns and len(columns - {None}) > 2) or any(map(_MOBILE.fullmatch, cells)):
            return True
    tokens = text.split()
    if len(tokens) > 3 and _role(tokens[0]) and len(tokens[0]) < 12 and _of_tokens(tokens):
        return True
    labels = {match["label"] for match in _LABELLED.finditer(text)}
    return any(map(_role, labels)) and bool(_MAIL.search(text) or _MOBILE.search(text) or _LANDLINE.search(text))


def find_contacts(blocks: Iterable[ProposedBlock]) -> tuple[Contact, ...]:
    """The people in the blocks that are the contacts annex, in their order; nobody is left out silently."""
    return tuple(person.contact for person in _people(blocks))


def _people(blocks: Iterable[ProposedBlock]) -> list[Person]:
    people: list[Person] = []
    lines: list[str] = []
    own: list[Person] = []
    for block in blocks:
        if block.role is not BlockRole.CONTACTS:
            continue
        if block.is_ours and (found := _of_our_table(grid_of(block.html))):
            own += found
        elif "<table" in block.html:
            people += _of_table(grid_of(block.html))
        else:
            lines += to_text(block.html).splitlines()
    rows = [cells for cells in map(_cells, lines) if len(cells) > 2]
    if len(rows) > 1:
        people += _of_table([row for row in rows if any(cell.strip("-: ") for cell in row)])
        lines = [line for line in lines if len(_cells(line)) <= 2]
    spaced = [line.split() for line in lines if not _LABELLED.search(line)]
    if _is_form(spaced):
        people += _of_form(spaced)
    else:
        people += [person for tokens in spaced if (person := _of_tokens(tokens))]
    people += _of_lines(line for line in lines if _LABELLED.search(line))
    return own + _with_roles(people)


def _of_tokens(tokens: Sequence[str]) -> Person | None:
    """A row of a table whose cells came parted by blanks: 「部门负责人 李二水 主任 0731-80000002 138…」."""
    values: dict[str, list[str]] = {}
    for token in tokens:
        if _MAIL.fullmatch(token):
            kind = EMAIL
        elif _MOBILE.fullmatch(token):
            kind = MOBILE
        elif _LANDLINE.fullmatch(token):
            kind = OFFICE
        elif not values and _role(token):
            kind = ROLE
        else:
            kind = POSITION if NAME in values else NAME
        values.setdefault(kind, []).append(token)
    if NAME not in values or not values.keys() & {EMAIL, MOBILE, OFFICE} or len(tokens) > 12:
        return None
    return Person(
        _contact(
            name=values[NAME][0],
            position=" ".join(values.get(POSITION, [])),
            office_phone="、".join(values.get(OFFICE, [])),
            mobile="、".join(values.get(MOBILE, [])),
            email="、".join(values.get(EMAIL, [])),
        ),
        called=" ".join(values.get(ROLE, [])),
    )


def _cells(line: str) -> list[str]:
    """The cells of a row that came as text, parted by tabs or by bars."""
    if line.count("|") > 2:
        row = line.strip()
        framed = row.startswith("|") and row.endswith("|")
        return [cell.strip() for cell in (row[1:-1] if framed else row).split("|")]
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else [line]


# --- tables -----------------------------------------------------------------------------------------------------------

# What the annex of our own Word file calls its columns (templatetags/report.py), and the field each is.
_OUR_COLUMNS = {
    "姓名": "name",
    "职务": "position",
    "办公电话": "office_phone",
    "移动电话": "mobile",
    "电子邮箱": "email",
}


def _of_our_table(grid: Sequence[Sequence[str]]) -> list[Person]:
    """The people of the annex as this portal writes it, one a row, roles by their own words; none of any other table."""
    if not grid or grid[0][:1] != ["联系人"] or not set(grid[0][1:]) <= set(_OUR_COLUMNS):
        return []
    fields = [_OUR_COLUMNS[head] for head in grid[0][1:]]
    people = []
    for called, *cells in grid[1:]:
        contact = _contact(**dict(zip(fields, cells, strict=False)))
        role = _OWN_ROLES.get(called) or _role(called) or ContactRole.ADDITIONAL
        people.append(Person(contact.model_copy(update={"role": role}), called))
    return people


def _column(text: str) -> str | None:
    plain = compact(text).strip(":")
    if not plain or len(plain) > 14:
        return None
    if re.search(r"手机|移动", plain) and re.search(r"办公|座机|固定", plain):
        return PHONE
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
    if _is_form(grid):
        return _of_form(grid)
    if turned and (upright is None or _known(turned) > _known(upright)):
        return _of_rows(_turned(grid), *turned)
    if upright:
        return _of_rows(grid, *upright)
    return _of_lines(["　".join(row) for row in grid])


def _is_form(grid: Sequence[Sequence[str]]) -> bool:
    """Whether labels and values stand beside each other, several rows a person: 「姓名│张一山│职务│副校长」."""
    rows, columns, known = 0, set(), set()
    for row in grid:
        labels = [(place, _column(text)) for place, text in enumerate(row)]
        labels = [(place, column) for place, column in labels if column not in (None, ROLE)]
        if labels and len(labels) * 2 <= len(row):
            rows += 1
            columns |= {place for place, _ in labels}
            known |= {column for _, column in labels}
    return rows > 1 and len(columns) > 1 and NAME in known and len(known) > 2


def _of_form(grid: Sequence[Sequence[str]]) -> list[Person]:
    people: list[Person] = []
    values: dict[str, list[str]] = {}
    called = above = ""

    def close() -> None:
        if person := _person([text for texts in values.values() for text in texts], _columns_of(values)):
            people.append(Person(person.contact, called))
        values.clear()

    for row in grid:
        cells = [text for place, text in enumerate(row) if place == 0 or text != row[place - 1]]
        # 「联系人」 is a label too: of the person's part, where the next cell is one.
        if len(cells) > 1 and _role(cells[0]) and _column(cells[1]) not in (None, ROLE):
            if cells[0] != above:
                close()
            above = called = cells.pop(0)
        place = 0
        while place < len(cells):
            column = _column(cells[place])
            if column in (None, ROLE):
                place += 1
                continue
            if column == NAME and NAME in values:
                close()
            if place + 1 < len(cells) and (_column(cells[place + 1]) is None or _role(cells[place + 1])):
                values.setdefault(column, []).append(cells[place + 1])
                place += 1
            place += 1
    close()
    return people


def _columns_of(values: dict[str, list[str]]) -> list[str]:
    return [column for column, texts in values.items() for _ in texts]


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
    people: list[Person] = []
    above: Person | None = None
    for row in body:
        found = _person(row, columns)
        if found is None:
            continue
        # A name merged over two rows is one person with two numbers.
        name = found.contact.name
        if above and name and (above.contact.name, above.called) == (name, found.called):
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
    """Numbers of a column 「联系电话」, where a mobile stands beside an office number: 「0731-80000000/138…」."""
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
    return Person(_contact(name=first.name, **fields), one.called)


# --- lines of text ----------------------------------------------------------------------------------------------------


def _of_lines(lines: Iterable[str]) -> list[Person]:
    """People in lines such as 「联系人：某某　电话：0731-80000000」; a new name begins a new person."""
    people: list[Person] = []
    values: dict[str, str] = {}
    called = ""

    def close() -> None:
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
                values, called = _name_and_position(text), "" if label == "姓名" else label
                continue
            if field == "office_phone" and _MOBILE.search(text) and not _LANDLINE.search(text):
                field = "mobile"
            if field and text and field not in values:
                values[field] = text
    close()
    return [person for person in people if not person.contact.is_empty]


def _name_and_position(text: str) -> dict[str, str]:
    """「张一山（副校长）」 and 「张一山，副校长」 in two."""
    name, *rest = re.split(r"[（(，,、；;]", text, maxsplit=1)
    position = rest[0].strip("）)，,、；; \u3000") if rest else ""
    values = {"name": _name(name.strip())}
    if position and not re.search(r"\d{5}|@", position):
        values["position"] = position
    return values


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
    if plain in _OWN_ROLES:
        return _OWN_ROLES[plain]
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
        # Two people whom the ministry's own words call 工作联系人 both are; 「具体经办人」 twice leaves one further.
        is_own = compact(person.called) in _OWN_ROLES
        chosen = role if role and (is_own or role not in seen) else guess if not role else ContactRole.ADDITIONAL
        seen.add(chosen)
        result.append(Person(person.contact.model_copy(update={"role": chosen}), person.called))
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

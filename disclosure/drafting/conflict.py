"""Two people saved one part: what each has in the fields that differ, ready to be shown side by side."""

from dataclasses import dataclass

from disclosure.drafting.forms.editor import RichTextField
from disclosure.drafting.forms.parts import OnRequestForm, PartForm
from disclosure.richtext import clean, to_text


@dataclass(frozen=True)
class Difference:
    """One field, or one list of rows, in which what is stored (``theirs``) and what was sent (``mine``) differ.

    ``kind`` is text, html or rows. ``theirs`` is the value as a browser would send it; of rows, a list of them by
    field name. ``theirs_display`` and ``mine_display`` are plain text to read.
    """

    name: str
    label: str
    kind: str
    theirs: object
    theirs_display: str
    mine_display: str

    def to_json(self) -> dict:
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "theirs": self.theirs,
            "theirs_display": self.theirs_display,
        }


def differences(mine: PartForm, part) -> list[Difference]:
    """Where the form as sent differs from what ``part`` holds now."""
    theirs = type(mine).for_part(part)
    found = list(_of_fields(mine, theirs))
    if isinstance(mine, OnRequestForm):
        for my_column, their_column in zip(mine.rows["columns"], theirs.rows["columns"], strict=True):
            found += _of_fields(my_column, their_column)
        return found
    for row_set in mine.row_sets:
        my_rows, their_rows = mine.rows[row_set.relation], theirs.rows[row_set.relation]
        if [_sent(row) for row in my_rows if mine.keeps(row)] != [_sent(row) for row in their_rows if mine.keeps(row)]:
            found.append(
                Difference(
                    row_set.relation,
                    f"{row_set.label}列表",
                    "rows",
                    [_sent(row) for row in their_rows],
                    _rows_text(their_rows),
                    _rows_text(my_rows),
                )
            )
    return found


def _of_fields(mine, theirs):
    for name, field in mine.fields.items():
        my_value, their_value = _value(mine, name), _value(theirs, name)
        is_html = isinstance(field, RichTextField)
        if my_value == their_value or (is_html and clean(my_value) == clean(their_value)):
            continue
        yield Difference(
            mine.add_prefix(name),
            _label(mine, name),
            "html" if is_html else "text",
            their_value,
            to_text(clean(their_value)) if is_html else their_value,
            to_text(clean(my_value)) if is_html else my_value,
        )


def _label(form, name: str) -> str:
    label = form.fields[name].label
    return f"{form.title}：{label}" if hasattr(form, "title") else label


def _value(form, name: str) -> str:
    return str(form[name].data or "")


def _sent(row) -> dict[str, str]:
    return {name: _value(row, name) for name in row.fields}


def _rows_text(rows) -> str:
    """One line a row, what stands in it parted by ·."""
    return "\n".join(" · ".join(_readable(row)) for row in rows if not row.is_blank)


def _readable(row):
    for name, field in row.fields.items():
        value = _value(row, name)
        if value:
            yield dict(getattr(field, "choices", ())).get(value, field.label if value == "on" else value)

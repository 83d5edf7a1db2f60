"""The forms of the nine parts of a report.

They never refuse to save: what cannot be a value of its column stays as the words that were typed, with the error
beside the field, and the checks before submission ask for it. A form is always bound, to what is stored or to what is
sent, so that both read alike.
"""

from dataclasses import dataclass

from django import forms
from django.db import models as columns
from django.forms.models import fields_for_model

from disclosure import models
from disclosure.drafting.forms.editor import RichTextField
from disclosure.drafting.forms.fields import FIGURE_COLUMNS, DayField, MethodsField, figure_field
from disclosure.drafting.saving import Content
from disclosure.report.document import LARGEST_COUNT, MAX_ROWS, NOT_APPLICABLE
from disclosure.report.enums import MANDATED_CONTACTS, Applicant, ContactRole, SectionKey
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    FIGURES,
    INTAKE,
    OUTCOMES,
    REFUSAL_GROUNDS,
    REQUEST_ROWS,
)
from disclosure.richtext.plain import without_nul

REQUEST_FIELDS = tuple(row.column for row in REQUEST_ROWS)


class BrokenForm(Exception):
    """What was sent is not what the page's form sends: part of it is missing or was tampered with."""


class TooManyRows(Exception):
    """A list has grown beyond what may be entered; the sentence, which stands beside it, says by how much."""


def _field_of(column, **kwargs):
    """The form field of a column: nothing is required, since rules are asked at submission and not at saving."""
    if isinstance(column, FIGURE_COLUMNS):
        return figure_field(column)
    if isinstance(column, columns.DateField):
        return DayField(label=column.verbose_name)
    field = column.formfield(**(kwargs | {"required": False}))
    if column.choices:
        field.choices = [("", "（请选择）"), *column.choices]
    return field


class ValuesForm(forms.Form):
    """A form over some columns of a model that can tell values from words that are none.

    ``columns`` names the model's columns, in order; further fields may be declared.
    """

    model: type
    column_names: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        declared = self.fields
        made = fields_for_model(self.model, self.column_names, formfield_callback=_field_of)
        self.fields = {name: declared.get(name) or made[name] for name in self.column_names}
        self.error_css_class = "has-error"

    @classmethod
    def as_sent(cls, instance, prefix: str = "") -> dict[str, str]:
        """The fields as a browser would send them for what ``instance`` holds."""
        form = cls(prefix=prefix or None)
        sent = {}
        for name, field in form.fields.items():
            value = field.prepare_value(getattr(instance, name))
            if isinstance(field, forms.BooleanField):
                if value:
                    sent[form.add_prefix(name)] = "on"
            else:
                sent[form.add_prefix(name)] = "" if value is None else str(value)
        return sent

    def values(self) -> dict:
        """The column values; a column whose words are no value gets its empty value."""
        self.is_valid()
        return {
            name: self.cleaned_data[name] if name in self.cleaned_data else self._empty(name) for name in self.fields
        }

    def words(self) -> dict[str, str]:
        """By field name with prefix, what was typed where it is no value."""
        self.is_valid()
        return {self.add_prefix(name): str(self[name].data or "") for name in self.fields if name in self.errors}

    def _empty(self, name):
        return self.model._meta.get_field(name).get_default()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed at all; a ticked box alone is nothing."""
        return not any(
            str(self[name].data or "").strip()
            for name, field in self.fields.items()
            if not isinstance(field, forms.BooleanField) and name not in self.not_content
        )

    not_content: tuple[str, ...] = ()


class RuleRow(ValuesForm):
    model = models.Rule
    column_names = ("name", "number", "url")


class ChannelRow(ValuesForm):
    model = models.Channel
    column_names = ("channel", "name", "count", "approximate")


class ContactRow(ValuesForm):
    model = models.Contact
    column_names = ("role", "name", "position", "office_phone", "mobile", "email")
    not_content = ("role",)

    def values(self) -> dict:
        values = super().values()
        return values | {"role": values["role"] or ContactRole.ADDITIONAL}

    @property
    def kind(self) -> str:
        """The role as sent, or that of one more contact."""
        sent = self["role"].data
        return sent if sent in ContactRole.values else ContactRole.ADDITIONAL.value

    @property
    def is_mandated(self) -> bool:
        return self.kind in MANDATED_CONTACTS

    @property
    def title(self) -> str:
        """What stands over the row."""
        return ContactRole(self.kind).label


class RequestColumnForm(ValuesForm):
    model = models.RequestColumn
    column_names = REQUEST_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}（{self.title}）"

    @property
    def title(self) -> str:
        """Whose requests the column counts."""
        return Applicant(self.prefix).label


@dataclass(frozen=True)
class RowSet:
    """A list of rows that may grow: the reverse relation they are stored in, their form, the column of their order."""

    relation: str
    form: type[ValuesForm]
    position: str
    label: str

    def blank(self, prefix: str) -> ValuesForm:
        """A row in which nothing is written yet."""
        return self.form(self.form.as_sent(self.form.model(), prefix), prefix=prefix)


class PartForm(ValuesForm):
    """The form of one part of a report: single fields and lists of rows."""

    row_sets: tuple[RowSet, ...] = ()

    def __init__(self, data=None, prefix=None):
        if data is not None:
            data = {name: without_nul(value) for name, value in data.items()}
        super().__init__(data, prefix=prefix)
        self.rows = {row_set.relation: self._rows(row_set) for row_set in self.row_sets} if self.is_bound else {}

    @classmethod
    def for_part(cls, part, blank_rows: int = 0) -> "PartForm":
        """The form over what ``part`` holds, words that are no value included, and ``blank_rows`` more in each list."""
        sent = cls.sent_for(part)
        for row_set in cls.row_sets:
            count = int(sent[f"{row_set.relation}-TOTAL_FORMS"])
            longer = max(count, min(count + blank_rows, MAX_ROWS))
            for index in range(count, longer):
                sent |= row_set.form.as_sent(row_set.form.model(), f"{row_set.relation}-{index}")
            sent[f"{row_set.relation}-TOTAL_FORMS"] = str(longer)
        return cls(sent)

    @classmethod
    def sent_for(cls, part) -> dict[str, str]:
        """All fields as a browser would send them for what ``part`` holds."""
        sent = cls.as_sent(part)
        for row_set in cls.row_sets:
            rows = list(getattr(part, row_set.relation).all())
            sent[f"{row_set.relation}-TOTAL_FORMS"] = str(len(rows))
            for index, row in enumerate(rows):
                sent |= row_set.form.as_sent(row, f"{row_set.relation}-{index}")
        return sent | part.unparsed

    def _rows(self, row_set: RowSet) -> list[ValuesForm]:
        try:
            total = int(self.data[f"{row_set.relation}-TOTAL_FORMS"])
        except (KeyError, ValueError):
            raise BrokenForm(f"the rows of {row_set.relation} are not told") from None
        # A row sends one field at least; what is stored may be longer than what may be entered.
        if not 0 <= total <= len(self.data):
            raise BrokenForm(f"{total} rows of {row_set.relation}")
        forms_of_rows = [row_set.form(self.data, prefix=f"{row_set.relation}-{index}") for index in range(total)]
        return [row for row in forms_of_rows if not self.data.get(f"{row.prefix}-DELETE")]

    def blank_row(self) -> ValuesForm:
        """An empty row for the page's template of a new one. No part has two lists of rows."""
        (row_set,) = self.row_sets
        return row_set.blank(f"{row_set.relation}-__prefix__")

    def content(self) -> Content:
        """What is to be stored. Raises ``BrokenForm`` where a field of the form was not sent at all."""
        self._must_be_whole()
        values, unparsed, rows = self.values(), self.words(), {}
        for row_set in self.row_sets:
            kept = [form for form in self.rows[row_set.relation] if self.keeps(form)]
            rows[row_set.relation] = [form.values() | {row_set.position: index} for index, form in enumerate(kept)]
            for index, form in enumerate(kept):
                # Rows left blank go, so the words of the others move up with them.
                unparsed |= {
                    name.replace(f"{form.prefix}-", f"{row_set.relation}-{index}-", 1): words
                    for name, words in form.words().items()
                }
        content = Content(values, rows, unparsed)
        self.complete(content)
        return content

    def keeps(self, row: ValuesForm) -> bool:
        """Whether a row is worth storing."""
        return not row.is_blank

    max_rows = MAX_ROWS

    @property
    def is_full(self) -> bool:
        """Whether the list takes no further row. No part has two lists of rows."""
        return any(len(rows) >= MAX_ROWS for rows in self._lists())

    @property
    def rows_error(self) -> str:
        """What stands beside a list that is longer than may be entered, else ""."""
        return "".join(self._rows_errors().values())

    def must_not_outgrow(self, part) -> None:
        """Refuse lists that are longer than may be entered, unless what is stored in ``part`` is as long: that may be
        saved, and made shorter in several steps. Raises ``TooManyRows``.
        """
        for relation, sentence in self._rows_errors().items():
            if self._kept(relation) > getattr(part, relation).count():
                raise TooManyRows(sentence)

    def _lists(self) -> list[list[ValuesForm]]:
        return [self.rows[row_set.relation] for row_set in self.row_sets]

    def _kept(self, relation: str) -> int:
        return sum(self.keeps(row) for row in self.rows[relation])

    def _rows_errors(self) -> dict[str, str]:
        counts = {row_set: self._kept(row_set.relation) for row_set in self.row_sets}
        return {
            row_set.relation: f"{row_set.label}最多 {MAX_ROWS} 行，现在有 {count} 行。请删去 {count - MAX_ROWS} 行，"
            "或者把同类的合并成一行。"
            for row_set, count in counts.items()
            if count > MAX_ROWS
        }

    def complete(self, content: Content) -> None:
        """Fill in the totals that were left empty although their parts are there."""

    def all_errors(self) -> dict[str, str]:
        """By field name with prefix, or by the name of a list of rows, the sentence that stands beside it."""
        found = self._rows_errors()
        for form in self.all_forms():
            form.is_valid()
            found |= {form.add_prefix(name): " ".join(errors) for name, errors in form.errors.items()}
        return found

    def all_forms(self) -> list[ValuesForm]:
        """This form and those of its rows."""
        return [self, *(form for forms_of_rows in self.rows.values() for form in forms_of_rows)]

    def _must_be_whole(self) -> None:
        """A cut-off or tampered request must not pass for a part emptied on purpose."""
        for form in self.all_forms():
            for name, field in form.fields.items():
                if not isinstance(field, forms.BooleanField) and form.add_prefix(name) not in self.data:
                    raise BrokenForm(f"{form.add_prefix(name)} was not sent")


class HeadForm(PartForm):
    """Title, addressee, preamble, period, signature, confidentiality review."""

    model = models.Head
    column_names = (
        "title",
        "label",
        "addressee",
        "period_start",
        "period_end",
        "preamble",
        "signature_organisation",
        "signature_date",
        "confidentiality_reviewer",
        "confidentiality_date",
    )
    preamble = RichTextField(label="引言")


class NarrativeForm(PartForm):
    """What the seven sections share."""

    key: SectionKey
    body = RichTextField(label="正文")

    def single_figures(self) -> list[tuple]:
        """The bound fields of the section's single figures, each with its unit."""
        return [(self[figure.key], figure.unit) for figure in FIGURES[self.key]]


def _figures(key: SectionKey) -> tuple[str, ...]:
    return tuple(figure.key for figure in FIGURES[key])


class OverviewForm(NarrativeForm):
    key = SectionKey.OVERVIEW
    model = models.Overview
    column_names = ("heading", "body", *_figures(SectionKey.OVERVIEW))
    row_sets = (RowSet("rules", RuleRow, "position", "制度"),)


class ProactiveForm(NarrativeForm):
    key = SectionKey.PROACTIVE
    model = models.Proactive
    column_names = (
        "heading",
        "body",
        *_figures(SectionKey.PROACTIVE),
        "total_is_approximate",
        "total_reason",
    )
    row_sets = (RowSet("channels", ChannelRow, "position", "渠道"),)


class OnRequestForm(NarrativeForm):
    """The text, fees and times, and the table of requests: one column form an applicant, and the total's."""

    key = SectionKey.ON_REQUEST
    model = models.OnRequest
    column_names = ("heading", "body", *_figures(SectionKey.ON_REQUEST))

    def __init__(self, data=None, prefix=None):
        super().__init__(data, prefix)
        columns_of = self.data if self.is_bound else None
        self.rows["columns"] = [RequestColumnForm(columns_of, prefix=applicant.value) for applicant in Applicant]

    @classmethod
    def sent_for(cls, part) -> dict[str, str]:
        stored = {column.applicant: column for column in part.columns.all()}
        sent = cls.as_sent(part)
        for applicant in Applicant:
            sent |= RequestColumnForm.as_sent(stored.get(applicant) or models.RequestColumn(), applicant.value)
        return sent | part.unparsed

    def content(self) -> Content:
        content = super().content()
        forms_of_columns = self.rows["columns"]
        content.rows["columns"] = [form.values() | {"applicant": form.prefix} for form in forms_of_columns]
        for form in forms_of_columns:
            content.unparsed.update(form.words())
        self._add_up(content)
        return content

    def _add_up(self, content: Content) -> None:
        by_applicant = {row["applicant"]: row for row in content.rows["columns"]}
        grounds = [f"refused_{ground}" for ground in REFUSAL_GROUNDS]
        for applicant, row in by_applicant.items():
            _fill(row, "refused", [row[name] for name in grounds], content.unparsed, f"{applicant}-refused")
        total = by_applicant[Applicant.TOTAL]
        for name in REQUEST_FIELDS:
            parts = [by_applicant[applicant][name] for applicant in APPLICANTS]
            _fill(total, name, parts, content.unparsed, f"{Applicant.TOTAL}-{name}")

    @property
    def balance_rows(self) -> dict[str, str]:
        """Which rows the page adds up and balances while they are typed (static/js/figures.js)."""
        return {
            "refused": "refused",
            "grounds": " ".join(f"refused_{ground}" for ground in REFUSAL_GROUNDS),
            "intake": " ".join(INTAKE),
            "outcomes": " ".join(OUTCOMES),
            "carried": "carried_out",
        }

    def request_rows(self) -> list[tuple]:
        """The table: each row's figure and its four bound fields."""
        return [
            (figure, [form[name] for form in self.rows["columns"]])
            for figure, name in zip(REQUEST_ROWS, REQUEST_FIELDS, strict=True)
        ]


class EvaluationForm(NarrativeForm):
    key = SectionKey.EVALUATION
    model = models.Evaluation
    column_names = ("heading", "body", "methods", *_figures(SectionKey.EVALUATION))
    methods = MethodsField(
        label="评议方式", required=False, help_text="用顿号分开，例如：问卷调查、座谈会、校长信箱、网上评议。"
    )


class ComplaintsForm(NarrativeForm):
    key = SectionKey.COMPLAINTS
    model = models.Complaints
    column_names = (
        "heading",
        "body",
        *_figures(SectionKey.COMPLAINTS),
        *(name for case, _ in CASES for name in (*(f"{case}_{outcome.key}" for outcome in CASE_OUTCOMES), case)),
    )

    def __init__(self, data=None, prefix=None):
        super().__init__(data, prefix)
        for case, _ in CASES:
            for name in (case, *(f"{case}_{outcome.key}" for outcome in CASE_OUTCOMES)):
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def complete(self, content: Content) -> None:
        for case, _ in CASES:
            outcomes = [content.values[f"{case}_{outcome.key}"] for outcome in CASE_OUTCOMES]
            _fill(content.values, case, outcomes, content.unparsed, case)

    case_heads = tuple(outcome.label for outcome in CASE_OUTCOMES)

    def case_rows(self) -> list[tuple]:
        """The table of cases: each kind's words and its bound fields, the total last."""
        return [
            (words, [*(self[f"{case}_{outcome.key}"] for outcome in CASE_OUTCOMES), self[case]])
            for case, words in CASES
        ]


class ExperienceForm(NarrativeForm):
    key = SectionKey.EXPERIENCE
    model = models.Experience
    column_names = ("heading", "body")


class OtherForm(NarrativeForm):
    key = SectionKey.OTHER
    model = models.Other
    column_names = ("heading", "body")


class ContactsForm(PartForm):
    """The three mandated people, always shown, and any further ones."""

    model = models.Contacts
    row_sets = (RowSet("people", ContactRow, "position_in_list", "联系人"),)

    @classmethod
    def sent_for(cls, part) -> dict[str, str]:
        sent = super().sent_for(part)
        count = int(sent["people-TOTAL_FORMS"])
        there = {sent[f"people-{index}-role"] for index in range(count)}
        for role in MANDATED_CONTACTS:
            if role not in there:
                sent |= ContactRow.as_sent(models.Contact(role=role), f"people-{count}")
                count += 1
        return sent | {"people-TOTAL_FORMS": str(count)}


def _fill(values: dict, name: str, parts: list, unparsed: dict, field: str) -> None:
    """Put the sum of the known ``parts`` where the total was left empty.

    A sum that no figure can hold is none: mistyped parts must not make the report unreadable.
    """
    known = [part for part in parts if part is not None and part != NOT_APPLICABLE]
    if values[name] is None and field not in unparsed and known and sum(known) <= LARGEST_COUNT:
        values[name] = sum(known)


FORMS: dict[SectionKey, type[PartForm]] = {
    SectionKey.HEAD: HeadForm,
    SectionKey.OVERVIEW: OverviewForm,
    SectionKey.PROACTIVE: ProactiveForm,
    SectionKey.ON_REQUEST: OnRequestForm,
    SectionKey.EVALUATION: EvaluationForm,
    SectionKey.COMPLAINTS: ComplaintsForm,
    SectionKey.EXPERIENCE: ExperienceForm,
    SectionKey.OTHER: OtherForm,
    SectionKey.CONTACTS: ContactsForm,
}

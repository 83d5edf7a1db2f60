"""The one shape of a report: plain, typed, immutable. Its JSON is the interchange form ``disclosure-report/1``.

The checks, the preview, the pages, the PDF, the diff and the publication all read a ``Document`` and nothing else.
Counts are whole numbers, ``None`` where nothing was filled in and ``"n/a"`` where 不适用 was chosen; 0 is 0.
"""

import hashlib
import json
import re
from datetime import date as Date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic.types import StrictInt
from pydantic_core import PydanticCustomError

from disclosure.report.enums import ChannelKind, ContactRole, SectionKey
from disclosure.report.values import Value
from disclosure.richtext import clean
from disclosure.richtext import personal_data as privacy
from schools.lines import one_line

SCHEMA: Final = "disclosure-report/1"
NOT_APPLICABLE: Final = "n/a"
EARLIEST_YEAR = 2010  # the 办法 is in force since September 2010
LATEST_YEAR = 2100
LARGEST_COUNT = 999_999_999
# What may be entered: rows of a list, years of a day. What is stored is read and shown all the same.
MAX_ROWS = 200
DAY_YEARS = range(1949, 2101)


_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _number(value: object) -> object:
    """Decimals travel as JSON numbers, whole ones without a point."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _decimal(value: object) -> object:
    """JSON's floats are read by their shortest text, so that 97.5 is 97.5."""
    if isinstance(value, bool) or (isinstance(value, str) and value != NOT_APPLICABLE):
        raise ValueError("应为数字，或 n/a")
    return Decimal(str(value)) if isinstance(value, int | float) else value


def _one_line(value: object) -> object:
    """A line of text without the breaks and control characters that Word and web pages leave in it."""
    return one_line(value) if isinstance(value, str) else value


def _iso_date(value: object) -> object:
    """pydantic takes numbers, and texts of digits, for seconds since 1970: 20231117 would be a day in August 1970."""
    if value is None or isinstance(value, Date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise PydanticCustomError("date_format", "not a date")


def _is_known(value: object) -> bool:
    """Zero is a figure; None, False, and empty texts and lists are the absence of one."""
    return bool(value) or (value == 0 and value is not False)


NotApplicable = Literal["n/a"]
Count = Annotated[StrictInt, Field(ge=0, le=LARGEST_COUNT)] | NotApplicable | None
Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=200)]
Html = Annotated[str, AfterValidator(clean)]
Day = Annotated[Date | None, BeforeValidator(_iso_date)]
JsonDecimal = PlainSerializer(_number, when_used="json")
# A decimal that may be left open, or not apply.
_Number = TypeVar("_Number")
_OpenDecimal = Annotated[_Number | NotApplicable | None, BeforeValidator(_decimal), JsonDecimal]
Yuan = _OpenDecimal[Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]]
Days = _OpenDecimal[Annotated[Decimal, Field(ge=0, max_digits=6, decimal_places=1)]]
Percent = _OpenDecimal[Annotated[Decimal, Field(ge=0, max_digits=5, decimal_places=1)]]


class Part(Value):
    """What every piece of a document shares.

    Fields may be added under the same version of the form, so what was stored or comes in a file is taken in by
    ``read``, which passes over unknown keys; ``unknown_keys`` names them for the loader.
    """


class Figures(Part):
    """The figures of a section. Dumped, it holds only what is known: an absent key is empty."""

    @model_serializer(mode="wrap")
    def _known(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if _is_known(value)}

    @property
    def is_empty(self) -> bool:
        return not self.model_dump()


class Rule(Part):
    """A rule issued or revised in the period."""

    name: Line
    number: Line = ""
    url: Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=500)] = ""


class OverviewFigures(Figures):
    training_sessions: Count = None
    training_departments: Count = None
    training_staff: Count = None
    liaison_staff: Count = None
    rules: tuple[Rule, ...] = ()


class Channel(Figures):
    """One channel of proactive disclosure: its kind, the school's own name for it, how many pieces."""

    channel: ChannelKind | Literal[""] = ""
    name: Line = ""
    count: Count = None
    approximate: bool = False


class ProactiveFigures(Figures):
    channels: tuple[Channel, ...] = ()
    total: Count = None
    total_is_approximate: bool = False
    total_reason: Line = ""
    items_listed: Count = None
    items_not_applicable: Count = None


class RefusedBy(Figures):
    """Refusals by their ground: 办法 Art. 10."""

    state_secret: Count = None
    trade_secret: Count = None
    privacy: Count = None
    other_rule: Count = None


class RequestCounts(Figures):
    """One column of the table of requests."""

    received: Count = None
    carried_in: Count = None
    granted: Count = None
    partly_granted: Count = None
    refused: Count = None
    refused_by: RefusedBy = RefusedBy()
    unavailable: Count = None
    not_processed: Count = None
    other_outcome: Count = None
    carried_out: Count = None


class ByApplicant(Figures):
    campus: RequestCounts = RequestCounts()
    individual: RequestCounts = RequestCounts()
    organisation: RequestCounts = RequestCounts()


class OnRequestFigures(RequestCounts):
    """The totals stand at the top; the columns by applicant, where known, add up to them."""

    by_applicant: ByApplicant = ByApplicant()
    fees_charged: Yuan = None
    fees_waived: Yuan = None
    longest_days: Days = None
    mean_days: Days = None
    late_answers: Count = None


class EvaluationFigures(Figures):
    methods: tuple[Line, ...] = ()
    responses: Count = None
    satisfaction_percent: Percent = None


class CaseOutcomes(Figures):
    """Reconsiderations or lawsuits by outcome: 维持, 纠正, 其他, 尚未审结."""

    upheld: Count = None
    corrected: Count = None
    other: Count = None
    pending: Count = None


class ComplaintsFigures(Figures):
    reports: Count = None
    reports_upheld: Count = None
    reports_closed: Count = None
    reconsiderations: Count = None
    reconsiderations_by: CaseOutcomes = CaseOutcomes()
    lawsuits: Count = None
    lawsuits_by: CaseOutcomes = CaseOutcomes()


class NoFigures(Figures):
    """Sections six and seven have none."""


class Section(Part):
    """One of the seven: the heading as the school wrote it (may be empty), the text, the figures."""

    heading: Line = ""
    body: Html = ""
    figures: Figures = NoFigures()

    @property
    def is_absent(self) -> bool:
        """Whether the report says nothing here, as older reports do: neither a word nor a figure."""
        return not self.body and self.figures.is_empty


class OverviewSection(Section):
    figures: OverviewFigures = OverviewFigures()


class ProactiveSection(Section):
    figures: ProactiveFigures = ProactiveFigures()


class OnRequestSection(Section):
    figures: OnRequestFigures = OnRequestFigures()


class EvaluationSection(Section):
    figures: EvaluationFigures = EvaluationFigures()


class ComplaintsSection(Section):
    figures: ComplaintsFigures = ComplaintsFigures()


class PlainSection(Section):
    figures: NoFigures = NoFigures()


class Sections(Part):
    """The seven, in the order the ministry's notice gives them."""

    overview: OverviewSection = OverviewSection()
    proactive: ProactiveSection = ProactiveSection()
    on_request: OnRequestSection = OnRequestSection()
    evaluation: EvaluationSection = EvaluationSection()
    complaints: ComplaintsSection = ComplaintsSection()
    experience: PlainSection = PlainSection()
    other: PlainSection = PlainSection()

    def __getitem__(self, key: SectionKey | str) -> Section:
        section: Section = getattr(self, SectionKey(key).value)
        return section


class ProvinceHead(Part):
    code: Annotated[str, StringConstraints(pattern=r"^[1-9]\d$")]
    name: Annotated[Line, StringConstraints(min_length=1, max_length=30)]
    office: Annotated[Line, StringConstraints(max_length=60)] = ""


class SchoolHead(Part):
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]
    name: Annotated[Line, StringConstraints(min_length=1, max_length=60)]
    code: Annotated[str, StringConstraints(pattern=r"^(?:\d{10})?$")] = ""
    level: Annotated[Line, StringConstraints(max_length=20)] = ""
    ownership: Annotated[Line, StringConstraints(max_length=20)] = ""
    city: Annotated[Line, StringConstraints(max_length=30)] = ""


class Period(Part):
    """The days the figures cover, both included; None while a draft leaves one open."""

    start: Day = None
    end: Day = None


class Contact(Part):
    """A person of the annex. ``mobile`` and a personal ``email`` are for the reviewers alone."""

    role: ContactRole
    name: Annotated[Line, StringConstraints(max_length=40)] = ""
    position: Annotated[Line, StringConstraints(max_length=60)] = ""
    office_phone: Annotated[Line, StringConstraints(max_length=60)] = ""
    mobile: Annotated[Line, StringConstraints(max_length=30)] = ""
    email: Annotated[Line, StringConstraints(max_length=100)] = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.name, self.position, self.office_phone, self.mobile, self.email))

    def public(self) -> "Contact":
        """This person as the public may see them."""
        return self.model_copy(
            update={
                "name": privacy.mask(self.name),
                "position": privacy.mask(self.position),
                "mobile": "",
                "office_phone": "" if privacy.is_mobile(self.office_phone) else privacy.mask(self.office_phone),
                "email": "" if privacy.is_personal_mail(self.email) else privacy.mask(self.email),
            }
        )


class Signature(Part):
    organisation: Line = ""
    date: Day = None


class ConfidentialityReview(Part):
    """Who has reviewed the report for confidentiality before it is published, and when: 办法 Art. 5. Not public."""

    reviewer: Annotated[Line, StringConstraints(max_length=40)] = ""
    date: Day = None

    @property
    def is_empty(self) -> bool:
        return not self.reviewer and self.date is None


class Document(Part):
    """A whole report at one moment."""

    schema_: Literal["disclosure-report/1"] = Field(default=SCHEMA, alias="schema")
    province: ProvinceHead
    school: SchoolHead
    year: Annotated[StrictInt, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
    label: Annotated[Line, StringConstraints(max_length=40)] = ""
    period: Period = Period()
    title: Line = ""
    addressee: Annotated[Line, StringConstraints(max_length=100)] = ""
    preamble: Html = ""
    sections: Sections = Sections()
    contacts: tuple[Contact, ...] = ()
    signature: Signature = Signature()
    # An absent key where empty, as in every public document.
    confidentiality_review: ConfidentialityReview = Field(
        default=ConfidentialityReview(), exclude_if=lambda review: review.is_empty
    )
    notes: str = ""

    model_config = ConfigDict(populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _needs_the_schema(cls, data: object) -> object:
        if isinstance(data, dict) and "schema" not in data and "schema_" not in data:
            raise ValueError(f"缺少 schema，应为 {SCHEMA}")
        return data

    def to_json(self) -> dict[str, Any]:
        """The interchange form as plain JSON values."""
        return self.model_dump(mode="json", by_alias=True)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, hexadecimal: two documents with one hash say the same."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def public(self) -> "Document":
        """This report as the public may see it: no mobile, no personal mail, nothing personal in any text, no notes,
        not who reviewed it for confidentiality.

        Idempotent.
        """
        return Document.model_validate(
            _masked(self.to_json())
            | {
                "contacts": [contact.public().model_dump(mode="json") for contact in self.contacts],
                "confidentiality_review": {},
                "notes": "",
            }
        )


# Codes and addresses of the interchange form: not prose, and a mask would make them wrong.
_NOT_PROSE = frozenset({"schema", "slug", "code", "channel", "role", "start", "end", "date"})
_HTML = frozenset({"body", "preamble"})


def _masked(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _masked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner, key) for inner in value]
    if not isinstance(value, str) or key in _NOT_PROSE:
        return value
    if key == "url":
        return "" if privacy.find_in_address(value) else value
    return privacy.mask_html(value) if key in _HTML else privacy.mask(value)


def unknown_keys(data: Any, known: Any, path: str = "") -> list[str]:
    """The dotted names of keys in ``data`` (raw JSON) that ``known`` (the model read from it) has no field for."""
    if isinstance(known, Value) and isinstance(data, dict):
        fields = {field.alias or name: name for name, field in type(known).model_fields.items()}
        here = [f"{path}{key}" for key in data if key not in fields]
        return here + [
            deeper
            for key in data
            if key in fields
            for deeper in unknown_keys(data[key], getattr(known, fields[key]), f"{path}{key}.")
        ]
    if isinstance(known, tuple) and isinstance(data, list):
        return [
            deeper
            for index, (raw, inner) in enumerate(zip(data, known, strict=False))
            for deeper in unknown_keys(raw, inner, f"{path}{index}.")
        ]
    return []

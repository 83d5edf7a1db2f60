"""Columns for figures that keep 0, empty and 不适用 apart, and for what everybody may read."""

from decimal import Decimal

from django.db import models

from disclosure.report.document import NOT_APPLICABLE
from disclosure.richtext import personal_data
from schools.fields import LineField

_STORED = -1  # no figure is negative, so this value is free to stand for 不适用


class ThreeState:
    """A nullable number whose Python value is a number, None (not filled in) or ``"n/a"`` (does not apply)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **(kwargs | {"null": True, "blank": True}))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for implied in ("null", "blank", "max_digits", "decimal_places"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return NOT_APPLICABLE if value is not None and value == _STORED else self._plain(value)

    def _plain(self, value):
        return value

    def to_python(self, value):
        return value if value == NOT_APPLICABLE else super().to_python(value)

    def get_prep_value(self, value):
        return super().get_prep_value(_STORED if value == NOT_APPLICABLE else value)

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(_STORED if value == NOT_APPLICABLE else value, connection)

    def db_check(self, connection):
        return f"{connection.ops.quote_name(self.column)} >= {_STORED}"


class CountField(ThreeState, models.IntegerField):
    """A whole number of pieces or people."""


class _DecimalFigure(ThreeState, models.DecimalField):
    digits: int
    places: int

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **(kwargs | {"max_digits": self.digits, "decimal_places": self.places}))

    def _plain(self, value):
        # 97.0 and 97 are one figure and must have one hash.
        return None if value is None else Decimal(value).quantize(Decimal(1).scaleb(-self.places))


class YuanField(_DecimalFigure):
    """Money in yuan."""

    digits, places = 12, 2


class DaysField(_DecimalFigure):
    """Working days."""

    digits, places = 6, 1


class PercentField(_DecimalFigure):
    """Percent. The range is a rule of the report, asked at submission; a draft may hold what was typed."""

    digits, places = 5, 1


class _MaskedAnew:
    """Of text that the public reads: what it was masked by when it was written may be out of date."""

    def deconstruct(self):
        # The column is an ordinary one.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def from_db_value(self, value, expression, connection):
        return value if value is None else personal_data.mask(value)


class PublicTextField(_MaskedAnew, models.CharField):
    """Text that the public reads, masked anew whenever it is read."""


class PublicLineField(_MaskedAnew, LineField):
    """One line that the public reads, likewise."""

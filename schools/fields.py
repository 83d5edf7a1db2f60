"""Columns and form fields that hold one line of text."""

from django import forms
from django.db import models

from schools.lines import one_line


class LineFormField(forms.CharField):
    """One line. What was pasted with breaks, tabs or unseen signs becomes one line; nobody could see what is wrong."""

    def to_python(self, value):
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value


class LineField(models.CharField):
    """A column for one line of text, whichever way it comes: forms, the admin, tables, files, code.

    To migrations it is a CharField: in the database nothing is different.
    """

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return one_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        """What is stored is what the instance says from then on."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = one_line(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": LineFormField} | kwargs))

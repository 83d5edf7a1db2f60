"""The form of a year's campaign: dates, addressee, and guidance for each part of the report."""

import datetime

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from disclosure.enums import SectionKey
from disclosure.models import Campaign

GUIDANCE_PREFIX = "guidance_"

# Beside which field the sentence of a constraint stands.
_FIELD_OF_CONSTRAINT = {
    "one_campaign_a_province_and_year": "year",
    "campaign_period_runs_forward": "period_end",
    "campaign_closes_after_opening": "closes_on",
}


def proposal(province, today: datetime.date | None = None) -> dict:
    """What a new campaign of ``province`` starts from: the report of the academic year that ended last, and the
    guidance of the campaign before.
    """
    today = today or timezone.localdate()
    year = today.year if today >= datetime.date(today.year, 9, 1) else today.year - 1
    before = Campaign.objects.filter(province=province).order_by("-year").first()
    if before is not None:
        year = max(year, before.year + 1)
    closes = datetime.date(year, 10, 31)
    return {
        "year": year,
        "label": f"{year - 1}-{year}学年度",
        "period_start": datetime.date(year - 1, 9, 1),
        "period_end": datetime.date(year, 8, 31),
        "opens_on": max(today, datetime.date(year, 9, 1)),
        "closes_on": closes if closes > today else today + datetime.timedelta(days=30),
        "addressee": before.addressee if before else province.office,
        "guidance": before.guidance if before else {},
    }


class _Date(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class CampaignForm(forms.ModelForm):
    """A campaign of the province that ``instance`` names. Guidance stands in fields ``guidance_<key>``."""

    class Meta:
        model = Campaign
        fields = ["year", "label", "period_start", "period_end", "opens_on", "closes_on", "addressee"]
        widgets = {name: _Date() for name in ("period_start", "period_end", "opens_on", "closes_on")}
        help_texts = {
            "year": "报告应报送的年份，例如 2025-2026学年度的报告填 2026。",
            "opens_on": "从这一天起，学校可以开始填报。",
        }

    def __init__(self, *args, initial=None, **kwargs):
        initial = dict(initial or {})
        guidance = self._guidance_to_start_from(kwargs["instance"], initial.pop("guidance", {}))
        super().__init__(*args, initial=initial, **kwargs)
        for key in SectionKey:
            self.fields[GUIDANCE_PREFIX + key] = forms.CharField(
                label=key.label,
                required=False,
                max_length=2000,
                initial=guidance.get(key, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        # Reports and their public addresses carry the year.
        if self.instance.pk and self.instance.reports.exists():
            self.fields["year"].disabled = True
            self.fields["year"].help_text = "已有学校开始填报，年份不能再改。"

    @staticmethod
    def _guidance_to_start_from(instance, proposed):
        return instance.guidance if instance.pk else proposed

    def main_fields(self):
        """The fields without the guidance."""
        return [self[name] for name in self.Meta.fields]

    def guidance_fields(self):
        """A field of guidance for each part of the report, in its order."""
        return [self[GUIDANCE_PREFIX + key] for key in SectionKey]

    def clean(self):
        cleaned = super().clean()
        self.instance.guidance = {
            key.value: text for key in SectionKey if (text := cleaned.get(GUIDANCE_PREFIX + key, "").strip())
        }
        return cleaned

    def _post_clean(self):
        """Ask the constraints as well where they name a field the form lacks (the province), and put the sentence
        of each beside the field it is about.
        """
        super()._post_clean()
        self._errors.pop(NON_FIELD_ERRORS, None)
        for constraint in Campaign._meta.constraints:
            field = _FIELD_OF_CONSTRAINT[constraint.name]
            try:
                constraint.validate(Campaign, self.instance)
            except forms.ValidationError as error:
                self.add_error(field, error.messages)

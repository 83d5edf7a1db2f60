"""The forms of a year's campaign: dates, addressee, guidance for each part of the report, severities of the checks."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from disclosure.checks import BY_NAME, GROUPS, RULES, Rule
from disclosure.models import Campaign
from disclosure.report.enums import SectionKey, Severity
from schools.fields import LineFormField

GUIDANCE_PREFIX = "guidance_"

# Beside which field the sentence of a constraint stands.
_FIELD_OF_CONSTRAINT = {
    "one_campaign_a_province_and_year": "year",
    "campaign_period_runs_forward": "period_end",
    "campaign_closes_after_opening": "closes_on",
}


def proposal(province, today: datetime.date | None = None) -> dict:
    """What a new campaign of ``province`` starts from: the report of the academic year that ended last, and the
    guidance and the severities of the campaign before.
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
        "severities": before.severities if before else {},
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
        severities = initial.pop("severities", {})
        super().__init__(*args, initial=initial, **kwargs)
        if not self.instance.pk:
            # They have a page of their own, once the campaign is there.
            self.instance.severities = severities
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


@dataclass(frozen=True)
class SeverityChange:
    """What a province makes of a rule: from what to what."""

    rule: Rule
    before: Severity
    after: Severity

    @property
    def is_raised(self) -> bool:
        return self.after == Severity.ERROR


class RulesForm(forms.Form):
    """How heavily each rule of the checks weighs in one campaign: a field for each, named as the rule.

    What cannot be changed has no field. With ``only_changed`` the form holds only those that differ from the portal's
    own. ``seen`` is what was stored when the page was opened.
    """

    seen = LineFormField(required=False, widget=forms.HiddenInput)

    def __init__(self, campaign: Campaign, data=None, only_changed: bool = False):
        super().__init__(data, initial={"seen": _stamp(campaign.severities)})
        self.campaign = campaign
        self.only_changed = only_changed
        for rule in RULES:
            if not rule.is_fixed and (not only_changed or self._now(rule) != rule.severity):
                self.fields[rule.name] = forms.TypedChoiceField(
                    label=rule.title,
                    choices=Severity.choices,
                    coerce=Severity,
                    initial=self._now(rule),
                    error_messages={"required": "请选择。", "invalid_choice": "请选择「须改正」或「请核对」。"},
                    widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                )

    def _now(self, rule: Rule) -> Severity:
        """The severity that holds; what is stored and makes no sense counts as not said."""
        stored = self.campaign.severities.get(rule.name)
        return Severity(stored) if stored in Severity.values and not rule.is_fixed else rule.severity

    def groups(self) -> Iterator[tuple[str, list[tuple[Rule, forms.BoundField | None]]]]:
        """The rules as ``docs/checks.md`` has them, each with its field, or None where it cannot be changed."""
        for group, title in GROUPS.items():
            rules = [rule for rule in RULES if rule.group == group]
            rows = [(rule, self[rule.name] if rule.name in self.fields else None) for rule in rules]
            if rows := [row for row in rows if row[1] or not self.only_changed]:
                yield title, rows

    def clean(self):
        # A second click wants what the first has stored: nothing to ask about.
        if self.cleaned_data.get("seen") != _stamp(self.campaign.severities) and self.changes():
            # What was chosen stays; the difference to what is stored by now is shown before it is saved.
            self.data = self.data.copy()
            self.data["seen"] = _stamp(self.campaign.severities)
            raise forms.ValidationError("这一页打开之后，有人改过检查规则的轻重。您的选择还在下面，请核对后再保存。")
        return super().clean()

    def changes(self) -> list[SeverityChange]:
        """What the valid form changes."""
        chosen = [(BY_NAME[name], value) for name, value in self.cleaned_data.items() if name in BY_NAME]
        return [SeverityChange(rule, self._now(rule), value) for rule, value in chosen if value != self._now(rule)]

    def severities(self) -> dict[str, str]:
        """What is to be stored: what differs from the portal's own, and names of rules this version does not know."""
        stored = dict(self.campaign.severities)
        for change in self.changes():
            stored.pop(change.rule.name, None)
            if change.after != change.rule.severity:
                stored[change.rule.name] = change.after.value
        return stored


def _stamp(severities: dict) -> str:
    return hashlib.sha256(json.dumps(severities, sort_keys=True).encode()).hexdigest()[:16]

"""The registry of a report's parts, in report order. Form, address and template of a part are found by its key.

It imports no model: the public side reads its headings too.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from disclosure.report.enums import MANDATED, SectionKey

NUMERALS = "一二三四五六七"


@dataclass(frozen=True)
class Section:
    """One part of a report.

    ``numeral`` is 一 to 七 for the mandated sections and "" for the rest; ``heading`` is what stands over the section
    where the school has not put it in its own words.
    """

    key: SectionKey
    numeral: str = ""

    @property
    def title(self) -> str:
        return str(self.key.label)

    @property
    def heading(self) -> str:
        if self.numeral:
            return f"{self.numeral}、{self.title}"
        return f"附件：{self.title}" if self.key is SectionKey.CONTACTS else self.title

    @property
    def short_title(self) -> str:
        """The title as it fits a side list."""
        return SHORT_TITLES[self.key]

    @property
    def form_template(self) -> str:
        """The template of the part's form."""
        return f"author/parts/{self.key.value}.html"

    @property
    def model_name(self) -> str:
        """The name of the part's model, which is also the report's attribute for it."""
        return self.key.value.replace("_", "")

    @property
    def model(self) -> type[Model]:
        return apps.get_model("disclosure", self.model_name)

    def of(self, report: Model) -> Model:
        """The row of this part of ``report``."""
        row: Model = getattr(report, self.model_name)
        return row


SHORT_TITLES = {
    SectionKey.HEAD: "标题、引言与落款",
    SectionKey.OVERVIEW: "概述",
    SectionKey.PROACTIVE: "主动公开",
    SectionKey.ON_REQUEST: "依申请公开和不予公开",
    SectionKey.EVALUATION: "评议",
    SectionKey.COMPLAINTS: "举报、复议、诉讼",
    SectionKey.EXPERIENCE: "经验、问题和改进",
    SectionKey.OTHER: "其他事项",
    SectionKey.CONTACTS: "附件：联系方式",
}

SECTIONS: dict[SectionKey, Section] = {
    key: Section(key, NUMERALS[MANDATED.index(key)] if key in MANDATED else "") for key in SectionKey
}

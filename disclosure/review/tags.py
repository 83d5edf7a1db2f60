"""Figures beside each other, as the reviewer's pages show them. Load with ``{% load review %}``.

- ``{% figure_value line %}``: a ``disclosure.report.diff.FigureLine``, or None where the line is missing
- ``{% figure_difference change %}``: how a ``disclosure.report.diff.FigureChange`` went up or down
"""

from django import template

from disclosure.publishing.tags import figure_text
from disclosure.report.diff import FigureChange, FigureLine
from disclosure.report.figures import Kind

register = template.Library()


@register.simple_tag
def figure_value(line: FigureLine | None) -> str:
    """A figure in words; 未填 where there is none. A sum of the portal's is called one."""
    if line is None:
        return figure_text(None)
    return f"{'约 ' if line.is_approximate else ''}{figure_text(line.value, line.kind)}{line.origin}"


@register.simple_tag
def figure_difference(change: FigureChange) -> str:
    """+120（+10%）, −3, 持平; 「—」 where nothing can be subtracted. Percentages differ by points."""
    difference = change.difference
    if difference is None:
        return "—"
    if not difference:
        return "持平"
    kind = change.new.kind
    words = f"{_sign(difference)}{figure_text(abs(difference), kind)}"
    if kind is Kind.PERCENT:
        return f"{words} 个百分点"
    return f"{words}（{_sign(difference)}{abs(change.percent)}%）" if change.percent else words


def _sign(number) -> str:
    return "+" if number > 0 else "−"

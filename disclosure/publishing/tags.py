"""A report as the page, the preview and the PDF show it. Load with ``{% load report %}``.

- ``{% report_document document %}``: the whole report
- or its pieces, in this order: ``{% report_head document %}``, ``{% report_section document "overview" %}`` … for
  each key of ``disclosure.report.enums.MANDATED``, ``{% report_signature document %}``, ``{% report_contacts document %}``

What is shown is what the document holds: a page for the public passes ``document.public()``.
"""

from decimal import Decimal

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from disclosure.publishing.rendering.title import title_parts
from disclosure.report.document import NOT_APPLICABLE, Document
from disclosure.report.enums import MANDATED, Applicant, ChannelKind, ContactRole, SectionKey
from disclosure.report.figures import (
    APPLICANTS,
    CASE_OUTCOMES,
    CASES,
    FIGURES,
    RECKONED_TOTAL,
    REQUEST_ROWS,
    STATED_TOTAL,
    Figure,
    Kind,
    value_at,
)
from disclosure.report.sections import SECTIONS
from disclosure.report.totals import Total, case_totals, channel_total, request_totals

register = template.Library()

EMPTY = "未填"
NOT_APPLICABLE_LABEL = "不适用"
# The rows of words in a complete table of figures.
_TEXTS = {"methods": "评议方式", "total_reason": "总数说明"}
UNBROKEN = frozenset({"name", "office_phone", "mobile"})
# Whoever uses the keyboard alone must be able to scroll it: hence the tabindex.
SCROLL_BOX = '<div class="report-table" role="group" aria-label="可左右滚动的表格" tabindex="0">'


def figure_text(value, kind: Kind = Kind.COUNT) -> str:
    """A figure in words: 0 is 0, None 未填, ``"n/a"`` 不适用; yuan with two decimals, no idle zeros elsewhere."""
    if value is None:
        return EMPTY
    if value == NOT_APPLICABLE:
        return NOT_APPLICABLE_LABEL
    if kind is Kind.YUAN:
        return f"{value:.2f}"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def section_heading(document: Document, key: str) -> str:
    """The heading as the school wrote it, or the mandated one.

    The mandated numeral is left out where the school numbered other sections in its own way: reports of past years
    have three to eight sections, and a 五 of ours would stand before a 四 of theirs.
    """
    section, mandated = document.sections[key], SECTIONS[SectionKey(key)]
    has_own_headings = any(document.sections[other].heading for other in MANDATED)
    return section.heading or (mandated.title if has_own_headings else mandated.heading)


@register.filter
def addressee_line(addressee: str) -> str:
    """The addressee with the full-width colon that ends the line, whether or not the school typed one."""
    return addressee.rstrip(" :：") + "："


@register.filter
def is_web_address(url: str) -> bool:
    """Whether ``url`` may become a link: a loaded file can hold anything, ``javascript:`` too."""
    return url.startswith(("http://", "https://"))


@register.filter
def with_scrolling_tables(html: str) -> str:
    """Cleaned ``html``, safe to show, each of its tables in a box that scrolls by itself where the screen is narrow."""
    opened = html.replace("<table>", SCROLL_BOX + "<table>")
    return mark_safe(opened.replace("</table>", "</table></div>"))  # noqa: S308


@register.inclusion_tag("report/document.html")
def report_document(document: Document, title_level: int = 1, is_complete: bool = False):
    """The whole report. Its title is the page's heading, or one of ``title_level`` in a page with a heading of its own.

    ``is_complete`` is for a file that is read in again, as the Word file is: its tables hold all that the figures hold.
    """
    keys = [key.value for key in MANDATED]
    return {"document": document, "keys": keys, "title_level": title_level, "is_complete": is_complete}


@register.inclusion_tag("report/head.html")
def report_head(document: Document, title_level: int = 1):
    """Title, addressee, preamble."""
    return {"document": document, "title_level": title_level}


@register.inclusion_tag("report/title.html")
def report_title(title: str, school: str):
    """A report's title, cut where a break means something: first after the name of the ``school``."""
    parts = title_parts(title, school)
    return {"parts": [(part.rstrip(), part != part.rstrip()) for part in parts]}


@register.simple_tag
def report_section(document: Document, key: str, is_complete: bool = False):
    """One of the seven sections, through its own template ``report/sections/<key>.html``."""
    key = SectionKey(key).value
    section = document.sections[key]
    return render_to_string(
        f"report/sections/{key}.html",
        {
            "key": key,
            "heading": section_heading(document, key),
            "section": section,
            "figures": section.figures,
            "is_complete": is_complete,
        },
    )


@register.inclusion_tag("report/signature.html")
def report_signature(document: Document):
    """The school's name and the date; nothing where the report has neither."""
    return {"signature": document.signature, "has_annex": any(not contact.is_empty for contact in document.contacts)}


@register.inclusion_tag("report/contacts.html")
def report_contacts(document: Document, is_complete: bool = False):
    """The contacts annex; a column that no row has anything for is left out. A missing annex is told, except in a file
    that is read in again (``is_complete``), where the words would be taken for contacts.
    """
    people = [contact for contact in document.contacts if not contact.is_empty]
    columns = [
        (label, field)
        for label, field in (
            ("姓名", "name"),
            ("职务", "position"),
            ("办公电话", "office_phone"),
            ("移动电话", "mobile"),
            ("电子邮箱", "email"),
        )
        if any(getattr(contact, field) for contact in people)
    ]
    return {
        "is_complete": is_complete,
        "heads": [label for label, _ in columns],
        "rows": [
            {
                "role": ContactRole(contact.role).label,
                # A name or a number is not broken into lines; a position or an address may be.
                "cells": [(label, getattr(contact, field), field in UNBROKEN) for label, field in columns],
            }
            for contact in people
        ],
    }


@register.inclusion_tag("report/figure_cell.html")
def figure_cell(value, kind: Kind = Kind.COUNT, is_approximate: bool = False):
    """The cell of one figure: right-aligned, what is empty in soft ink."""
    # 约 alone says that a number is missing, and that it will be no exact one; 不适用 is never 约.
    is_approximate = is_approximate and value != NOT_APPLICABLE
    text = "" if value is None and is_approximate else figure_text(value, kind)
    return {"text": text, "is_empty": value is None, "is_approximate": is_approximate}


@register.simple_tag
def single_figures(key: str, figures, *without: str) -> list[tuple[Figure, object, bool]]:
    """The single figures of a section that are known, in order; ``without`` names those another table tells."""
    return [
        (figure, value, getattr(figures, f"{figure.key}_is_approximate", False))
        for figure in FIGURES[SectionKey(key)]
        if figure.key not in without and (value := getattr(figures, figure.key)) is not None
    ]


@register.simple_tag
def channel_table(figures, is_complete: bool = False) -> dict:
    """The channels of proactive disclosure, with the total: as stated, or else the sum, in a row that says so.

    ``is_complete`` tells a total here even where no channel is known, and calls the column of names 名称, so that kinds
    and names are never taken for each other.
    """
    channels = [channel for channel in figures.channels if not channel.is_empty]
    total = channel_total(figures)
    totals = []
    if total.stated is not None or (is_complete and total.is_approximate):
        totals.append((STATED_TOTAL, total.stated, total.is_approximate))
    is_stated = bool(totals)
    if total.is_reckoned:
        totals.append((RECKONED_TOTAL, total.sum, total.sum_is_approximate))
    has_names = any(channel.name for channel in channels)
    return {
        "has_kinds": any(channel.channel for channel in channels) or (is_complete and not has_names),
        "has_names": has_names,
        "rows": [
            {
                "kind": ChannelKind(channel.channel).label if channel.channel else "",
                "name": channel.name,
                "count": channel.count,
                "is_approximate": channel.approximate,
            }
            for channel in channels
        ],
        "totals": totals,
        "is_shown": bool(channels) or (is_complete and (is_stated or bool(figures.total_reason))),
    }


@register.inclusion_tag("report/total_notes.html")
def total_notes(key: str, figures):
    """A sentence for each total of a section that its own parts contradict, without the report saying why."""
    totals = _TOTALS[key](figures)
    return {"notes": [_note(*one) for one in totals if one[2].is_contradicted and not one[2].reason]}


_TOTALS = {
    SectionKey.PROACTIVE: lambda figures: [("合计", "各渠道", channel_total(figures), "条")],
    SectionKey.ON_REQUEST: lambda figures: [(*one, "件") for one in request_totals(figures)],
    SectionKey.COMPLAINTS: lambda figures: [(*one, "件") for one in case_totals(figures)],
}


def _note(label: str, parts: str, total: Total, unit: str) -> str:
    stated = _amount(total.stated, unit, total.is_approximate)
    added_up = _amount(total.sum, unit, total.sum_is_approximate)
    verdict = "" if total.is_near else "，两者不一致，报告没有说明原因"
    return f"学校填报的{label}{stated}，{parts}之和{added_up}{verdict}。"


def _amount(number: int, unit: str, is_approximate: bool) -> str:
    return f"{'约' if is_approximate else '为'} {number} {unit}"


@register.simple_tag
def has_addresses(rules, is_complete: bool) -> bool:
    """Whether a table of rules writes their addresses out, and does not only lead to them."""
    return is_complete and any(rule.url for rule in rules)


@register.simple_tag
def more_figures(figures, key: str, is_complete: bool) -> list[tuple[str, list[str]]]:
    """What the page says in words, as a row of a complete table: its label and its lines. ``key`` is one of ``_TEXTS``."""
    value = getattr(figures, key)
    if not is_complete or not value:
        return []
    return [(_TEXTS[key], [value] if isinstance(value, str) else list(value))]


@register.simple_tag
def request_table(figures) -> dict:
    """The requests by outcome, and by applicant where that is known. A row without any figure is left out."""
    has_applicants = not figures.by_applicant.is_empty
    columns = [*(getattr(figures.by_applicant, applicant) for applicant in APPLICANTS), figures]
    heads = [Applicant(applicant).label for applicant in APPLICANTS] + [Applicant.TOTAL.label]
    if not has_applicants:
        columns, heads = [figures], ["件数"]
    rows = [(figure, [value_at(column, figure.key) for column in columns]) for figure in REQUEST_ROWS]
    return {
        "heads": heads,
        "rows": [(figure, values) for figure, values in rows if any(value is not None for value in values)],
    }


@register.simple_tag
def case_table(figures) -> dict:
    """Reconsiderations and lawsuits: outcomes as columns where any is known, the total last."""
    cases = [(label, getattr(figures, key), getattr(figures, f"{key}_by")) for key, label in CASES]
    known = [(label, total, by) for label, total, by in cases if total is not None or not by.is_empty]
    outcomes = CASE_OUTCOMES if any(not by.is_empty for _, _, by in known) else ()
    return {
        "heads": [*(outcome.label for outcome in outcomes), "总计" if outcomes else "件数"],
        "rows": [(label, [*(getattr(by, outcome.key) for outcome in outcomes), total]) for label, total, by in known],
    }

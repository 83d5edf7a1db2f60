"""The parts that pages are built of. Each is a tag with declared parameters: an unknown one fails on load.

Load with ``{% load components %}``. Tones: neutral, done, waiting, attention, error
(``disclosure.components.TONES``).

- ``{% status_tag "已填" "done" %}``
- ``{% report_status report.status %}``; for reviewers ``{% report_status status "reviewer" %}``
- ``{% notifications %}``: what django.contrib.messages holds; base_desk.html has it already
- ``{% banner "attention" "标题" %}<p>…</p>{% endbanner %}``: a notice that belongs to the page
- ``{% breadcrumbs "工作台" home_url "2026年度报告" %}``: label, address, …, the label of this page
- ``{% page_header "标题" caption="学校" lead="一句话" %}buttons{% endpage_header %}``: the page's h1
- ``{% error_summary form formset problems=problems title="…" %}``: nothing where nothing is wrong;
  ``problems`` are ``disclosure.components.Problem``
- ``{% task_list tasks %}``: ``disclosure.components.Task``
- ``{% empty_state "还没有报告" text="…" action="开始填写" url=url %}``
- ``{% confirmation "撤回这份报告" consequence="…" action="撤回公开" url=post cancel=back danger=True %}``
  more fields ``{% endconfirmation %}``: a form that posts, with its csrf token; holds the page's h1
- ``{% pagination page unit="份" %}``: a Page of a Paginator; the rest of the query string stays
- ``{% summary_list rows %}``: ``disclosure.components.SummaryRow``
- ``{% scroll_table "表名" %}<table class="table">…</table>{% endscroll_table %}``
- ``{% desk_nav %}``: the working side's navigation by role; base_desk.html has it already
"""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse

from disclosure.components import REVIEWER_TONES, SCHOOL_TONES, TONES, Problem
from disclosure.report.enums import REVIEWER_LABELS, Status

register = template.Library()


def _known(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"{tone!r} is not a tone; there are {', '.join(TONES)}")
    return tone


@register.inclusion_tag("components/status_tag.html")
def status_tag(label, tone="neutral"):
    """How a thing stands: a word, a colour and a sign that tells the colour's meaning without it."""
    return {"label": label, "tone": _known(tone)}


@register.inclusion_tag("components/status_tag.html")
def report_status(status, audience="school"):
    """A report's status in the words and colour of its ``audience``: ``school`` or ``reviewer``."""
    status = Status(status)
    if audience == "reviewer":
        return {"label": REVIEWER_LABELS[status], "tone": REVIEWER_TONES[status]}
    return {"label": status.label, "tone": SCHOOL_TONES[status]}


@register.inclusion_tag("components/notifications.html", takes_context=True)
def notifications(context):
    """What happened just now, once."""
    return {"messages": context.get("messages")}


@register.simple_block_tag
def banner(content, tone, title=""):
    """A notice that belongs to the page; errors and attention are announced."""
    context = {"content": content, "tone": _known(tone), "title": title}
    return render_to_string("components/banner.html", context)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*labels_and_addresses):
    """The way to this page: label, address, label, address, …, the label of the page itself."""
    if len(labels_and_addresses) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumbs takes label, address, …, label of the page")
    labels, addresses = labels_and_addresses[::2], labels_and_addresses[1::2]
    return {"trail": list(zip(labels, addresses, strict=False)), "here": labels[-1]}


@register.simple_block_tag
def page_header(content, title, caption="", lead=""):
    """The page's only h1, what it belongs to (``caption``), one sentence (``lead``), and its actions."""
    return render_to_string(
        "components/page_header.html",
        {"content": content if content.strip() else "", "title": title, "caption": caption, "lead": lead},
    )


def _form_problems(form):
    yield from (Problem(text) for text in form.non_field_errors())
    for field in form:
        anchor = "" if field.is_hidden else f"#{field.id_for_label}"
        yield from (Problem(f"{field.label}：{text}", anchor) for text in field.errors)


def _problems(form_or_formset):
    if hasattr(form_or_formset, "management_form"):
        yield from (Problem(text) for text in form_or_formset.non_form_errors())
        for form in form_or_formset.forms:
            yield from _form_problems(form)
    else:
        yield from _form_problems(form_or_formset)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms, problems=(), title="有内容需要改正"):
    """Everything that is wrong on the page, each with a link to its field."""
    found = [problem for form in forms if form and form.is_bound for problem in _problems(form)]
    return {"problems": [*found, *problems], "title": title}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks):
    """What is to be done, and how each stands."""
    return {"tasks": tasks}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title, text="", action="", url=""):
    """Nothing is here yet: what comes next."""
    return {"title": title, "text": text, "action": action, "url": url}


@register.simple_block_tag(takes_context=True)
def confirmation(context, content, title, consequence, action, url, cancel, danger=False):
    """The page before what cannot be undone: the consequence in one sentence, one button, one way back."""
    return render_to_string(
        "components/confirmation.html",
        {
            "content": content,
            "title": title,
            "consequence": consequence,
            "action": action,
            "url": url,
            "cancel": cancel,
            "danger": danger,
        },
        request=context["request"],
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, unit="条"):
    """The pages of a list; nothing where there is one page only."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "gap": page.paginator.ELLIPSIS,
        "query": query.urlencode(),
        "unit": unit,
    }


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows):
    """Names and values, each with the way to change it."""
    return {"rows": rows}


@register.simple_block_tag
def scroll_table(content, label):
    """A table that scrolls inside itself on a small screen, by keyboard too."""
    return render_to_string("components/scroll_table.html", {"content": content, "label": label})


@register.inclusion_tag("components/desk_nav.html", takes_context=True)
def desk_nav(context):
    """The working side's navigation: the author's and signatory's desk, or the office's three rooms."""
    request = context["request"]
    actor = getattr(request, "actor", None)
    entries = []
    if actor and actor.acts_for_school:
        entries = [("工作台", "author:home", "/desk/")]
    elif actor and actor.is_reviewer:
        entries = [("审核", "review:queue", "/review/")]
        if actor.is_province_admin:
            entries += [
                ("学校与账号", "province:home", "/province/"),
                ("填报任务", "province:campaigns", "/province/campaigns/"),
            ]
    here = max((prefix for _, _, prefix in entries if request.path.startswith(prefix)), key=len, default="")
    return {
        "entries": [
            {"label": label, "url": reverse(name), "is_current": prefix == here} for label, name, prefix in entries
        ]
    }

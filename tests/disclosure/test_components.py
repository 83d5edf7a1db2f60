"""The components' tags: declared parameters, every status told to either side, problems linked to their fields."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from disclosure.components import REVIEWER_TONES, SCHOOL_TONES, TONES, Problem, SummaryRow, Task
from disclosure.report.enums import REVIEWER_LABELS, Status


def render(source: str, path="/desk/", **context) -> str:
    request = RequestFactory().get(path)
    return Template("{% load components %}" + source).render(Context(context | {"request": request}))


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名")
    phone = forms.CharField(label="办公电话", required=False)

    def clean(self):
        raise forms.ValidationError("两处内容不一致。")


@pytest.mark.parametrize("tones", [SCHOOL_TONES, REVIEWER_TONES])
def test_every_status_has_a_tone_for_either_side(tones):
    assert set(tones) == set(Status)
    assert set(tones.values()) <= set(TONES)


@pytest.mark.parametrize("status", Status)
def test_a_status_reads_as_its_audience_knows_it(status):
    assert status.label in render("{% report_status status %}", status=status)
    assert REVIEWER_LABELS[status] in render('{% report_status status "reviewer" %}', status=status.value)


@pytest.mark.parametrize(
    "source",
    [
        '{% status_tag "已填" colour="green" %}',
        '{% empty_state "没有" link="/" %}',
        '{% page_header "标题" subtitle="x" %}{% endpage_header %}',
        "{% task_list tasks order=1 %}",
    ],
)
def test_an_undeclared_parameter_fails_when_the_page_loads(source):
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_an_unknown_tone_fails():
    with pytest.raises(TemplateSyntaxError):
        render('{% status_tag "已填" "green" %}')


def test_a_tone_has_a_sign_besides_its_colour():
    signs = {tone: "<svg" in render('{% status_tag "状态" tone %}', tone=tone) for tone in TONES}
    assert signs == {"neutral": False, "done": True, "waiting": True, "attention": True, "error": True}


def test_the_error_summary_links_each_problem_to_its_field():
    page = render(
        "{% error_summary form problems=problems %}",
        form=PersonForm({}),
        problems=[Problem("数字不平衡。", "/x/#id_n")],
    )
    assert '<a href="#id_name">姓名：这个字段是必填项。</a>' in page
    assert "<li>两处内容不一致。</li>" in page
    assert '<a href="/x/#id_n">数字不平衡。</a>' in page


def test_the_error_summary_reads_formsets():
    formset = forms.formset_factory(PersonForm)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": ""})
    assert 'href="#id_form-0-name"' in render("{% error_summary formset %}", formset=formset)


def test_nothing_wrong_shows_no_error_summary():
    assert render("{% error_summary form %}", form=PersonForm()).strip() == ""


def test_breadcrumbs_end_with_the_page_itself():
    page = render('{% breadcrumbs "工作台" "/desk/" "概述" %}')
    assert '<a href="/desk/">工作台</a>' in page
    assert '<li aria-current="page">概述</li>' in page


def test_breadcrumbs_without_the_page_itself_fail():
    with pytest.raises(TemplateSyntaxError):
        render('{% breadcrumbs "工作台" "/desk/" %}')


def test_a_task_that_cannot_be_opened_is_no_link():
    page = render("{% task_list tasks %}", tasks=[Task("概述", "已填", "done", "/a/"), Task("其他", "未开始")])
    assert '<a class="task-label" href="/a/">概述</a>' in page
    assert '<span class="task-label">其他</span>' in page


def test_a_summary_tells_zero_from_empty():
    page = render("{% summary_list rows %}", rows=[SummaryRow("件数", 0), SummaryRow("职务", "", "/a/")])
    assert "<dt>件数</dt><dd>0</dd>" in page
    assert '<dt>职务</dt><dd><span class="summary-empty">未填</span></dd>' in page
    assert '<a href="/a/">修改<span class="visually-hidden">职务</span></a>' in page


def test_pagination_keeps_the_rest_of_the_query():
    page = render("{% pagination page %}", "/?q=%E6%B9%98&page=2", page=Paginator(range(50), 20).page(2))
    assert 'href="?q=%E6%B9%98&amp;page=1" rel="prev"' in page
    assert "第 21–40 条，共 50 条" in page


def test_one_page_needs_no_pagination():
    assert render("{% pagination page %}", page=Paginator(range(5), 20).page(1)).strip() == ""


def test_a_confirmation_posts_with_its_token():
    page = render(
        '{% confirmation "撤回" consequence="公众将看不到。" action="撤回公开" url="/w/" cancel="/r/" danger=True %}'
        '<input name="reason">{% endconfirmation %}'
    )
    assert '<form class="confirmation confirmation-danger" method="post" action="/w/" data-keep data-once>' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert '<input name="reason">' in page


def test_what_a_person_typed_is_escaped_in_every_component():
    page = render("{% page_header name lead=name caption=name %}{% endpage_header %}{% empty_state name %}", name="<b>")
    assert "<b>" not in page

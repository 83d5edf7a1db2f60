"""What the school says to a finding, and the form to say it."""

from django import template

register = template.Library()


@register.inclusion_tag("author/finding_answer.html")
def finding_answer(judged, answering, ident):
    """The answer to a finding or the request to waive it, what became of it, and the form.

    ``answering`` is the page's ``drafting.forms.responses.AnswerForms``, ``ident`` what the page knows the finding by. The
    csrf token has to be in the context.
    """
    return {
        "judged": judged,
        "report": answering.report,
        "form": answering.beside(judged, ident),
        "may_answer": answering.why_not is None,
    }

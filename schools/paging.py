"""Long lists in pages: the one place that reads ``page`` from an address."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator


def page_of(request, rows, size: int) -> Page:
    """The page of ``rows`` that the address asks for with ``page``.

    Beyond the end it is the last one, as where rows have gone since; before the beginning, or no number, the first.
    (Django's own ``get_page`` shows the last for 0 and −1 as well.)
    """
    paginator = Paginator(rows, size)
    try:
        number = paginator.validate_number(request.GET.get("page", 1))
    except PageNotAnInteger:
        number = 1
    except EmptyPage:
        number = 1 if int(request.GET["page"]) < 1 else paginator.num_pages
    return paginator.page(number)

"""The number of a request and the address of its visitor."""

import re

import pytest
from django.http import HttpResponse

from disclosure.middleware import ClientAddressMiddleware, RequestIdMiddleware


def _answer(rf, middleware, **headers):
    seen = []

    def view(request):
        seen.append(request)
        return HttpResponse()

    response = middleware(view)(rf.get("/", REMOTE_ADDR="10.0.0.9", headers=headers))
    return seen[0], response


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "10.0.0.9"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, "203.0.113.7:52100", "10.0.0.9"),
        (1, "unknown", "10.0.0.9"),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_it_believes_exactly_as_many_proxies_as_are_configured(rf, settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    request, _ = _answer(rf, ClientAddressMiddleware, x_forwarded_for=forwarded)
    assert request.META["REMOTE_ADDR"] == address


def test_it_numbers_a_request_and_says_the_number_in_the_answer(rf, settings):
    settings.PROXIES = 0
    request, response = _answer(rf, RequestIdMiddleware, x_request_id="chosen-by-visitor")
    assert re.fullmatch("[0-9a-f]{12}", request.id)
    assert response["X-Request-ID"] == request.id


@pytest.mark.parametrize(("given", "kept"), [("abcd-1234", True), ("bad\tname", False), ("short", False)])
def test_it_keeps_a_well_formed_number_of_a_configured_proxy(rf, settings, given, kept):
    settings.PROXIES = 1
    request, _ = _answer(rf, RequestIdMiddleware, x_request_id=given)
    assert (request.id == given) is kept

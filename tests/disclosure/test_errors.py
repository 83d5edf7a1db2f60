"""The pages for what cannot be answered, and for a fault of the portal itself."""

import re

import pytest
from django.test import Client
from django.urls import path, reverse

from disclosure import urls
from disclosure.publishing import urls as public_urls
from tests.disclosure.test_public import publish


def _broken(request):
    raise RuntimeError("the cause, which is for the log only")


handler500 = urls.handler500
urlpatterns = [*urls.urlpatterns, path("broken/", _broken)]


def test_it_tells_the_number_under_which_the_log_has_the_cause(settings, caplog):
    settings.ROOT_URLCONF = __name__
    response = Client(raise_request_exception=False).get("/broken/")
    number = response["X-Request-ID"]
    page = response.content.decode()
    assert response.status_code == 500
    assert f"请告知编号 <strong>{number}</strong>" in page
    assert "the cause" not in page
    assert [record.getMessage() for record in caplog.records] == ["Internal Server Error: /broken/"]
    assert [record.exc_info[1].args for record in caplog.records] == [("the cause, which is for the log only",)]


def main_of(response) -> str:
    """The words of the page that is no frame."""
    text = response.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub("<[^>]*>", " ", text).split())


READ_ONLY = "这个网址只供查阅 这个网址不接受提交，发来的内容没有保存。"


@pytest.mark.parametrize("pattern", public_urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_whoever_sends_something_to_a_public_address_is_told_that_it_is_read_only(pattern, school):
    publish(school)
    values = {"slug": school.slug, "year": 2023, "number": 1, "section": "reports"}
    address = reverse(f"public:{pattern.name}", kwargs={key: values[key] for key in pattern.pattern.converters})
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "options", "trace"):
        response = getattr(client, method)(address)
        assert (method, response.status_code, response["Allow"]) == (method, 405, "GET, HEAD")
        assert main_of(response).startswith(READ_ONLY)
        assert not response.cookies


@pytest.mark.parametrize("address", ["/accounts/logout/", "/desk/reports/1/overview/save/"])
def test_an_address_of_a_button_that_is_opened_leads_back_to_the_page(address, client_of, author):
    response = client_of(author).get(address)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert main_of(response).startswith("这个网址不能直接打开 这个网址只用来接收页面上的操作")


def test_a_script_gets_the_words_of_an_error_as_json(client):
    response = client.post("/", headers={"Accept": "application/json"})
    assert response.status_code == 405
    assert response.json()["state"] == "refused"
    assert response.json()["message"].startswith("这个网址不接受提交")


def test_the_page_of_an_error_is_as_safe_as_every_other(client):
    response = client.post("/")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Content-Security-Policy"] == client.get("/accounts/login/")["Content-Security-Policy"]

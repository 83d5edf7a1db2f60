"""The page for a fault of the portal itself."""

from django.test import Client
from django.urls import path

from disclosure import urls


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

"""What every answer says to the browser for safety."""

import pytest

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/operator/login/", "/healthz", "/no-such-page/"])
def test_every_answer_carries_the_same_strict_policy_and_headers(client, address):
    response = client.get(address)
    policy = dict(directive.split(" ", 1) for directive in response["Content-Security-Policy"].split("; "))
    assert {name: sources.split(" ") for name, sources in policy.items()} == POLICY
    assert {
        name: response[name]
        for name in (
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
        )
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/", headers={"host": "evil.example.com"}).status_code == 400

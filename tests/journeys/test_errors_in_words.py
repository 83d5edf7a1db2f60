"""Whatever a visitor provokes, gunicorn's own errors included: the answer is a page of ours, in words.

Asked over a bare socket: no browser sends such requests.
"""

import re
import socket
from urllib.parse import urlsplit

import pytest


def ask(site, request: bytes) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of the answer to ``request``, byte for byte as it is given."""
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split(" ")[1]), headers, body.decode()


def request(line: str, *headers: str, body: bytes = b"", host: str = "127.0.0.1") -> bytes:
    lines = [line, f"Host: {host}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


# Without the cookie a form is refused before it is read.
COOKIE = f"Cookie: csrftoken={'a' * 32}"


def with_length(line: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> bytes:
    return request(line, f"Content-Type: {kind}", f"Content-Length: {len(body)}", COOKIE, body=body)


PROVOKED = {
    "an address of 9 kB": (request(f"GET /?q={'a' * 9000} HTTP/1.1"), 414, "网址太长，无法打开"),
    "an address of 200 kB": (request(f"GET /?q={'a' * 200_000} HTTP/1.1"), 414, "网址太长，无法打开"),
    "a header too long": (request("GET / HTTP/1.1", f"Cookie: a={'a' * 9000}"), 431, "浏览器发来的信息太多"),
    "too many headers": (
        request("GET / HTTP/1.1", *(f"X-{n}: 1" for n in range(200))),
        431,
        "浏览器发来的信息太多",
    ),
    "no HTTP": (b"nonsense\r\n\r\n", 400, "这个请求无法处理"),
    "an unknown version": (request("GET / HTTP/7.7"), 400, "这个请求无法处理"),
    "a method in small letters": (request("get / HTTP/1.1"), 400, "这个请求无法处理"),
    "a length that is no number": (request("POST / HTTP/1.1", "Content-Length: x"), 400, "这个请求无法处理"),
    "an unknown coding": (request("POST / HTTP/1.1", "Transfer-Encoding: x"), 501, "这个请求无法处理"),
    "an unknown expectation": (request("POST / HTTP/1.1", "Expect: x"), 417, "这个请求无法处理"),
    "another host": (request("GET / HTTP/1.1", host="evil.example.com"), 400, "这个请求无法处理"),
    "a broken chunk": (
        request("POST /accounts/login/ HTTP/1.1", COOKIE, "Transfer-Encoding: chunked", body=b"zz\r\nxx\r\n"),
        403,
        "页面已过期，没有提交",
    ),
    "a method nobody knows": (request("FETCH / HTTP/1.1"), 405, "这个网址只供查阅"),
    "something sent to a public page": (with_length("POST /schools/ HTTP/1.1", b"a=1"), 405, "这个网址只供查阅"),
    "something sent to a file": (with_length("POST {file} HTTP/1.1", b"a=1"), 405, "这个网址只供查阅"),
    "a part that a file has not": (
        request("GET {file} HTTP/1.1", "Range: bytes=9999999-"),
        416,
        "没有这一段内容",
    ),
    "a button's address opened": (request("GET /accounts/logout/ HTTP/1.1"), 405, "这个网址不能直接打开"),
    "a form without its token": (with_length("POST /accounts/login/ HTTP/1.1", b"a=1"), 403, "页面已过期，没有提交"),
    "a large form without a cookie": (
        request("POST /accounts/login/ HTTP/1.1", "Content-Length: 6000000", body=b"a" * 6_000_000),
        403,
        "页面已过期，没有提交",
    ),
    "a form of 6 MB": (with_length("POST /accounts/login/ HTTP/1.1", b"a" * 6_000_000), 413, "内容太大，没有保存"),
    "a form of too many fields": (
        with_length("POST /accounts/login/ HTTP/1.1", b"&".join([b"a=1"] * 5000)),
        400,
        "这个请求无法处理",
    ),
    "an upload cut off": (
        with_length("POST /accounts/login/ HTTP/1.1", b"x", "multipart/form-data"),
        400,
        "这个请求无法处理",
    ),
    "an address that is not there": (request("GET /nothing/ HTTP/1.1"), 404, "没有找到这个页面"),
    "a file that is not there": (request("GET /static/nothing.css HTTP/1.1"), 404, "没有找到这个页面"),
}


@pytest.mark.parametrize("what", PROVOKED)
def test_an_error_is_a_page_in_words(what, site):
    sent, expected, title = PROVOKED[what]
    if b"{file}" in sent:
        # Files are there under the names that carry their hash alone.
        _, _, home = ask(site, request("GET / HTTP/1.1"))
        sent = sent.replace(b"{file}", re.search(r'/static/css/base[^"]*', home)[0].encode())
    status, headers, body = ask(site, sent)
    assert (status, headers["content-type"]) == (expected, "text/html; charset=utf-8")
    assert "default-src 'none'" in headers["content-security-policy"]
    main = re.sub("<[^>]*>", " ", body.partition("<main")[2].partition(">")[2].partition("</main>")[0])
    assert main.split()[0] == title
    assert set(re.findall("[A-Za-z]+", main)) <= {"Cookie", "MB"}


def test_the_longest_search_that_arrives_is_answered_beside_its_field(site):
    status, _, body = ask(site, request(f"GET /?q={'%E9%95%BF' * 890} HTTP/1.1"))
    assert status == 200
    assert "最多 60 个字，您输入了 890 个字。" in body

"""Answers that a cache may keep, with an ETag made of all that they are made of.

An answer is ``make(*arguments)``. The ETag is a fingerprint of the arguments themselves: models by every field that is
loaded and by the relations that came with them, dataclasses by their fields, lists in their order. Nobody writes down
what a page shows, so nothing can be left out; what has no fingerprint raises. Beside the arguments an answer depends on
code, templates, data files and libraries alone: ``code_fingerprint``.
"""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from types import FunctionType

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.safestring import SafeString

from disclosure.publishing.rendering.version import RENDERER_VERSION

# Long enough to carry a rush, short enough that a withdrawal is felt at once.
SECONDS_KEPT = 60

_SOURCES = ("disclosure", "schools", "templates")
_PLAIN = frozenset({str, int, float, bool, bytes, type(None), Decimal, datetime.date, datetime.datetime, datetime.time})


def answer(request: HttpRequest, make: Callable[..., HttpResponse], *arguments) -> HttpResponse:
    """304 where the visitor has what ``make(*arguments)`` would give, else that; with caching headers.

    ``make`` is a function of a module: what it shows must come in by its arguments, or the ETag would not know of it.
    """
    etag = f'"{fingerprint((make, arguments))}"'
    response = get_conditional_response(request, etag=etag) or make(*arguments)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    return response


def page(
    request: HttpRequest,
    template: str,
    context: dict,
    derive: Callable[[dict], dict] | None = None,
    status: int = 200,
    content_type: str | None = None,
) -> HttpResponse:
    """A page of ``template`` with ``context``, and with what ``derive`` makes of the context where no 304 will do.

    No context processor runs: a page for everybody shows nothing of the session, and of the request its address alone.
    """
    return answer(request, _render, request, template, context, derive, status, content_type)


def _render(request, template, context, derive, status, content_type):
    everything = context | {"request": request} | (derive(context) if derive else {})
    content = loader.get_template(template).render(everything)
    return HttpResponse(content, status=status, content_type=content_type)


def fingerprint(value) -> str:
    """32 hexadecimal digits that change with ``value`` and with the code."""
    return hashlib.sha256(repr((code_fingerprint(), _taken_apart(value, ()))).encode()).hexdigest()[:32]


def _taken_apart(value, within: tuple):
    """``value`` as tuples of plain values, whose ``repr`` tells two apart. ``within`` are the models it is part of."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, Model):
        return _model_taken_apart(value, within)
    if kind is SafeString:
        return "safe", str(value)
    if kind in (list, tuple) or isinstance(value, QuerySet):
        return [_taken_apart(one, within) for one in value]
    if kind is dict:
        return "dict", [(_taken_apart(key, within), _taken_apart(one, within)) for key, one in value.items()]
    if isinstance(value, Enum):
        return kind.__qualname__, value.name
    if is_dataclass(value) and not isinstance(value, type):
        values = [(field.name, _taken_apart(getattr(value, field.name), within)) for field in fields(value)]
        return kind.__qualname__, values
    if isinstance(value, Page):
        paginator = value.paginator
        return "page", value.number, paginator.count, paginator.per_page, _taken_apart(value.object_list, within)
    if isinstance(value, HttpRequest):
        return "request", value.get_full_path()
    if kind is FunctionType and not value.__closure__ and "<" not in value.__qualname__:
        return value.__module__, value.__qualname__
    raise TypeError(f"An ETag cannot be made of {kind.__qualname__}: {value!r:.80}")


def _model_taken_apart(instance: Model, within: tuple):
    """Every loaded field and annotation, and every related object that came with it.

    What is not loaded is not shown: a template that asks the database for more fails the tests of the public side.
    """
    name = (instance._meta.label, instance.pk)
    if name in within:  # a withdrawal knows the publication that it came with
        return name
    within += (name,)
    loaded = [(key, _taken_apart(value, within)) for key, value in vars(instance).items() if key[0] != "_"]
    related = instance._state.fields_cache | getattr(instance, "_prefetched_objects_cache", {})
    return name, loaded, [(key, _taken_apart(value, within)) for key, value in related.items()]


@cache
def code_fingerprint() -> str:
    """A fingerprint of code, templates, data files, static files and libraries in use: after an update no browser keeps
    an old page.
    """
    digest = hashlib.sha256(f"{getattr(staticfiles_storage, 'manifest_hash', '')} {RENDERER_VERSION}\n".encode())
    for name in sorted(f"{one.name} {one.version}\n" for one in distributions()):
        digest.update(name.encode())
    digest.update(sources_fingerprint(Path(settings.BASE_DIR)).encode())
    return digest.hexdigest()


def sources_fingerprint(root: Path) -> str:
    """A fingerprint of every file of ours below ``root`` that a page may be made of, whatever its suffix."""
    digest = hashlib.sha256()
    for folder in _SOURCES:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                content = file.read_bytes()
                digest.update(f"{file.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()

"""Variables that a template of ours names and nobody gave it.

Django shows nothing in their place and goes on; a misspelt name would be found by a reader. It tells of each on the
logger ``django.template`` at DEBUG, which is where they are caught. Templates of libraries may do as they like.
"""

import logging
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def _is_ours(path: Path) -> bool:
    """Whether all that is rendered under the name of a template is ours: one that extends a library's is not."""
    return path.is_file() and not path.read_text(encoding="utf-8").startswith('{% extends "admin/')


OURS = frozenset(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if _is_ours(path))


class _Collector(logging.Filter):
    """Notes what is told of our templates and lets none of it through: pytest would format each with its traceback."""

    def __init__(self):
        super().__init__()
        self.found: set[tuple[str, str]] = set()

    def filter(self, record):
        if record.levelno > logging.DEBUG:
            return True
        variable, template = record.args
        if template in OURS:
            self.found.add((template, str(variable)))
        return False


_collector = _Collector()
_logger = logging.getLogger("django.template")
_logger.setLevel(logging.DEBUG)
_logger.addFilter(_collector)


@pytest.fixture(autouse=True)
def no_unknown_variable():
    """Fail the test whose pages name a variable that is not there."""
    _collector.found.clear()
    yield
    if _collector.found:
        sentences = [f"{template}: {variable}" for template, variable in sorted(_collector.found)]
        pytest.fail("These templates name variables nobody gave them: " + ", ".join(sentences))

"""The manuals quote the product: every label in 「」 stands in a template, a script or the code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for folder, kind in (("templates", "*.html"), ("static/js", "*.js"), ("disclosure", "*.py"), ("schools", "*.py"))
    for path in sorted((ROOT / folder).rglob(kind))
)
# What stands for something else in a quotation: … for what varies, 某某 for a name.
GAP = re.compile("…|某某")


@pytest.mark.parametrize("manual", ["authors.md", "reviewers.md"])
def test_every_label_a_manual_quotes_is_the_products(manual):
    text = (ROOT / "docs" / manual).read_text(encoding="utf-8")
    quoted = re.findall("「([^」]+)」", text)
    pieces = [piece.strip() for label in quoted for piece in GAP.split(label)]
    assert [piece for piece in pieces if piece not in SOURCES] == []

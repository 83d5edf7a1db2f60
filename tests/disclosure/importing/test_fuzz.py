"""A few hundred of the thousands of damaged files that ``fuzz`` makes.

What such files found has a test of its own, made by hand: see docs/decisions/0050-reading-files.md.
"""

import pytest

from . import fuzz
from .test_reading_office import needs_office


@pytest.mark.parametrize("kind", fuzz.FAST)
def test_damaged_files_are_read_or_refused(kind):
    ended, faults = fuzz.run(kind, 150)
    assert faults == {}
    assert all(ended.values()), f"nothing was {[each for each, count in ended.items() if not count]}"


@pytest.mark.parametrize("kind", fuzz.FAST)
def test_damaged_files_through_the_process(kind):
    assert fuzz.run(kind, 2, isolated=True)[1] == {}


@needs_office
@pytest.mark.parametrize("kind", fuzz.SLOW)
def test_damaged_files_through_libreoffice(kind):
    assert fuzz.run(kind, 2)[1] == {}

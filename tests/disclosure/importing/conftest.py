"""What every test of the import stands on."""

import pytest


@pytest.fixture(autouse=True)
def _libreoffice_is_given_time(monkeypatch):
    """What is read is tested here, not how fast: where other tests run beside, LibreOffice may take over ten seconds.

    An import's own process, which tests start too, keeps its limits.
    """
    monkeypatch.setattr("disclosure.importing.reading.office.SECONDS", 90)

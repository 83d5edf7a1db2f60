"""The five real reports and their Word files in ``../shared``; tests that want them are skipped where it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
REPORTS = SHARED / "reports"

real_reports = pytest.mark.parametrize(
    "path",
    sorted(REPORTS.glob("*.json"))
    or [pytest.param(None, marks=pytest.mark.skip(reason=f"the real reports are not at {REPORTS}"))],
    ids=lambda path: path.stem[:3] if path else "none",
)

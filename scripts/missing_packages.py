"""Print which system packages are missing, by their Debian names, one a line.

Asked is whether the thing itself is there, not whether Debian's package is: a system of another family that has the
library under another package name needs nothing. Runs before the virtual environment exists, on a bare Python.

    missing_packages.py run|test          the names, one a line
    missing_packages.py --advice run|test  a sentence for people whose system has no apt
"""

import ctypes
import importlib.util
import shutil
import sys
import zoneinfo
from pathlib import Path

FONT_DIRECTORIES = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
ELSEWHERE = {
    "Fedora / RHEL / openEuler（dnf）": {
        "run": "python3 tzdata pango harfbuzz google-noto-serif-cjk-fonts libreoffice-writer",
        "test": "libatomic chromium postgresql-server poppler-utils",
    },
    "openSUSE（zypper）": {
        "run": "python311 timezone libpango-1_0-0 libharfbuzz-subset0 noto-serif-sc-fonts libreoffice-writer",
        "test": "libatomic1 chromium postgresql-server poppler-tools",
    },
    "Arch（pacman）": {
        "run": "python tzdata pango harfbuzz noto-fonts-cjk libreoffice-fresh",
        "test": "chromium postgresql poppler",
    },
}


def _library(name):
    def present():
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def _program(*names):
    return lambda: any(shutil.which(name) for name in names)


def _time_zones():
    try:
        zoneinfo.ZoneInfo("Asia/Shanghai")
    except zoneinfo.ZoneInfoNotFoundError:
        return False
    return True


def _venv():
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _font(pattern):
    def present():
        directories = (Path(name).expanduser() for name in FONT_DIRECTORIES)
        return any(next(directory.rglob(pattern), None) for directory in directories)

    return present


NEEDED = {
    "run": {
        "python3-venv": _venv,
        "tzdata": _time_zones,
        "libpango-1.0-0": _library("libpango-1.0.so.0"),
        "libpangoft2-1.0-0": _library("libpangoft2-1.0.so.0"),
        # Without it a PDF takes seconds instead of tenths: WeasyPrint falls back to subsetting fonts in Python.
        "libharfbuzz-subset0": _library("libharfbuzz-subset.so.0"),
        "fonts-noto-cjk": _font("Noto*CJK*"),
        # The characters of names that Noto has not: all of Unicode's extension B and beyond.
        "fonts-hanazono": _font("HanaMin*"),
        # Reads .doc, .wps and .rtf for the import; without it these are refused with a sentence that says so.
        "libreoffice-writer-nogui": _program("soffice", "libreoffice"),
    },
    "test": {
        # The node that Playwright brings with it is linked against it.
        "libatomic1": _library("libatomic.so.1"),
        "chromium": _program("chromium", "chromium-browser", "google-chrome"),
        "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/postgres")),
        # Brings pg_virtualenv: a throw-away server for one command.
        "postgresql-common": _program("pg_virtualenv"),
        "poppler-utils": _program("pdftotext"),
    },
}


def wanted(purpose):
    """The packages for a purpose; who tests also runs."""
    return NEEDED["run"] if purpose == "run" else NEEDED["run"] | NEEDED["test"]


def missing(purpose):
    """The Debian names of what is not here."""
    return [name for name, present in wanted(purpose).items() if not present()]


def advice(purpose):
    """What to install on systems of other families."""
    purposes = ("run",) if purpose == "run" else ("run", "test")
    lines = [f"  {family}：{' '.join(names[each] for each in purposes)}" for family, names in ELSEWHERE.items()]
    return "\n".join(["其他系统请安装（名称可能略有不同）：", *lines])


def main(arguments):
    """Print the names, or with --advice the sentence."""
    purpose = arguments[-1]
    print(advice(purpose) if "--advice" in arguments else "\n".join(missing(purpose)))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])

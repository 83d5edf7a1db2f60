"""What a file depends on besides its document, as one short word that is part of its name and of its ETag.

Reckoned when the code is loaded (``apps``), not when it is first asked for: by then the files of the next version may lie
there, and what this one makes would pass for what the next one makes.
"""

import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

# The templates, what fills them with words, the rules of masking and cleaning, the style sheets, and the code that sets
# them: all that a renderer imports or reads. A test follows it.
SOURCES = (
    "templates/report/**/*.html",
    "disclosure/publishing/rendering/*.py",
    "disclosure/publishing/rendering/*.css",
    "disclosure/publishing/rendering/word_package/**/*",
    "static/css/tokens.css",
    "static/css/report.css",
    "disclosure/publishing/tags.py",
    "disclosure/report/document.py",
    "disclosure/report/enums.py",
    "disclosure/report/figures.py",
    "disclosure/richtext/personal_data.py",
    "disclosure/richtext/__init__.py",
    "disclosure/report/sections.py",
    "disclosure/report/totals.py",
    "disclosure/report/values.py",
    "schools/lines.py",
)
FONTS = "static/fonts/**/*.otf"
LIBRARIES = (
    "Django",
    "lxml",
    "nh3",
    "pydantic",
    "pydantic_core",
    "pydyf",
    "python-docx",
    "tinyhtml5",
    "weasyprint",
)


def renderer_version(root: Path) -> str:
    """Twelve hexadecimal digits that change when anything changes that shows in a file made from ``root``."""
    # Python has the tables of Unicode that masking reads numbers by.
    told = [f"Python {platform.python_version()}", *(f"{library} {version(library)}" for library in LIBRARIES)]
    # By name and size: 26 MB need not be read at every start.
    told += [f"{path.name} {path.stat().st_size}" for path in sorted(root.glob(FONTS))]
    return _digest(root, SOURCES, told)[:12]


def _digest(root: Path, patterns: Iterable[str], told: Iterable[str] = ()) -> str:
    digest = hashlib.sha256("".join(f"{line}\n" for line in told).encode())
    for pattern in patterns:
        for path in sorted(path for path in root.glob(pattern) if path.is_file()):
            digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


RENDERER_VERSION = renderer_version(settings.BASE_DIR)

"""What a file depends on besides its document, as one short word that is part of its name and of its ETag."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

# The templates, what fills them with words, the style sheets, and the code that sets them.
_SOURCES = (
    "templates/report/**/*.html",
    "disclosure/rendering/*.py",
    "disclosure/rendering/*.css",
    "disclosure/rendering/word_package/**/*",
    "static/css/tokens.css",
    "static/css/report.css",
    "disclosure/templatetags/report.py",
    "disclosure/document.py",
    "disclosure/enums.py",
    "disclosure/figures.py",
    "disclosure/sections.py",
    "disclosure/totals.py",
)
_FONTS = "static/fonts/**/*.otf"
_LIBRARIES = ("weasyprint", "pydyf", "python-docx", "tinyhtml5", "lxml")


def renderer_version(root: Path) -> str:
    """Twelve hexadecimal digits that change when anything changes that shows in a file made from ``root``."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(path for path in root.glob(pattern) if path.is_file()):
            digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    for path in sorted(root.glob(_FONTS)):
        # By name and size: 26 MB need not be read at every start.
        digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:12]


RENDERER_VERSION = renderer_version(settings.BASE_DIR)

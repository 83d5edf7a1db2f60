"""Word files through LibreOffice: the old formats, and .docx as LibreOffice writes it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format", "resaved": "docx:MS Word 2007 XML"}
SUFFIXES = {"doc": ".doc", "rtf": ".rtf", "resaved": ".docx"}


def is_there() -> bool:
    return shutil.which("soffice") is not None


def converted(files: dict[str, bytes], kind: str, cache: Path) -> dict[str, bytes]:
    """Each of ``files`` (.docx by name) as ``kind``, in one run; what was converted before comes from ``cache``."""
    cache.mkdir(parents=True, exist_ok=True)
    suffix = SUFFIXES[kind]
    kept = {name: cache / f"{_digest(content)}.{kind}" for name, content in files.items()}
    missing = {name: content for name, content in files.items() if not kept[name].exists()}
    if missing:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in missing.items():
                Path(folder, f"{name}.docx").write_bytes(content)
            target = Path(folder, "out")
            subprocess.run(
                [
                    *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"),
                    *("--convert-to", FILTERS[kind], "--outdir", str(target)),
                    *(f"{folder}/{name}.docx" for name in missing),
                ],
                check=True,
                capture_output=True,
                timeout=60 + 20 * len(missing),
                env={**os.environ, "HOME": folder},
            )
            for name in missing:
                shutil.move(target / f"{name}{suffix}", kept[name])
    return {name: path.read_bytes() for name, path in kept.items()}


def _digest(content: bytes) -> str:
    """Of what the package holds, without the times at which it was packed."""
    digest = hashlib.sha256()
    with ZipFile(BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            digest.update(name.encode() + package.read(name))
    return digest.hexdigest()

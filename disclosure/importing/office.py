"""The old formats, turned into .docx by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from disclosure.importing.unreadable import BROKEN, Unreadable


def to_docx(content: bytes) -> bytes:
    program = shutil.which("soffice")
    if program is None:
        raise Unreadable("服务器没有安装 LibreOffice，不能读取这种格式，请用 Word 或 WPS 另存为 .docx 后再上传。")
    with tempfile.TemporaryDirectory(prefix="disclosure-import-") as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(content)
        subprocess.run(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "docx",
                "--outdir",
                f"{folder}/out",
                str(source),
            ],
            check=False,
            capture_output=True,
            timeout=10,
        )
        result = Path(folder, "out", "source.docx")
        if not result.exists():
            raise Unreadable(BROKEN)
        return result.read_bytes()

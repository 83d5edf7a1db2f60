"""The old formats, turned into .docx by LibreOffice, which is started for one file and told to trust nothing in it."""

from __future__ import annotations

import configparser
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from disclosure.importing.errors import BROKEN, LARGEST_FILE, TOO_MUCH, TOO_SLOW, Unreadable
from disclosure.importing.limits import SECONDS

MISSING = "服务器没有安装 LibreOffice，不能读取这种格式，请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
_RESTART = 81  # a profile of another build was set up anew; LibreOffice asks to be started once more
# No macro runs, no link is followed or updated, and whatever still asks for the network asks a port nobody listens on.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
</oor:items>
"""


def to_docx(content: bytes, extension: str, import_filter: str) -> bytes:
    """``content`` as .docx. ``import_filter`` is LibreOffice's name of the format: it has hundreds, of which we want five.

    Raises ``Unreadable`` where LibreOffice is not installed, gives up or takes too long.
    """
    program = _program()
    if program is None:
        raise Unreadable(MISSING)
    with tempfile.TemporaryDirectory(prefix="disclosure-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user" / "extensions").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (profile / "user" / "extensions" / "buildid").write_text(_build(program), encoding="utf-8")
        source = folder / f"source.{extension}"
        source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            f"--infilter={import_filter}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "result"),
            str(source),
        ]
        deadline = time.monotonic() + SECONDS
        if _run(command, folder, deadline) == _RESTART:
            _run(command, folder, deadline)
        result = folder / "result" / "source.docx"
        if not result.exists():
            raise Unreadable(BROKEN)
        if result.stat().st_size > 2 * LARGEST_FILE:
            raise Unreadable(TOO_MUCH)
        return result.read_bytes()


def _run(command: list[str], folder: Path, deadline: float) -> int:
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
        # A group of its own, so that it ends with all it started; the session stays that of the import's process.
        process_group=0,
    )
    try:
        return process.wait(max(deadline - time.monotonic(), 0))
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TOO_SLOW) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@cache
def _build(program: str) -> str:
    """The build that a profile must be of, "" where it is not told; then LibreOffice starts twice, a sixth longer."""
    version = configparser.ConfigParser(interpolation=None)
    with suppress(configparser.Error, UnicodeDecodeError):
        version.read(Path(program).with_name("versionrc"), encoding="utf-8")
    return version.get("Version", "buildid", fallback="")


@cache
def _program() -> str | None:
    """LibreOffice itself rather than the script around it, which starts three more processes."""
    script = shutil.which("soffice") or shutil.which("libreoffice")
    if script is None:
        return None
    program = Path(script).resolve().with_name("soffice.bin")
    return str(program) if program.exists() else script

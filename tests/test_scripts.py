"""What `make` calls: the refusals that a person on a bare machine meets."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import missing_packages

ROOT = Path(__file__).resolve().parent.parent


# What a shell starts in the background does not hear Ctrl+C, and what nohup starts no SIGHUP; the tests may have been
# started so.
_HEAR = """
import os, signal, sys
for number in (signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""
HEARING_SIGNALS = (sys.executable, "-c", _HEAR)


def _run(script, environment, cwd=ROOT):
    return subprocess.run(
        ["/bin/bash", script],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").glob("*.sh")))
def test_a_script_stops_at_its_first_fault_and_may_be_executed(script):
    path = ROOT / "scripts" / script
    assert "\nset -euo pipefail\n" in path.read_text(encoding="utf-8")
    assert os.access(path, os.X_OK)
    assert subprocess.run(["/bin/bash", "-n", path], check=False).returncode == 0


def test_make_run_says_so_when_the_port_is_taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        environment = {name: value for name, value in os.environ.items() if name != "DISCLOSURE_BIND"}
        result = _run("scripts/run.sh", environment | {"PORT": str(port)})
    other = port + 1 if port < 65000 else 8000
    sentence = f"端口 {port} 已被占用。请先停止占用它的程序，或换一个端口：make run PORT={other}\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", sentence)


@pytest.fixture
def started(tmp_path):
    """``started(server)``: a copy of run.sh that has started a mail sender and, as the server, the line of shell given.

    What it would install and prepare is there. Each of the two notes its process in a file of its name.
    """
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "run.sh", tmp_path / "scripts")
    for script in ("setup.sh", "static.sh"):
        _write_program(tmp_path / "scripts" / script, "true")
    scripts = []

    def start(server):
        case = f"""case "$*" in
            "manage.py prepare") ;;
            "manage.py deliver_mail --loop 60") echo $$ >mailer; exec sleep 60 ;;
            "-m gunicorn") echo $$ >server; {server} ;;
        esac"""
        _write_program(tmp_path / ".venv" / "bin" / "python", case)
        environment = os.environ | {"DISCLOSURE_BIND": "unix:/nowhere"}
        scripts.append(subprocess.Popen([*HEARING_SIGNALS, "scripts/run.sh"], cwd=tmp_path, env=environment))
        _wait_for(lambda: all(_size(tmp_path / name) for name in ("mailer", "server")))
        return scripts[0]

    yield start
    for script in scripts:
        script.kill()
        script.wait()


def _write_program(path, body):
    path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def _size(path):
    return path.stat().st_size if path.exists() else 0


def _wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def _is_running(tmp_path, name):
    try:
        os.kill(int((tmp_path / name).read_text()), 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 143), (signal.SIGINT, 0)],
    ids=lambda it: str(int(it)),
)
def test_make_run_sends_mail_beside_the_server_and_both_end_together(started, tmp_path, number, status):
    script = started("exec sleep 60")
    assert [_is_running(tmp_path, name) for name in ("mailer", "server")] == [True, True]
    script.send_signal(number)
    assert script.wait(timeout=10) == status
    assert [_is_running(tmp_path, name) for name in ("mailer", "server")] == [False, False]


def test_make_run_ends_with_the_server_and_its_status(started, tmp_path):
    script = started("until [ -s mailer ]; do sleep 0.02; done; exit 3")
    assert script.wait(timeout=10) == 3
    assert not _is_running(tmp_path, "mailer")


# --- Static files -------------------------------------------------------------------------------------------

# A portal with one style sheet, gathered as ours are: from the folder beside it, under hashed names.
_SMALL_PORTAL = """
import sys
from pathlib import Path
from django.conf import settings
from django.core.management import execute_from_command_line

here = Path(__file__).parent
settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles"],
    STATIC_URL="/static/",
    STATIC_ROOT=here / "staticfiles",
    STATICFILES_DIRS=[here / "static"],
    STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
    STORAGES={"staticfiles": {"BACKEND": "disclosure.static_storage.HashedStaticFilesStorage"}},
    WHITENOISE_KEEP_ONLY_HASHED_FILES=True,
)
execute_from_command_line(sys.argv)
"""


@pytest.fixture
def gather(tmp_path):
    """A function: give the style sheet a content, run static.sh; the files that are there then."""
    for folder in ("scripts", "static", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "static.sh", tmp_path / "scripts")
    (tmp_path / "manage.py").write_text(_SMALL_PORTAL, encoding="utf-8")
    (tmp_path / ".venv" / "requirements.txt.sha256").write_text("one\n", encoding="utf-8")
    # Who installs may shut out everybody else.
    _write_program(tmp_path / ".venv" / "bin" / "python", f'umask 077; PYTHONPATH={ROOT} exec {sys.executable} "$@"')

    def run(content):
        (tmp_path / "static" / "a.css").write_text(content, encoding="utf-8")
        result = _run("scripts/static.sh", dict(os.environ), tmp_path)
        assert (result.returncode, result.stderr) == (0, "")
        return {path for path in (tmp_path / "staticfiles").iterdir() if path.suffix != ".json"}

    return run


def _long(colour):
    """A style sheet worth compressing."""
    return f"body {{ color: {colour}; }}\n" * 50


def test_gathering_static_files_leaves_those_that_open_pages_ask_for(gather, tmp_path):
    first = gather(_long("red"))
    assert sorted(path.suffix for path in first) == [".br", ".css", ".gz"]
    both = gather(_long("blue"))
    assert (len(both), first < both) == (6, True)
    manifest = json.loads((tmp_path / "staticfiles" / "staticfiles.json").read_text(encoding="utf-8"))
    assert tmp_path / "staticfiles" / manifest["paths"]["a.css"] in both - first


def test_static_files_go_when_they_have_been_out_of_use_for_a_month(gather):
    first = gather(_long("red"))
    # Written long ago, in use until now.
    _make_old(first, days=400)
    second = gather(_long("blue")) - first
    _make_old(first, days=29)
    third = gather(_long("green"))
    assert first | second < third
    _make_old(first, days=31)
    assert gather(_long("black")) & (first | second) == second


def test_static_files_are_for_the_server_whoever_gathers_them(gather, tmp_path):
    gather(_long("red"))
    folder = tmp_path / "staticfiles"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes == {0o755, 0o644}


def _make_old(paths, days):
    then = time.time() - days * 24 * 60 * 60
    for path in paths:
        os.utime(path, (then, then))


# --- Installing ---------------------------------------------------------------------------------------------


@pytest.fixture
def bare_machine(tmp_path):
    """A copy of setup.sh where a library is missing and the PATH has Python and the core tools, but no apt."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup.sh", tmp_path / "scripts")
    stub = "import sys; print('其他系统请安装：pango' if '--advice' in sys.argv else 'libpango-1.0-0\\nfonts-noto-cjk')"
    (tmp_path / "scripts" / "missing_packages.py").write_text(stub, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    for tool in ("dirname", "id", "tr", "cat"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def test_without_apt_it_names_the_packages_to_install(bare_machine):
    (bare_machine / "bin" / "python3.11").symlink_to(sys.executable)
    result = _run("scripts/setup.sh", {"PATH": str(bare_machine / "bin"), "LC_ALL": "C.UTF-8"}, bare_machine)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "缺少系统软件包：libpango-1.0-0 fonts-noto-cjk ",
        "Debian / Ubuntu 请由管理员运行：apt-get install -y libpango-1.0-0 fonts-noto-cjk ",
        "其他系统请安装：pango",
    ]


def test_without_apt_and_python_it_asks_for_python(bare_machine):
    result = _run("scripts/setup.sh", {"PATH": str(bare_machine / "bin"), "LC_ALL": "C.UTF-8"}, bare_machine)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "需要 Python 3.11 或更高版本，但没有找到。请安装后重新运行。\n"


def test_who_may_not_install_is_told_what_to_ask_for(bare_machine):
    (bare_machine / "bin" / "python3.11").symlink_to(sys.executable)
    (bare_machine / "bin" / "id").unlink()
    for program, body in {"id": "echo 1000", "sudo": 'echo "sudo: $*" >&2; exit 1', "apt-get": "exit 9"}.items():
        _write_program(bare_machine / "bin" / program, body)
    result = _run("scripts/setup.sh", {"PATH": str(bare_machine / "bin"), "LC_ALL": "C.UTF-8"}, bare_machine)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "sudo: -n true",
        "安装系统软件包需要管理员权限。请由管理员运行：apt-get install -y libpango-1.0-0 fonts-noto-cjk，然后重新运行。",
    ]


def test_it_lists_only_what_is_missing(monkeypatch):
    needed = {"run": {"here": lambda: True, "gone": lambda: False}, "test": {"browser": lambda: False}}
    monkeypatch.setattr(missing_packages, "NEEDED", needed)
    assert missing_packages.missing("run") == ["gone"]
    assert missing_packages.missing("test") == ["gone", "browser"]


def test_every_family_of_systems_has_advice_for_running_and_for_testing():
    assert {tuple(packages) for packages in missing_packages.ELSEWHERE.values()} == {("run", "test")}
    assert [line.split("：")[0].strip() for line in missing_packages.advice("test").splitlines()[1:]] == list(
        missing_packages.ELSEWHERE
    )

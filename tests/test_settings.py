"""The environment is read strictly: what does not fit stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure import configuration

ROOT = Path(__file__).resolve().parent.parent
HEADING = configuration.HEADING
LONG_KEY = "abcdefghij" * 6


@pytest.fixture
def environment(tmp_path):
    """A process environment without any of our variables, and a data directory of its own."""
    ours = {variable.name for variable in configuration.variables()} | {"DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"DISCLOSURE_VAR_DIR": str(tmp_path)}


def _run(arguments, environment, **variables):
    return subprocess.run(
        arguments, cwd=ROOT, env=environment | variables, capture_output=True, text=True, timeout=60, check=False
    )


def _manage(environment, **variables):
    return _run([sys.executable, "manage.py", "diffsettings"], environment, **variables)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DISCLOSURE_VAR_DIR",
            "var",
            "DISCLOSURE_VAR_DIR（现为「var」）应为以 / 开头的绝对路径，例如 DISCLOSURE_VAR_DIR=/var/lib/disclosure。",
        ),
        (
            "DISCLOSURE_SECRET_KEY",
            "short",
            "DISCLOSURE_SECRET_KEY 过于简单，应为至少 50 个随机字符，用 `openssl rand -base64 48` 生成。",
        ),
        (
            "DISCLOSURE_ALLOWED_HOSTS",
            "a.example.cn,https://b.example.cn",
            "DISCLOSURE_ALLOWED_HOSTS（现为「a.example.cn,https://b.example.cn」）中的「https://b.example.cn」不是主机名；"
            "多个主机名用英文逗号分隔，不写 http:// 和端口，也不能用 *，"
            "例如 DISCLOSURE_ALLOWED_HOSTS=xxgk.example.edu.cn。",
        ),
        (
            "DISCLOSURE_SITE_URL",
            "https://a.example.cn/portal",
            "DISCLOSURE_SITE_URL（现为「https://a.example.cn/portal」）应为 http:// 或 https:// 开头的网站地址，"
            "只到主机名和端口为止，例如 DISCLOSURE_SITE_URL=https://xxgk.example.edu.cn。",
        ),
        (
            "DISCLOSURE_TLS",
            "yes",
            "DISCLOSURE_TLS（现为「yes」）只能是 on（开）或 off（关），例如 DISCLOSURE_TLS=on。",
        ),
        (
            "DISCLOSURE_PROXIES",
            "-1",
            "DISCLOSURE_PROXIES（现为「-1」）应为 0 至 5 之间的整数，例如 DISCLOSURE_PROXIES=1。",
        ),
        (
            "DATABASE_URL",
            "mysql://name:secret@host/base",
            "DATABASE_URL 只支持 sqlite:// 和 postgresql:// 两种数据库，"
            "例如 DATABASE_URL=postgresql://用户:密码@主机:5432/库名。",
        ),
        (
            "DISCLOSURE_STORAGE",
            "s3://bucket?key=1",
            "DISCLOSURE_STORAGE（现为「s3://bucket?key=1」）中的参数「key」无法识别，只能是 endpoint、region、prefix，"
            "例如 DISCLOSURE_STORAGE=s3://xxgk?endpoint=https://oss.example.cn。",
        ),
        (
            "DISCLOSURE_CACHE_URL",
            "memcached://host",
            "DISCLOSURE_CACHE_URL 只能是 locmem://（本进程内存）或 redis://主机:端口/库号，"
            "例如 DISCLOSURE_CACHE_URL=redis://127.0.0.1:6379/0。",
        ),
        (
            "DISCLOSURE_TASKS",
            "celery",
            "DISCLOSURE_TASKS（现为「celery」）只能是 immediate 或 database，例如 DISCLOSURE_TASKS=database。",
        ),
        (
            "DISCLOSURE_EMAIL_URL",
            "smtp.example.edu.cn",
            "DISCLOSURE_EMAIL_URL 只能以 smtp://、submission://、file:/// 或 console:// 开头，"
            "例如 DISCLOSURE_EMAIL_URL=submission://用户:密码@smtp.example.edu.cn:587。",
        ),
        (
            "DISCLOSURE_MAIL_FROM",
            "办公室",
            "DISCLOSURE_MAIL_FROM（现为「办公室」）应为邮箱地址，或“名称 <邮箱地址>”，"
            "例如 DISCLOSURE_MAIL_FROM=信息公开年度报告 <xxgk@example.edu.cn>。",
        ),
        (
            "DISCLOSURE_IDLE_MINUTES",
            "半小时",
            "DISCLOSURE_IDLE_MINUTES（现为「半小时」）应为 1 至 480 之间的整数，例如 DISCLOSURE_IDLE_MINUTES=30。",
        ),
        (
            "DISCLOSURE_IDLE_MINUTES",
            "",
            "DISCLOSURE_IDLE_MINUTES 是空的；不需要时请删去这一项，例如 DISCLOSURE_IDLE_MINUTES=30。",
        ),
        ("PORT", "99999", "PORT（现为「99999」）应为 1 至 65535 之间的整数，例如 PORT=8080。"),
        (
            "DISCLOSURE_DATABASE_POOL",
            "4",
            "DISCLOSURE_DATABASE_POOL 只能用于 PostgreSQL；使用 SQLite 时请删去这一项。",
        ),
        (
            "DISCLOSURE_TLS",
            "on",
            "DISCLOSURE_SITE_URL（现为「http://127.0.0.1:8000」）应以 https:// 开头，因为 DISCLOSURE_TLS=on，"
            "例如 DISCLOSURE_SITE_URL=https://xxgk.example.edu.cn。",
        ),
        ("DISCLOSURE_HOSTS", "a", "DISCLOSURE_HOSTS 无法识别，是否应为 DISCLOSURE_ALLOWED_HOSTS？"),
    ],
)
def test_a_bad_value_is_refused_with_one_sentence(environment, monkeypatch, name, value, sentence):
    monkeypatch.setattr(os, "environ", environment | {name: value})
    with pytest.raises(configuration.Misconfigured) as refusal:
        configuration.read()
    assert refusal.value.sentences == [sentence]


def test_manage_py_tells_all_faults_at_once_and_shows_no_stack_trace(environment):
    result = _manage(environment, DISCLOSURE_TLS="yes", PORT="web")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        HEADING,
        "  · DISCLOSURE_TLS（现为「yes」）只能是 on（开）或 off（关），例如 DISCLOSURE_TLS=on。",
        "  · PORT（现为「web」）应为 1 至 65535 之间的整数，例如 PORT=8080。",
    ]


def test_the_production_server_ends_at_once_with_the_same_sentence(environment):
    result = _run([sys.executable, "-m", "gunicorn"], environment, DISCLOSURE_TASKS="celery")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        HEADING,
        "  · DISCLOSURE_TASKS（现为「celery」）只能是 immediate 或 database，例如 DISCLOSURE_TASKS=database。",
    ]


@pytest.mark.parametrize("name", [v.name for v in configuration.variables() if v.secret])
def test_a_secret_value_is_never_printed(environment, name):
    result = _manage(environment, **{name: "hunter2://hunter2"})
    assert result.returncode == 1
    assert "hunter2" not in result.stderr


def test_every_default_and_every_example_is_accepted():
    for variable in configuration.variables(environ={}):
        variable.parse(variable.default)
        if not variable.secret and not variable.example.startswith("用"):
            variable.parse(variable.example)


def test_the_secret_key_is_made_once_and_kept_for_its_owner_alone(environment, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "environ", environment)
    first = configuration.read().secret_key
    assert configuration.read().secret_key == first
    assert (tmp_path / "secret_key").read_text().strip() == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_key_from_the_environment_leaves_no_file(environment, monkeypatch, tmp_path):
    monkeypatch.setattr(os, "environ", environment | {"DISCLOSURE_SECRET_KEY": LONG_KEY})
    assert configuration.read().secret_key == LONG_KEY
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_secret_key_file_stops_the_start(environment, monkeypatch, tmp_path):
    (tmp_path / "secret_key").write_text("")
    monkeypatch.setattr(os, "environ", environment)
    with pytest.raises(configuration.Misconfigured) as refusal:
        configuration.read()
    assert refusal.value.sentences == [
        f"密钥文件 {tmp_path / 'secret_key'} 的内容过于简单，应为至少 50 个随机字符；删除它，系统会重新生成。"
    ]


def _settings(environment, *names, **variables):
    """The values of the named settings under the given environment, as their ``repr``."""
    script = "from disclosure import settings as s\n" + "\n".join(
        f"print(repr(getattr(s, {name!r}, None)))" for name in names
    )
    result = _run([sys.executable, "-c", script], environment, **variables)
    assert result.stderr == ""
    return result.stdout.splitlines()


def test_tls_switches_secure_cookies_redirect_and_hsts_together(environment):
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert _settings(environment, *names) == ["None", "None", "None", "None"]
    tls = {"DISCLOSURE_TLS": "on", "DISCLOSURE_SITE_URL": "https://a.example.cn"}
    assert _settings(environment, *names, **tls) == ["True", "True", "True", "31536000"]


def test_debug_is_off_whatever_the_environment_says(environment):
    assert _settings(environment, "DEBUG", DEBUG="1") == ["False"]


def test_the_host_of_the_site_is_allowed_without_saying_so_twice(environment):
    hosts = _settings(environment, "ALLOWED_HOSTS", DISCLOSURE_SITE_URL="https://a.example.cn:8443")
    assert hosts == ["['localhost', '127.0.0.1', '[::1]', 'a.example.cn']"]


def test_the_table_of_the_operations_manual_is_the_generated_one():
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert configuration.table() in manual

"""What the environment may say, read strictly.

Every variable stands once in ``variables``, with its default, an example and its meaning; the table in
``docs/operations.md`` is written from there (``python -m disclosure.configuration``); a test compares the two.

A value that does not fit, or a name nobody knows, stops the start. All faults are told at once, in sentences,
and without a stack trace: who sets variables is an administrator, not a developer.
"""

import difflib
import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
import dj_email_url
from environs import Env, EnvValidationError, ValidationError

BASE_DIR = Path(__file__).resolve().parent.parent
PREFIX = "DISCLOSURE_"
HEADING = "环境变量配置有误，系统没有启动。请按下面的提示改正后重新启动："

# The modes of what lies in the data directory: for the portal's own user alone.
PRIVATE_FILE, PRIVATE_DIRECTORY = 0o600, 0o700

SECRET_KEY_LENGTH = 50
SECRET_KEY_VARIETY = 5


class Misconfigured(SystemExit):
    """The environment cannot be used. As a ``SystemExit``: its text is printed, the process ends with status 1."""

    def __init__(self, sentences: list[str]):
        self.sentences = sentences
        super().__init__("\n".join([HEADING, *(f"  · {sentence}" for sentence in sentences)]))


@dataclass(frozen=True)
class Variable:
    """One environment variable.

    ``parse`` takes the text and returns the value, or raises ``ValidationError`` with the rest of a sentence
    that begins with the name: 「应为…」. ``default`` is text too, so that it is held to the same rule. ``shown``
    is how the default reads in the documentation, where the text itself would say nothing.
    """

    name: str
    parse: Callable[[str], Any]
    default: str
    example: str
    meaning: str
    secret: bool = False
    shown: str = ""


def keep_files_private() -> None:
    """Whatever this process, and those it starts, write from now on is for their own user alone.

    For every way in: SQLite gives the database's siblings the mode of the database, and copies get that of the process.
    """
    os.umask(0o777 & ~PRIVATE_DIRECTORY)


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValidationError("只能是 on（开）或 off（关）")
    return text == "on"


def _one_of(*names: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in names:
            raise ValidationError(f"只能是 {'、'.join(names[:-1])} 或 {names[-1]}")
        return text

    return parse


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValidationError(f"应为 {low} 至 {high} 之间的整数")
        return int(text)

    return parse


def _directory(text: str) -> Path:
    path = Path(text)
    if not path.is_absolute():
        raise ValidationError("应为以 / 开头的绝对路径")
    if path.exists() and not path.is_dir():
        raise ValidationError("指向的是文件，应为目录")
    return path


def _secret_key(text: str) -> str:
    if text and (len(text) < SECRET_KEY_LENGTH or len(set(text)) < SECRET_KEY_VARIETY):
        raise ValidationError(f"过于简单，应为至少 {SECRET_KEY_LENGTH} 个随机字符")
    return text


def _is_host(text: str) -> bool:
    """A host name without port; a leading dot stands for all names below."""
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        label = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
        return re.fullmatch(rf"\.?{label}(\.{label})*", text, re.IGNORECASE) is not None
    return True


def _hosts(text: str) -> list[str]:
    hosts = [host.strip() for host in text.split(",")]
    for host in hosts:
        if not _is_host(host):
            raise ValidationError(
                f"中的「{host}」不是主机名；多个主机名用英文逗号分隔，不写 http:// 和端口，也不能用 *"
            )
    return hosts


def _site_url(text: str) -> str:
    parts = urlsplit(text)
    try:
        well_formed = parts.scheme in ("http", "https") and _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:  # a port that is no number
        well_formed = False
    if not well_formed or parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise ValidationError("应为 http:// 或 https:// 开头的网站地址，只到主机名和端口为止")
    return f"{parts.scheme}://{parts.netloc}"


def _bind(text: str) -> str:
    host, _, port = text.rpartition(":")
    if re.fullmatch(r"unix:/.+", text):
        return text
    if _is_host(host) and re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536:
        return text
    raise ValidationError("应为“地址:端口”，或以 unix:/ 开头的套接字路径")


def _database(text: str) -> dict:
    """Django's database settings, without what the kind of database needs besides."""
    try:
        database = dj_database_url.parse(text)
    except ValueError as error:
        raise ValidationError("不是数据库地址；特殊字符需按网址规则转义") from error
    if database["ENGINE"] not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ValidationError("只支持 sqlite:// 和 postgresql:// 两种数据库")
    if not database["NAME"]:
        raise ValidationError("缺少数据库名称（sqlite 为文件路径）")
    return database


def _storage(text: str) -> dict:
    """One entry of Django's STORAGES: a directory, or a bucket of an S3-compatible service.

    The keys of the bucket are read by boto3 itself from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    """
    if not text.startswith("s3:"):
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": _directory(text),
                "base_url": None,
                # Not left to the umask: Django would give files 644.
                "file_permissions_mode": PRIVATE_FILE,
                "directory_permissions_mode": PRIVATE_DIRECTORY,
            },
        }
    parts = urlsplit(text)
    names = {"endpoint": "endpoint_url", "region": "region_name", "prefix": "location"}
    query = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme != "s3" or not parts.hostname or parts.path not in ("", "/"):
        raise ValidationError("应为绝对路径，或 s3://存储桶名?endpoint=服务地址")
    for name in query:
        if name not in names:
            raise ValidationError(f"中的参数「{name}」无法识别，只能是 {'、'.join(names)}")
    options = {
        "bucket_name": parts.netloc,
        "default_acl": "private",
        "file_overwrite": True,
        "querystring_auth": True,
    }
    return {
        "BACKEND": "disclosure.object_store.ObjectStore",
        "OPTIONS": options | {names[name]: values[0] for name, values in query.items()},
    }


def _cache(text: str) -> dict:
    """One entry of Django's CACHES."""
    if text == "locmem://":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "disclosure"}
    if re.fullmatch(r"rediss?://[^/]+(/[0-9]+)?", text):
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": text,
            "KEY_PREFIX": "disclosure",
        }
    raise ValidationError("只能是 locmem://（本进程内存）或 redis://主机:端口/库号")


def _email(text: str) -> dict:
    """Django's EMAIL_* settings."""
    parts = urlsplit(text)
    if parts.scheme not in ("smtp", "submission", "file", "console"):
        raise ValidationError("只能以 smtp://、submission://、file:/// 或 console:// 开头")
    try:
        settings = dj_email_url.parse(text)
    except ValueError as error:
        raise ValidationError("不是邮件服务地址；特殊字符需按网址规则转义") from error
    if parts.scheme == "file":
        if not parts.path or parts.netloc:
            raise ValidationError("以 file:/// 开头时应写目录的绝对路径")
        return {"EMAIL_BACKEND": settings["EMAIL_BACKEND"], "EMAIL_FILE_PATH": unquote(parts.path)}
    del settings["EMAIL_FILE_PATH"]
    # A server that does not answer must not hold the sender for ever.
    settings["EMAIL_TIMEOUT"] = settings["EMAIL_TIMEOUT"] or 10
    return settings


def _sender(text: str) -> str:
    _, address = parseaddr(text)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or "\n" in text:
        raise ValidationError("应为邮箱地址，或“名称 <邮箱地址>”")
    return text


def variables(environ: Mapping[str, str] | None = None) -> tuple[Variable, ...]:
    """Every variable, in the order of the documentation. Some defaults follow from the data directory and port."""
    environ = os.environ if environ is None else environ
    var_dir = Path(environ.get("DISCLOSURE_VAR_DIR", BASE_DIR / "var"))
    port = environ.get("PORT", "8000")
    # A fault in these two is told once, not again for each default that would follow from them.
    var_dir = var_dir if var_dir.is_absolute() else BASE_DIR / "var"
    port = port if port.isascii() and port.isdigit() and 0 < int(port) < 65536 else "8000"
    return (
        Variable(
            "DISCLOSURE_VAR_DIR",
            _directory,
            str(BASE_DIR / "var"),
            "/var/lib/disclosure",
            "数据目录：数据库、密钥、生成的文件都放在这里。运行系统的用户须能写入。",
            shown="代码目录下的 `var`",
        ),
        Variable(
            "DISCLOSURE_SECRET_KEY",
            _secret_key,
            "",
            "用 `openssl rand -base64 48` 生成",
            "签名密钥，至少 50 个随机字符，不得外泄；更换后所有人须重新登录。多台机器运行时必须设置，且各台相同。",
            secret=True,
            shown="数据目录下的 `secret_key` 文件，首次启动时生成",
        ),
        Variable(
            "DISCLOSURE_ALLOWED_HOSTS",
            _hosts,
            "localhost,127.0.0.1,[::1]",
            "xxgk.example.edu.cn",
            "网站使用的主机名，多个用英文逗号分隔。其他主机名的访问一律拒绝。",
        ),
        Variable(
            "DISCLOSURE_SITE_URL",
            _site_url,
            f"http://127.0.0.1:{port}",
            "https://xxgk.example.edu.cn",
            "网站对外的地址，用于邮件中的链接和公开页面的规范地址。其主机名自动加入允许的主机名。",
            shown="`http://127.0.0.1:端口`",
        ),
        Variable(
            "DISCLOSURE_TLS",
            _switch,
            "off",
            "on",
            "网站是否经 HTTPS 提供。开启后：Cookie 只经 HTTPS 发送，HTTP 访问转到 HTTPS，发送 HSTS，"
            "并采信反向代理的 `X-Forwarded-Proto`。正式使用必须开启。",
        ),
        Variable(
            "DISCLOSURE_PROXIES",
            _whole_number(0, 5),
            "0",
            "1",
            "前面有几层反向代理。据此从 `X-Forwarded-For` 取得访问者的真实地址（用于登录锁定和审计）；"
            "填多了，访问者就能伪造地址。",
        ),
        Variable(
            "DATABASE_URL",
            _database,
            f"sqlite:///{var_dir}/db.sqlite3",
            "postgresql://用户:密码@主机:5432/库名",
            "数据库地址，支持 SQLite 和 PostgreSQL。",
            secret=True,
            shown="数据目录下的 `db.sqlite3`",
        ),
        Variable(
            "DISCLOSURE_DATABASE_POOL",
            _whole_number(0, 100),
            "0",
            "8",
            "每个工作进程的 PostgreSQL 连接池上限；0 表示不用连接池。SQLite 下须为 0。",
        ),
        Variable(
            "DISCLOSURE_STORAGE",
            _storage,
            str(var_dir / "storage"),
            "s3://xxgk?endpoint=https://oss.example.cn",
            "生成的文件（PDF 等）和学校上传的来源文件的存放处：目录的绝对路径，或 S3 兼容的对象存储"
            "（可用参数 endpoint、region、prefix；"
            "密钥由 `AWS_ACCESS_KEY_ID` 和 `AWS_SECRET_ACCESS_KEY` 给出）。",
            shown="数据目录下的 `storage`",
        ),
        Variable(
            "DISCLOSURE_STORAGE_SECONDS",
            _whole_number(1, 60),
            "20",
            "30",
            "向存放处读写一份文件最多用多少秒，1 至 60；超过即放弃，请填报人或读者稍后再试。"
            "到对象存储的网络很慢、20 MB 的文件传不完时才需要调大。",
        ),
        Variable(
            "DISCLOSURE_CACHE_URL",
            _cache,
            "locmem://",
            "redis://127.0.0.1:6379/0",
            "缓存：本进程内存或 Redis。多台机器运行时用 Redis。",
            secret=True,
        ),
        Variable(
            "DISCLOSURE_TASKS",
            _one_of("immediate", "database"),
            "immediate",
            "database",
            "后台任务：immediate 在请求中当场完成；database 先记入数据库，由 `manage.py db_worker` 进程完成。",
        ),
        Variable(
            "DISCLOSURE_EMAIL_URL",
            _email,
            f"file://{var_dir}/mail",
            "submission://用户:密码@smtp.example.edu.cn:587",
            "发信方式：`smtp://`（不加密，或加参数 `?ssl=on`）、`submission://`（STARTTLS）、`file:///目录`"
            "（写成文件，不真正发出）、`console://`（打印）。",
            secret=True,
            shown="写入数据目录下的 `mail`，不真正发出",
        ),
        Variable(
            "DISCLOSURE_MAIL_FROM",
            _sender,
            "信息公开年度报告 <noreply@localhost>",
            "信息公开年度报告 <xxgk@example.edu.cn>",
            "邮件的发件人。",
        ),
        Variable(
            "DISCLOSURE_IDLE_MINUTES",
            _whole_number(1, 480),
            "60",
            "30",
            "登录后多少分钟没有操作即自动退出，1 至 480。",
        ),
        Variable(
            "DISCLOSURE_DEMO",
            _switch,
            "on",
            "off",
            "`make run` 遇到空数据库时是否载入演示数据。演示账号的密码是公开的，因此 `DISCLOSURE_TLS=on` 时从不载入。",
        ),
        Variable(
            "DISCLOSURE_LOG_LEVEL",
            _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
            "INFO",
            "WARNING",
            "日志级别。日志写到标准错误输出，每行带请求编号。",
        ),
        Variable(
            "PORT",
            _whole_number(1, 65535),
            "8000",
            "8080",
            "监听的端口（在 127.0.0.1 上）。",
        ),
        Variable(
            "DISCLOSURE_BIND",
            _bind,
            f"127.0.0.1:{port}",
            "unix:/run/disclosure/web.sock",
            "监听的地址和端口，或套接字路径；给出时代替 `PORT`。",
            shown="`127.0.0.1:端口`",
        ),
        Variable(
            "WEB_CONCURRENCY",
            _whole_number(1, 64),
            "2",
            "4",
            "工作进程数，一般与处理器核数相同。",
        ),
        Variable(
            "DISCLOSURE_THREADS",
            _whole_number(1, 64),
            "4",
            "8",
            "每个工作进程的线程数。",
        ),
    )


def read() -> SimpleNamespace:
    """Every value by its name without the prefix, in lower case: ``read().idle_minutes``.

    Raises ``Misconfigured`` with one sentence for each fault, all at once.
    """
    known = {variable.name: variable for variable in variables()}
    env = Env(eager=False)
    values = {}
    strangers = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    sentences = [_unknown(name, known) for name in strangers]
    for name, variable in known.items():
        env.add_parser(name, _not_empty_where_given(variable))
        values[name.removeprefix(PREFIX).lower()] = getattr(env, name)(name, variable.default)
    try:
        env.seal()
    except EnvValidationError as error:
        sentences += [
            _sentence(known[name], problem) for name, problems in error.error_messages.items() for problem in problems
        ]
    else:
        sentences += _together(values, known)
    if sentences:
        raise Misconfigured(sentences)
    return SimpleNamespace(**values)


def _not_empty_where_given(variable: Variable) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        if text == "" and variable.name in os.environ:
            raise ValidationError("是空的；不需要时请删去这一项")
        return variable.parse(text)

    return parse


def _sentence(variable: Variable, problem: str) -> str:
    """The fault of one variable. A secret value is never printed: logs are read by many."""
    text = os.environ.get(variable.name, variable.default)
    value = " " if variable.secret or not text else f"（现为「{text}」）"
    by_command = variable.example.startswith("用")
    example = variable.example if by_command else f"例如 {variable.name}={variable.example}"
    return f"{variable.name}{value}{problem}，{example}。"


def _unknown(name: str, known: Mapping[str, Variable]) -> str:
    endings = [other.removeprefix(PREFIX) for other in known if other.startswith(PREFIX)]
    near = difflib.get_close_matches(name.removeprefix(PREFIX), endings, n=1, cutoff=0.45)
    hint = f"是否应为 {PREFIX}{near[0]}？" if near else "可用的名称见 docs/operations.md。"
    return f"{name} 无法识别，{hint}"


def _together(values: dict, known: Mapping[str, Variable]) -> list[str]:
    """The faults that show only between values. Fills in the secret key from its file where none is given."""
    sentences = []
    if values["tls"] and not values["site_url"].startswith("https://"):
        problem = "应以 https:// 开头，因为 DISCLOSURE_TLS=on"
        sentences.append(_sentence(known["DISCLOSURE_SITE_URL"], problem))
    if values["database_pool"] and "sqlite" in values["database_url"]["ENGINE"]:
        sentences.append(f"{PREFIX}DATABASE_POOL 只能用于 PostgreSQL；使用 SQLite 时请删去这一项。")
    if not values["secret_key"]:
        path = values["var_dir"] / "secret_key"
        try:
            values["secret_key"] = _secret_key(_kept_key(path))
        except ValidationError as error:
            sentences.append(f"密钥文件 {path} 的内容{error.messages[0]}；删除它，系统会重新生成。")
        except OSError as error:
            sentences.append(
                f"密钥文件 {path} 无法读写（{error.strerror}）；请检查目录的权限，或设置 {PREFIX}SECRET_KEY。"
            )
    return sentences


def _kept_key(path: Path) -> str:
    """The key in the file at ``path``, made on first use, for this user's eyes only.

    The file is linked into place when it is whole: of two processes that start at once both get the same key.
    """
    if not path.exists():
        path.parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        draft = path.with_name(f"secret_key.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8").strip() or " "


def table() -> str:
    """The table of variables for docs/operations.md."""
    lines = ["| 变量 | 默认值 | 示例 | 说明 |", "|---|---|---|---|"]
    for variable in variables(environ={}):
        example = variable.example if variable.example.startswith("用") else f"`{variable.example}`"
        default = variable.shown or f"`{variable.default}`"
        lines.append(f"| `{variable.name}` | {default} | {example} | {variable.meaning} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201

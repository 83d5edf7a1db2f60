"""What has to happen between installing and serving, in one process: each start of Django costs half a second."""

import os
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection

from disclosure.configuration import PRIVATE_DIRECTORY
from disclosure.models import Fingerprint, Publication
from schools import storage
from schools.models import Province

MOST_NAMED = 5


class Command(BaseCommand):
    """Bring the database up to date; load the demonstration data into an empty one and name its accounts."""

    # They import every view, which the server does a moment later anyway.
    requires_system_checks = ()
    help = "升级数据库结构，补上缺少的索引，使数据目录只有运行用户能读取；数据库为空且允许演示时，载入演示数据。"

    def handle(self, **options):
        """Migrate, shut the data directory to others, index what was public before, delete what an older version has made,
        seed where nothing is there.

        Run twice it changes nothing.
        """
        call_command("migrate", interactive=False, verbosity=0)
        self._make_private()
        if Publication.objects.exists() and not Fingerprint.objects.exists():
            call_command("rebuild_copies", verbosity=0)  # a database from before there was an index
        # A storage that is away is no reason not to serve.
        with suppress(CommandError):
            call_command("clear_files", stdout=StringIO())
        if not settings.DEMO:
            return
        if not Province.objects.exists():
            self.stdout.write("正在载入演示数据……")
            call_command("seed_demo", verbosity=0)
        call_command("seed_demo", accounts=True)

    def _make_private(self):
        """Take from others what an installation from before, or a copy by hand, has left readable for them."""
        refused = [path for path in _everything_kept() if not _made_private(path)]
        for path in refused[:MOST_NAMED]:
            self.stderr.write(f"{path} 属于其他用户，无法收紧权限；请由其所有者或管理员执行 chmod go= '{path}'。")
        if len(refused) > MOST_NAMED:
            self.stderr.write(f"另有 {len(refused) - MOST_NAMED} 个文件或目录也是如此。")


def _everything_kept() -> Iterator[Path]:
    """Every file and directory that the portal keeps data in."""
    # Resolved: a data directory may be a link to another disk.
    roots = {Path(settings.VAR_DIR).resolve()}
    if folder := storage.folder():
        roots.add(folder.resolve())
    if mails := getattr(settings, "EMAIL_FILE_PATH", None):
        roots.add(Path(mails).resolve())
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        yield from database.parent.glob(f"{database.name}*")
    for root in roots:
        if root.exists():
            yield root
        for folder, folders, files in os.walk(root):
            yield from (Path(folder, name) for name in [*folders, *files])


def _made_private(path: Path) -> bool:
    """Take every right on ``path`` from group and others; False where it is not ours to do so."""
    try:
        mode = path.lstat().st_mode
        if not path.is_symlink() and mode & ~PRIVATE_DIRECTORY & 0o777:
            path.chmod(mode & (~0o777 | PRIVATE_DIRECTORY))
    except FileNotFoundError:  # the log of SQLite comes and goes
        pass
    except PermissionError:
        return False
    return True

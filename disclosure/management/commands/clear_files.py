"""Clearing away the files that an older version of the portal has made of publications."""

from django.core.management.base import BaseCommand, CommandError

from disclosure.publishing.kept_files import clear_outdated
from schools.storage import Unavailable


class Command(BaseCommand):
    """To be run by a timer, once a day. What was masked by older rules must not lie about."""

    help = "删除升级前生成的 PDF 和 Word 文件。系统不再提供这些文件，现行版本的文件按需重新生成。"

    def handle(self, **options):
        """Delete, and say how many."""
        try:
            cleared = clear_outdated()
        except Unavailable as problem:
            raise CommandError("存放处没有响应，没有删除完。下次运行时继续。") from problem
        self.stdout.write(f"已删除 {cleared} 份过时的文件。")

"""Clearing away what imports that came to nothing have left."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from disclosure.drafting.imports.cleanup import KEPT, clear
from schools.storage import Unavailable


class Command(BaseCommand):
    """To be run by a timer, once a day."""

    help = "清除放弃或撤销了一段时间、也没有随报告提交过的导入：来源文件和识别结果删除，记录保留。"

    def add_arguments(self, parser):
        """How long they are kept."""
        parser.add_argument("--days", type=int, default=KEPT.days, help=f"保留多少天，默认 {KEPT.days}。")

    def handle(self, *, days, **options):
        """Clear, and say how many."""
        try:
            cleared = clear(timedelta(days=days))
        except Unavailable as problem:
            raise CommandError("存放处没有响应，没有清除完。下次运行时继续。") from problem
        self.stdout.write(f"已清除 {cleared} 次导入。")

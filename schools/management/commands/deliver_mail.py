"""Send the mail that is due: once, or again and again."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from schools.mail import deliver_due


class Command(BaseCommand):
    help = "发送到期的邮件。加 --loop 秒数 则持续运行，每隔若干秒查看一次。"

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="秒数", help="持续运行，每隔这么多秒查看一次")

    def handle(self, *args, loop, **options):
        if loop is not None and loop < 1:
            raise CommandError("--loop 应为正整数（秒）。")
        self._deliver()
        while loop:
            time.sleep(loop)
            # A server that went away meanwhile must not end the loop.
            close_old_connections()
            self._deliver()

    def _deliver(self):
        sent, failed = deliver_due()
        if sent or failed:
            self.stdout.write(f"已发送 {sent} 封，失败 {failed} 封。")

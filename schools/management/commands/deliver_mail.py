"""Send the mail that is due: once, or again and again."""

import logging
import time
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, close_old_connections

from schools.mail import deliver_due

log = logging.getLogger(__name__)


class Command(BaseCommand):
    # They import every view and what sets PDF, of which mail needs nothing.
    requires_system_checks = ()
    help = "发送到期的邮件。加 --loop 秒数 则持续运行，每隔若干秒查看一次。"

    def add_arguments(self, parser):
        parser.add_argument("--loop", type=int, metavar="秒数", help="持续运行，每隔这么多秒查看一次")

    def handle(self, *args, loop, **options):
        if loop is not None and loop < 1:
            raise CommandError("--loop 应为正整数（秒）。")
        if loop is None:
            self._deliver()
            return
        with suppress(KeyboardInterrupt):
            while True:
                self._deliver_if_possible()
                time.sleep(loop)

    def _deliver_if_possible(self):
        """A database that is busy, or away for a while, must not end the loop."""
        close_old_connections()
        try:
            self._deliver()
        except (OperationalError, InterfaceError) as error:
            log.warning("The mail waits for the database: %s", error)

    def _deliver(self):
        sent, failed = deliver_due()
        if sent or failed:
            self.stdout.write(f"已发送 {sent} 封，失败 {failed} 封。")

"""What has to happen between installing and serving, in one process: each start of Django costs half a second."""

from contextlib import suppress
from io import StringIO

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from disclosure.models import Fingerprint, Publication
from schools.models import Province


class Command(BaseCommand):
    """Bring the database up to date; load the demonstration data into an empty one and name its accounts."""

    # They import every view, which the server does a moment later anyway.
    requires_system_checks = ()
    help = "升级数据库结构，补上缺少的索引；数据库为空且允许演示时，载入演示数据。"

    def handle(self, **options):
        """Migrate, index what was public before, delete what an older version has made, seed where nothing is there.

        Run twice it changes nothing.
        """
        call_command("migrate", interactive=False, verbosity=0)
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

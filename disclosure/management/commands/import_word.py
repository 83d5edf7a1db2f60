"""Print what the import makes of a file, in the interchange form."""

import json
import logging
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from disclosure.importing import isolation
from disclosure.importing.assemble import to_interchange
from disclosure.importing.errors import LARGEST_FILE, TOO_LARGE, Unreadable


class Command(BaseCommand):
    """The file is read as an upload would be, and nothing is written anywhere: no database is opened."""

    help = "把一份 Word 文件拆分成报告，以交换格式（disclosure-report/1）输出，不写入数据库。"
    requires_system_checks = []

    def add_arguments(self, parser):
        """The file."""
        parser.add_argument("file", metavar="FILE", help="报告文件")

    def handle(self, file, **options):
        """JSON on standard output; where the file cannot be read, one sentence on standard error and status 1."""
        # What the server's log says of a refused file, the sentence says here.
        logging.getLogger(isolation.__name__).setLevel(logging.ERROR)
        try:
            proposal = isolation.take_apart(_bytes_of(Path(file)), Path(file).name)
        except Unreadable as error:
            self.stderr.write(str(error))
            sys.exit(1)
        self.stdout.write(json.dumps(to_interchange(proposal), ensure_ascii=False, indent=1))


def _bytes_of(path: Path) -> bytes:
    """What is in the file. Raises ``Unreadable``."""
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise Unreadable("文件不存在。") from error
    except IsADirectoryError as error:
        raise Unreadable("这是一个文件夹，请指明其中的文件。") from error
    except OSError as error:
        raise Unreadable(f"无法读取：{error.strerror}。") from error
    if len(content) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    return content

"""Check reports of the interchange form from files, without a database."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from disclosure import checks
from disclosure.drafting.loading import Unfit, parse
from disclosure.report.document import Document


class Command(BaseCommand):
    """Each file is checked on its own; what can be said only beside other reports is said where they are given."""

    help = "检查报告文件（disclosure-report/1），以 JSON 输出每一条结果；不连接数据库。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        """The files, and what they are compared with."""
        parser.add_argument("paths", nargs="+", metavar="FILE", help="报告文件（.json）")
        parser.add_argument("--previous", metavar="FILE", help="本校上一年的报告文件；与它比较统计期限、数据和文字")
        parser.add_argument("--schools", metavar="FILE", help="学校名称表，每行一个；正文里不应有别的学校")
        parser.add_argument("--today", metavar="YYYY-MM-DD", type=date.fromisoformat, help="哪天算今天，默认为当天")
        parser.add_argument("--backfilled", action="store_true", help="按往年补录的报告检查：缺什么不算错")

    def handle(self, paths, previous, schools, today, backfilled, **options):
        """Print a list with one object for each file; end with status 1 when any file is no report."""
        context = checks.Context(
            backfilled=backfilled,
            today=today or date.today(),
            previous=_read(Path(previous)) if previous else None,
            schools=frozenset(_lines(Path(schools))) if schools else frozenset(),
        )
        told, refused = [], False
        for path in map(Path, paths):
            try:
                findings = checks.run(_read(path), context)
            except Unfit as error:
                refused = True
                told.append({"file": str(path), "unfit": [str(fault) for fault in error.faults]})
            else:
                told.append({"file": str(path), "findings": [finding.to_json() for finding in findings]})
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        if refused:
            raise SystemExit(1)


def _read(path: Path) -> Document:
    """The report in a file. Raises ``Unfit`` where it is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"读不了 {path}：{error.strerror}") from error
    document, _ = parse(content)
    return document


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

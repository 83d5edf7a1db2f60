"""Load reports of the interchange form from files."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand

from disclosure.drafting.loading import Fault, Result, Unfit, load_file


class Command(BaseCommand):
    """Each file is loaded whole or not at all; one that does not fit does not hold up the others."""

    help = "载入交换格式（disclosure-report/1）的报告；省份、学校和填报任务没有的会自动建立。不覆盖已有的报告。"

    def add_arguments(self, parser):
        """Files and folders, and whether to publish."""
        parser.add_argument("paths", nargs="+", metavar="PATH", help="报告文件（.json），或存放报告文件的文件夹")
        parser.add_argument("--publish", action="store_true", help="载入后直接公开发布；不加则载入为草稿")

    def handle(self, paths, publish, **options):
        """Load; tell of each file; end with status 1 when any was refused."""
        counts = Counter()
        refused = 0
        for path, fault in _files(paths):
            try:
                if fault:
                    raise Unfit(fault)
                loaded = load_file(path, publish=publish)
            except Unfit as error:
                refused += 1
                self.stderr.write(f"未载入  {_shown(path)}")
                for reason in error.faults:
                    self.stderr.write(f"    {reason}")
            else:
                counts[loaded.result] += 1
                self.stdout.write(f"{loaded.result.value}  {_shown(path)}：{loaded.report}")
                for notice in loaded.notices:
                    self.stdout.write(f"    {notice}")
        told = [f"{result.value} {counts[result]} 份" for result in Result if counts[result]]
        if refused:
            told.append(f"未载入 {refused} 个文件")
        self.stdout.write(f"\n{'；'.join(told)}。")
        if refused:
            raise SystemExit(1)


def _files(paths: list[str]) -> Iterator[tuple[Path, Fault | None]]:
    """The files to load, each once, those of a folder in order of their names; or what is wrong with a path."""
    seen = set()
    for given in map(Path, paths):
        files = sorted(given.rglob("*.json")) if given.is_dir() else [given]
        if not files:
            yield given, Fault("文件夹里没有 .json 文件。")
        for file in files:
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                yield file, None


def _shown(path: Path) -> str:
    """A file name that is no UTF-8 can be told all the same."""
    return os.fsencode(path).decode("utf-8", "replace")

"""Write how the terms sound that slips are heard by: after a change of ``checks/terms.txt``."""

from pathlib import Path

from django.core.management.base import BaseCommand
from pypinyin import lazy_pinyin

from disclosure.checks import sounds

PATH = Path(sounds.__file__).with_name("sounds.txt")


def text() -> str:
    """What ``sounds.txt`` should hold now."""
    characters = [one for one in map(chr, range(0x4E00, 0x9FA6)) if one.encode("gb2312", "ignore")]
    readings = [(one, lazy_pinyin(one)[0]) for one in characters]
    return sounds.written(readings, [(term, lazy_pinyin(term)) for term in sounds.terms()])


class Command(BaseCommand):
    help = "重写 disclosure/checks/sounds.txt：terms.txt 里各个词语的读音"

    def handle(self, **options):
        """Write the file."""
        PATH.write_text(text(), encoding="utf-8")
        self.stdout.write(f"已写入 {PATH.name}。")

"""Make the index of near copies anew."""

from django.core.management.base import BaseCommand

from disclosure.evaluation import near_duplicates


class Command(BaseCommand):
    """To be run after the way of indexing has changed, or where the index is thought to be wrong or lost."""

    help = "按正在公开的报告重建「照抄别校」的检查索引。逐校进行，可以随时中断，重新运行即补齐；期间系统照常使用。"

    def handle(self, verbosity=1, **options):
        """School by school, with how far it is."""
        shows = verbosity and self.stdout.isatty()
        schools = 0
        for done, schools in near_duplicates.rebuild():
            if shows:
                self.stdout.write(f"\r已完成 {done}/{schools} 所学校", ending="")
                self.stdout.flush()
        if shows:
            self.stdout.write("")
        if verbosity:
            self.stdout.write(f"已按 {schools} 所学校正在公开的报告重建索引。")

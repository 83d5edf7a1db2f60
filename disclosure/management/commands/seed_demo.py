"""Load the demonstration, or name its accounts."""

from unicodedata import east_asian_width

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from disclosure.demo import history
from disclosure.demo.world import MARK, PASSWORD, SHOWN_ACCOUNTS
from schools.actor import active_memberships
from schools.models import Province, School, User


class Command(BaseCommand):
    """Loads once; the schools, people and reports are invented."""

    help = "载入演示数据：虚构的学校、账号和报告，处于流程的各个阶段。只载入一次。"

    def add_arguments(self, parser):
        """Whether to name the accounts only, and whether to add to data that is real."""
        parser.add_argument("--accounts", action="store_true", help="只列出演示账号，不载入")
        parser.add_argument("--force", action="store_true", help="数据库中已有其他数据时也载入")

    def handle(self, accounts, force, verbosity=1, **options):
        """Load, unless it is there; refuse to mix with data of others."""
        if accounts:
            self._name_accounts()
            return
        if history.is_there():
            self.stdout.write("演示数据已经载入，未作改动。")
            return
        if Province.objects.exists() and not force:
            raise CommandError("数据库中已有其他数据，没有载入演示数据。确实要混在一起，请加 --force。")
        taken = User.objects.filter(username__in=SHOWN_ACCOUNTS).values_list("username", flat=True)
        if taken:
            raise CommandError(f"这些登录名已被使用，没有载入演示数据：{'、'.join(taken)}。")
        history.tell(timezone.now())
        if verbosity:
            self.stdout.write(f"已载入演示数据：{School.objects.filter(name__endswith=MARK).count()} 所学校。")
            self._name_accounts()

    def _name_accounts(self):
        """The accounts to try, with what each has to show; nothing where there is no demonstration."""
        if not history.is_there():
            return
        self.stdout.write(f"\n演示账号（密码都是 {PASSWORD}）：\n")
        users = {user.username: user for user in User.objects.filter(username__in=SHOWN_ACCOUNTS)}
        for username, shows in SHOWN_ACCOUNTS.items():
            if username in users:
                role, organisation = _place(users[username])
                self.stdout.write(f"  {_wide(username, 18)}{_wide(role, 12)}{_wide(organisation, 34)}{shows}")
        self.stdout.write("  其他学校的填报人、分管领导见后台的账号列表，密码相同。")
        self.stdout.write(f"\n公开网站：{settings.SITE_URL}/　登录：{settings.SITE_URL}/accounts/login/\n")


def _place(user: User) -> tuple[str, str]:
    membership = active_memberships(user).first()
    if membership is None:
        return "运维", ""
    return membership.get_role_display(), str(membership.organisation)


def _wide(text: str, columns: int) -> str:
    """``text`` filled up to so many columns of a terminal, where a Chinese character takes two."""
    return text + " " * max(1, columns - sum(2 if east_asian_width(one) in "WF" else 1 for one in text))

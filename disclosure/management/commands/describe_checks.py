"""Write ``docs/checks.md`` from the registry of the checks and from what was measured of them."""

import csv
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from disclosure.checks import GROUPS, RULES, Rule

DOCS = Path(settings.BASE_DIR) / "docs"
PATH = DOCS / "checks.md"
MEASURED = DOCS / "checks-measured.csv"

INTRODUCTION = """# 提交前的检查

本文由 `manage.py describe_checks` 根据 `disclosure/checks/` 中登记的规则和 `docs/checks-measured.csv` 中的测量结果生成，\
请勿手工修改；测试会核对两者一致。

- **须改正**：报告自相矛盾、缺少规定内容，含有不可能是正文的东西，或写有手机号码、身份证号。改正之后才能提交；\
确有理由的，可以申请豁免，由审核人决定。
- **请核对**：很可能有问题，但要由人判断。改正，或者写明不改的理由，才能提交。
- 往年补录的报告只检查标有「往年也查」的规则，缺少的部分在公开页面注明「本报告未包含此部分」。
- 能够一键修改的规则，修改之前先显示结果。
- 除填报任务由省里调整轻重以外，没有别的办法关闭一条规则。

## 测量的办法

「找到」：在没有错误的虚构报告里，随机选一处放进一个这样的错误，看规则能否指出；\
每条规则放 {tries} 次，随机数固定，人人测得一样。\
「误报」：同样的 {reports} 份没有错误的报告，每份另加五句看上去像错误、其实没有错的话，规则在其中几份上说了话。\
「—」表示结果取自填报状态，不由文字得出，不作测量。错误由写规则的人编写，真实报告的错误花样更多，所以「找到」是上限，不是保证；\
另有一批由没有看过规则的人编写的报告（`tests/disclosure/checking`），其中留着不给改规则的人看的部分，\
128 处错误找到 109 处（85%），15 份没有错误的报告上没有误报须改正，误报请核对 5 条。\
用 `make bench` 可以重新测量。

五份真实报告上的每一条结果都有人读过，逐条说明见 `tests/disclosure/test_checks_of_real_reports.py`。
"""


def text() -> str:
    """The whole page."""
    measured = read_measured()
    tries = max(int(row["tried"]) for row in measured.values())
    reports = max(int(row["reports"]) for row in measured.values())
    pieces = [INTRODUCTION.format(tries=tries, reports=reports)]
    for group, words in GROUPS.items():
        rows = [_row(rule, measured[rule.name]) for rule in RULES if rule.group == group]
        head = "| 规则 | 轻重 | 为什么 | 依据 | 找到 | 误报 | 往年也查 |\n|---|---|---|---|---|---|---|"
        pieces.append("\n".join([f"\n## {words}\n", head, *rows]))
    return "\n".join(pieces) + "\n"


def read_measured() -> dict[str, dict[str, str]]:
    """What was measured, by the name of the rule."""
    with MEASURED.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: row for row in csv.DictReader(file)}


def _row(rule: Rule, row: dict[str, str]) -> str:
    tried, found = int(row["tried"]), int(row["found"])
    share = f"{found}/{tried}" if tried else "—"
    past = "是" if rule.holds_for_backfill else ""
    cells = (
        f"{rule.title}<br>`{rule.name}`",
        rule.severity.label,
        rule.why,
        rule.source,
        share,
        f"{row['alarms']}/{row['reports']}",
        past,
    )
    return f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"


class Command(BaseCommand):
    """Write the page."""

    help = "根据登记的规则和测量结果生成 docs/checks.md"

    def handle(self, *args, **options):
        PATH.write_text(text(), encoding="utf-8")
        self.stdout.write(f"已写入 {PATH.relative_to(settings.BASE_DIR)}")

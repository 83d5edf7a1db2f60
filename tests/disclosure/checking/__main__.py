"""Print what the rules find in the corpus: ``python -m tests.disclosure.checking [--kept-back]``.

Of the shown part label by label, of the part kept back the figures alone. ``--kept-back`` prints that one too, for
whoever keeps the corpus; who mends rules by it has used it up.
"""

import os
import sys
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.disclosure.checking import reading, scoring  # noqa: E402

tell = partial(print, file=sys.stdout)


def _tell(part: str) -> None:
    for report in scoring.read(part, "faulty"):
        tell(f"\n{report.case.name}")
        for label, findings in report.found:
            rules = ", ".join(sorted({f"{one.rule} ({one.severity.value})" for one in findings}))
            verdict = f"found   {rules}" if findings else "MISSED "
            tell(f"  {label.severity.value:7} {label.section.value}: {label.kind} 「{label.words}」 {verdict}")
        _tell_findings("  no label", report.rest)
    tell("\nOn clean reports")
    for report in scoring.read(part, "clean"):
        _tell_findings(f"  {report.case.name}", report.rest)


def _tell_right_sentences(part: str) -> None:
    tell("\nOn right sentences that look like faults")
    for sentence, findings in scoring.alarms_on_right_sentences(part):
        _tell_findings(f"  {sentence}\n   ", findings)


def _tell_wrong_sentences(part: str) -> None:
    tell("\nWrong sentences that nobody finds")
    for report in scoring.read_wrong_sentences(part):
        for label, findings in report.found:
            if not findings:
                tell(f"  {label.kind}: {label.says} 「{label.words}」")


def _tell_figures(part: str) -> None:
    figures = scoring.score(part)
    right, wrong = scoring.alarms_on_right_sentences(part), scoring.wrong_sentences_found(part)
    of_right = [finding for _, findings in right for finding in findings]
    tell(f"{part}: {figures.found} of {figures.labels} faults found ({figures.recall:.0f} %);", end=" ")
    tell(f"of {figures.errors_labelled} that must block {figures.errors_found} block")
    tell(f"  {figures.clean} clean reports, {figures.clean_flagged} of them with a finding:", end=" ")
    tell(f"{figures.false_errors} errors, {figures.false_warnings} warnings ({figures.warnings_a_report:.2f} a report)")
    tell(
        f"  {len(right)} right sentences, {sum(bool(findings) for _, findings in right)} of them with a finding:",
        end=" ",
    )
    tell(f"{sum(finding.blocks for finding in of_right)} errors")
    tell(f"  {sum(wrong)} of {len(wrong)} wrong sentences found ({100 * sum(wrong) / len(wrong):.0f} %)")


def _tell_findings(where: str, findings) -> None:
    for one in findings:
        words = "／".join(passage.text[:30] for passage in one.passages[:3])
        tell(f"{where}: {one.severity.value} {one.section.value} {one.rule}: {one.sentence} 「{words}」")


if __name__ == "__main__":
    parts = (reading.SHOWN, reading.KEPT_BACK)
    for one in parts if "--kept-back" in sys.argv[1:] else parts[:1]:
        _tell(one)
        _tell_right_sentences(one)
        _tell_wrong_sentences(one)
    tell()
    for one in parts:
        _tell_figures(one)
    tell("\nby kind, found of all (shown and kept back together):")
    for kind, (found, asked) in scoring.by_kind(parts).items():
        tell(f"  {kind}: {found} of {asked}")

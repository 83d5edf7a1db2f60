"""``python -m tests.disclosure.importing.corpus [NAME …]``: the scores, or every fault of the named cases."""

import argparse
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> None:
    import django

    django.setup()
    from tests.disclosure.importing.corpus import judging

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="cases of which to tell every fault")
    parser.add_argument("--seeds", type=int, default=200, help="how many combined reports (default %(default)s)")
    parser.add_argument("--faults", metavar="MEASURE", help="all faults of this measure")
    parser.add_argument("--kept-back", action="store_true", help="also what is kept back: to measure, not to mend by")
    parser.add_argument("--no-office", action="store_true", help="without what passes through LibreOffice")
    options = parser.parse_args()
    sys.stdout.write(judging.report(options) + "\n")


if __name__ == "__main__":
    main()

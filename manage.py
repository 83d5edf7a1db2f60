#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

from disclosure import configuration


def main() -> None:
    """Run the command named on the command line."""
    # What `collectstatic` gathers is for everybody, and perhaps for a server with another user than who installs.
    if sys.argv[1:2] != ["collectstatic"]:
        configuration.keep_files_private()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    from django.core.management import execute_from_command_line  # after the settings module is named

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

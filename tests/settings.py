"""The project's settings as the tests use them: a data directory of their own, and nothing slow that no test needs.

DATABASE_URL decides the database here too. SQLite stands in a file, not in memory: only a file has the WAL and the
locks that a running portal has, and the browser journeys read and write from several threads.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# One directory a process: with pytest-xdist each worker imports this for itself.
_directory = Path(tempfile.mkdtemp(prefix="disclosure-tests-"))
atexit.register(shutil.rmtree, _directory, ignore_errors=True)
_given = os.environ.get("DISCLOSURE_VAR_DIR")
os.environ["DISCLOSURE_VAR_DIR"] = str(_directory)

from disclosure.settings import *  # noqa: E402, F403
from disclosure.settings import DATABASES, STORAGES  # noqa: E402

# What the tests start as processes of their own gets the caller's environment.
if _given is None:
    del os.environ["DISCLOSURE_VAR_DIR"]
else:
    os.environ["DISCLOSURE_VAR_DIR"] = _given

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(_directory / "test.sqlite3")}
# A connection that outlives its request keeps the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0

# Plain names for static files: the tests need no collectstatic. scripts/test.sh tries the hashed ones.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = _directory / "static"
STATIC_ROOT.mkdir()

# Real hashers take a quarter of a second by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

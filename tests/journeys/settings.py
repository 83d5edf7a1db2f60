"""The settings of the server that the journeys visit: those of production, with files of its own and quick passwords."""

from disclosure.settings import *  # noqa: F403
from disclosure.settings import VAR_DIR
from disclosure.settings import WHITENOISE_SKIP_COMPRESS_EXTENSIONS as NEVER_COMPRESSED

STATIC_ROOT = VAR_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Compressing half a megabyte of scripts takes longer than a journey.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["js", "css", "map", "svg", "txt", "md", *NEVER_COMPRESSED]

"""What the production server serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from disclosure import configuration

configuration.keep_files_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")

application = get_wsgi_application()

from disclosure.publishing import conditional  # noqa: E402 — it needs the settings

# Every view and what it imports, now and once: the server loads this module before it forks its workers, and the
# first visitor of each need not wait for it.
_ = get_resolver().url_patterns
# Now too, not with the first page: by then the files of the next version may lie there. No command needs it.
conditional.code_fingerprint()

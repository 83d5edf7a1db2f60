"""How the static files are named: by the hash of their content, the imports between script modules included."""

import os
import time
from datetime import timedelta
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

# How long files of an earlier version stay. A page open in a browser asks for them, and so does one that a search
# engine or a proxy has kept.
KEPT = timedelta(days=30)


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites the addresses in ``import … from "./x.js"`` too, and keeps files of earlier versions for a while.

    A page then needs no import map, which would have to stand in the page as an inline script: the content security
    policy can do without a nonce. Written as ``import … from "…";`` with the semicolon, which Django looks for.
    """

    support_js_module_import_aggregation = True

    def post_process(self, *args, **kwargs):
        """Name and compress the files, as the base class does; then delete those that have been out of use long enough.

        The time of a file that goes out of use is set to now: when it was written says nothing about that.
        """
        before = self._in_use()
        yield from super().post_process(*args, **kwargs)
        if kwargs.get("dry_run"):
            return
        now = self._in_use()
        for path in before - now:
            os.utime(path)
        oldest = time.time() - KEPT.total_seconds()
        for path in Path(self.location).rglob("*"):
            if path.is_file() and path not in now and path.stat().st_mtime < oldest:
                path.unlink()

    def _in_use(self) -> set[Path]:
        """The files that the manifest names and that are there, with their compressed forms, and the manifest itself."""
        names = [self.manifest_name, *self.hashed_files.values()]
        paths = {Path(self.path(f"{name}{suffix}")) for name in names for suffix in ("", ".gz", ".br")}
        return {path for path in paths if path.exists()}

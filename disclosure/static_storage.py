"""How the static files are named: by the hash of their content, the imports between script modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites the addresses in ``import … from "./x.js"`` too.

    A page then needs no import map, which would have to stand in the page as an inline script: the content security
    policy can do without a nonce. Written as ``import … from "…";`` with the semicolon, which Django looks for.
    """

    support_js_module_import_aggregation = True

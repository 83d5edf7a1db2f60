"""A Word file, taken apart: file → a plain tree of blocks (``reading``) → proposed values (``classify``, ``extract``).

Nothing here touches the database: what is proposed becomes the report's only when the author says so.
"""

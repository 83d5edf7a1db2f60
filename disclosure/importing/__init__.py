"""A Word file, taken apart: file → a plain tree of blocks (``reading``) → proposed values (``proposing``).

Nothing here touches the database: what is proposed becomes the report's only when the author says so.
"""

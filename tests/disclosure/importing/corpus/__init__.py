"""A corpus that judges the Word import blind: invented reports of invented colleges, each with its truth.

A report is *contents* (``handmade``, ``combining``; a small markup in which every figure stands where the text says it)
and a *writing* (``writing.Writing``: numbers, faces, containers, layouts, file kind). ``laying`` makes of the two one
list of lines, and from that list come both the file (``docx_writing``, ``html_writing``, ``office``) and the truth
(``truth``), so that they cannot disagree. ``scoring`` compares a proposal with the truth. Whoever mends the import sees
the shown part only; ``is_hidden`` says which cases are kept back.

    python -m tests.disclosure.importing.corpus          # the table
    python -m tests.disclosure.importing.corpus NAME …   # every fault of these cases
"""

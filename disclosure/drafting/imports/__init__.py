"""From a file to the draft: what was proposed is kept, looked through by the author, compared, written, taken back.

``intake`` takes a file in; ``confirmation`` is the page on which the author looks it through; ``apply`` compares it
with the draft, writes it there, and takes it back; ``cleanup`` deletes what came to nothing.
"""

"""From a file to the draft: what was proposed is kept, looked through by the author, compared, written, taken back.

``intake`` takes a file in; ``confirming`` is the page on which the author looks it through; ``writing`` compares it
with the draft, writes it there, and takes it back; ``clearing`` deletes what came to nothing.
"""

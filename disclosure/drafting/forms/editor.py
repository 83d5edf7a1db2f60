"""Running text in a form: a rich-text editor where scripts run, a plain text area where they do not.

The editor itself (ProseMirror and Tiptap, as django-prose-editor builds them) is set up in ``static/js/editor.js``,
limited to the vocabulary of ``disclosure.richtext``; what arrives is cleaned to that vocabulary in any case.
"""

import re
from itertools import zip_longest

from django import forms

from disclosure import richtext

_TAG = re.compile(rf"</?(?:{'|'.join(sorted(richtext.TAGS))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# In cleaned text: a block at the top, up to the first closing tag of its kind.
_STRUCTURE = re.compile(r"</?(?:ol|ul|li|table|caption|thead|tbody|tr|th|td)>")
_BLOCK = re.compile(r"(<(p|h3|h4|ol|ul|table)>.*?</\2>)", re.DOTALL)


def as_rich_text(typed: str) -> str:
    """What was typed, in the vocabulary of ``disclosure.richtext``.

    Lines typed into the plain text area become paragraphs, be it the whole text or something added before, between or
    after the paragraphs that were there.
    """
    if not _TAG.search(typed):
        return richtext.clean(richtext.from_text(typed))
    cleaned = richtext.clean(typed)
    pieces = _BLOCK.split(cleaned)
    blocks, between = pieces[1::3], pieces[::3]
    if any(_STRUCTURE.search(piece) for piece in between):
        # A list inside a list: what looks like the text between two blocks is the rest of one.
        return cleaned
    paragraphs = ["".join(f"<p>{line}</p>" for line in piece.splitlines()) for piece in between]
    return richtext.clean("".join(piece for pair in zip_longest(paragraphs, blocks, fillvalue="") for piece in pair))


class RichTextWidget(forms.Textarea):
    """A text area that ``static/js/editor.js`` turns into an editor."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 12, "class": "rich-text-source", "data-rich-text": True} | (attrs or {}))


class RichTextField(forms.CharField):
    """Running text; the cleaned value is HTML of the closed vocabulary, or "" where there is no word in it."""

    widget = RichTextWidget

    def __init__(self, **kwargs):
        super().__init__(**({"required": False, "strip": False} | kwargs))

    def to_python(self, value):
        return as_rich_text(super().to_python(value))

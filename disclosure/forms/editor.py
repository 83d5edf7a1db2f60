"""Running text in a form: a rich-text editor where scripts run, a plain text area where they do not.

The editor itself (ProseMirror and Tiptap, as django-prose-editor builds them) is set up in ``static/js/editor.js``,
limited to the vocabulary of ``disclosure.richtext``; what arrives is cleaned to that vocabulary in any case.
"""

import re

from django import forms

from disclosure import richtext

# The blocks of the vocabulary: text with any of them comes from the editor, or from somebody who saw its markup.
_BLOCK = re.compile(r"</?(?:p|h3|h4|ol|ul|li|table|caption|thead|tbody|tr|th|td|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# What stands between two blocks, or before the first and after the last one.
_TOP_LEVEL = re.compile(
    r"(<(?P<tag>p|h3|h4|ol|ul|table)(?:\s[^<>]*)?>.*?</(?P=tag)>)", re.IGNORECASE | re.DOTALL
)


def as_rich_text(typed: str) -> str:
    """What was typed, in the vocabulary of ``disclosure.richtext``.

    Lines typed into the plain text area become paragraphs, be it the whole text or something added before, between or
    after the paragraphs that were there.
    """
    if not _BLOCK.search(typed):
        return richtext.clean(richtext.from_text(typed))
    # A list inside a list or a cell ends at the first closing tag here; then the rest holds markup and is left alone.
    pieces = _TOP_LEVEL.split(typed)
    if any(_BLOCK.search(piece) for piece in pieces[::3]):
        return richtext.clean(typed)
    blocks = [richtext.from_text(piece) if place == 0 else piece for place, piece in _placed(pieces)]
    return richtext.clean("".join(blocks))


def _placed(pieces: list[str]):
    """The pieces of the split: (0, text between) and (1, block); the names of the tags are left out."""
    return [(index % 3, piece) for index, piece in enumerate(pieces) if index % 3 != 2]


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

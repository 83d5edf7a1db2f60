"""Full lines in Chinese: the white space left in a line is shared out between its characters.

WeasyPrint 70 justifies by widening spaces alone. A Chinese line has none, so its right edge stays ragged wherever a
sign that may not begin a line carried a character over; and where a line holds one space, that one takes it all. Word
and WPS share the rest out evenly, as GB/T 9704-2012 expects of lines of 28 characters.
"""

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

from disclosure.publishing.rendering.quotes import ZERO_WIDTH_SPACE

# Of the size of the text. A line whose characters would have to stand further apart than this (an address that could
# not be broken was carried over) is left ragged.
MOST = 0.25


def install() -> None:
    """Put our way of justifying a line into WeasyPrint; it is called with every line of ``text-align: justify``."""
    inline.justify_line = justify_line


def justify_line(context, line, room: float) -> None:
    """Share ``room`` (CSS pixels) out between the characters of ``line``, a line box that does not end a paragraph."""
    texts = list(_texts(line))
    if any(text is None for text in texts):
        return
    for text in texts:
        # They have done their work, and would take a share of the room.
        room += text.text.count(ZERO_WIDTH_SPACE) * _letter_spacing(text)
        text.text = text.text.replace(ZERO_WIDTH_SPACE, "")
    count = sum(len(text.text) for text in texts)
    if count < 2:
        return
    # WeasyPrint counts the letter spacing after the last character too, where nothing shows of it.
    room += _letter_spacing(texts[-1])
    extra = room / (count - 1)
    if extra <= MOST * texts[0].style["font_size"]:
        _spread(context, line, extra, 0)


def _texts(box):
    """The text boxes inside ``box``, in order; None for anything else that stands in the line."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)
        else:
            yield None


def _letter_spacing(text) -> float:
    spacing = text.style["letter_spacing"]
    return 0 if spacing == "normal" else spacing


def _spread(context, box, extra: float, shift: float) -> float:
    """Widen every text in ``box`` and move it right by what stands before it; returns the shift after ``box``."""
    box.position_x += shift
    before = shift
    if isinstance(box, boxes.TextBox):
        spacing = _letter_spacing(box) + extra
        box.style = box.style.copy()
        box.style["letter_spacing"] = spacing
        box.pango_layout = create_layout(box.text, box.style, context, max_width=None, justification_spacing=0)
        box.pango_layout.deactivate()
        shift += extra * len(box.text)
    else:
        for child in box.children:
            shift = _spread(context, child, extra, shift)
    box.width += shift - before
    return shift

"""What stands where in a PDF, read from its drawing instructions: the tests measure paper, not style sheets.

Lengths are in points, from the top left corner of the page.
"""

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
# WeasyPrint draws in CSS pixels.
_SCALE = 0.75


@dataclass
class Run:
    """A stretch of text in one font on one line: where its base line begins and ends, and what it says."""

    x: float
    right: float
    y: float
    size: float
    font: str
    text: str
    glyphs: tuple[int, ...]
    is_artifact: bool


class _Font:
    """The breadths and the characters of an embedded font's glyphs."""

    def __init__(self, font: DictionaryObject):
        self.name = font["/BaseFont"].split("+")[1]
        descendant = font["/DescendantFonts"][0].get_object()
        self.is_embedded = (
            "/FontFile3" in descendant["/FontDescriptor"] or "/FontFile2" in descendant["/FontDescriptor"]
        )
        self.widths, row = {}, list(descendant["/W"])
        while row:
            first, widths = row.pop(0), row.pop(0).get_object()
            self.widths |= {first + index: float(width) for index, width in enumerate(widths)}
        table = font["/ToUnicode"].get_object().get_data().decode()
        self.characters = {
            int(glyph, 16): bytes.fromhex(text).decode("utf-16-be")
            for glyph, text in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)
        }


class Paper:
    """A whole PDF: its reader, and the runs of text of each page in the order in which they are drawn."""

    def __init__(self, content: bytes):
        self.reader = PdfReader(io.BytesIO(content), strict=True)
        self.fonts: dict[str, _Font] = {}
        self.pages = [list(self._runs(page)) for page in self.reader.pages]

    def text(self) -> str:
        """All words of the report in order, without white space, page numbers and marks of a draft."""
        runs = (run.text for page in self.pages for run in page if not run.is_artifact)
        return re.sub(r"\s", "", "".join(runs))

    def lines(self, number: int) -> list[list[Run]]:
        """The runs of a page (from 1), line by line, without what belongs to the page itself."""
        lines: dict[float, list[Run]] = {}
        for run in self.pages[number - 1]:
            if run.text.strip() and not run.is_artifact:
                lines.setdefault(round(run.y, 1), []).append(run)
        return [lines[y] for y in sorted(lines)]

    def find(self, text: str) -> Run:
        """The first run that holds ``text``."""
        return next(run for page in self.pages for run in page if text in run.text)

    def _runs(self, page):
        resources = page["/Resources"]["/Font"]
        height = float(page.mediabox.height)
        artifacts: list[bool] = []
        font = size = origin = None
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator in (b"BMC", b"BDC"):
                artifacts.append(operands[0] == "/Artifact")
            elif operator == b"EMC":
                artifacts.pop()
            elif operator == b"Tm":
                origin, pen = (float(operands[4]), float(operands[5])), 0.0
            elif operator == b"Tf":
                name = str(operands[0])
                font = self.fonts.setdefault(name, _Font(resources[name].get_object()))
                size = float(operands[1])
            elif operator == b"TJ":
                assert artifacts, "text that is neither tagged nor an artifact"
                start, glyphs, end = pen, [], pen
                for item in operands[0]:
                    if isinstance(item, (int, float)):
                        pen -= float(item) / 1000 * size
                        continue
                    raw = item.original_bytes
                    for glyph in (int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)):
                        glyphs.append(glyph)
                        pen += font.widths[glyph] / 1000 * size
                        end = pen
                yield Run(
                    x=(origin[0] + start) * _SCALE,
                    right=(origin[0] + end) * _SCALE,
                    y=origin[1] * _SCALE,
                    size=size * _SCALE,
                    font=font.name,
                    text="".join(font.characters.get(glyph, "\ufffd") for glyph in glyphs),
                    glyphs=tuple(glyphs),
                    is_artifact=any(artifacts),
                )
        assert not artifacts
        assert height > 0

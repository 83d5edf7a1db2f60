"""A Word file as a test reads it: with python-docx, and with the validator of Open XML."""

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator


def faults(content: bytes) -> list[str]:
    """What the port of Microsoft's Open XML SDK validator finds: the schema of every part, relations, styles, numbers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(content)
        return [f"{error.part_uri}: {error.description}" for error in OpenXmlValidator().validate(path).errors]


def texts(content: bytes) -> str:
    """All words of the body in order, without white space; generated numbers are not text."""
    body = docx.Document(io.BytesIO(content)).element.body
    return re.sub(r"\s", "", "".join(text.text or "" for text in body.iter(qn("w:t"))))


def parts(content: bytes) -> dict[str, bytes]:
    """The files in the package by their names."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Written:
    """A Word file opened: its paragraphs and tables, and what they ask for."""

    def __init__(self, content: bytes):
        self.content = content
        self.file = docx.Document(io.BytesIO(content))
        self.paragraphs = self.file.paragraphs

    def styled(self, style: str) -> list[str]:
        """The words of the paragraphs outside of tables that have ``style``, by the name that python-docx gives it."""
        return [paragraph.text for paragraph in self.paragraphs if paragraph.style.name == style]

    def find(self, text: str):
        """The first paragraph, in the body or a cell, that holds ``text``."""
        for paragraph in self.file.element.body.iter(qn("w:p")):
            if text in "".join(one.text or "" for one in paragraph.iter(qn("w:t"))):
                return docx.text.paragraph.Paragraph(paragraph, self.file)
        raise AssertionError(f"{text} is nowhere")

    def face(self, text: str) -> str:
        """The East Asian face of the first run that holds ``text``: its own, its style's, or its paragraph's."""
        paragraph = self.find(text)
        run = next(run for run in paragraph.runs if run.text.strip())
        elements = [run._r, run.style.element, paragraph.style.element]
        style = paragraph.style
        while style.base_style is not None:
            style = style.base_style
            elements.append(style.element)
        for element in elements:
            found = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            if found is not None:
                return found.get(qn("w:eastAsia"))
        raise AssertionError(f"{text} has no face")

"""A layout as HTML: as Word saves it (GB18030, named .doc), as offices' systems write it, and as it lies on a clipboard."""

from __future__ import annotations

from html import escape

from tests.disclosure.importing.corpus.laying import Grid, Layout, Line
from tests.disclosure.importing.corpus.writing import Writing

CENTRED = ("title", "centre", "letterhead", "toc_title")
WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style><!-- @font-face {font-family:仿宋_GB2312;}
p.MsoNormal {margin:0cm;font-size:16.0pt;font-family:仿宋_GB2312;} --></style>
</head><body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>"""


def html_bytes(layout: Layout, writing: Writing) -> bytes:
    if writing.kind == "word_html":
        body = "\r\n".join(_word(line, writing) for line in layout.lines)
        return f"{WORD_HEAD}{body}</div></body></html>".encode("gb18030")
    if writing.kind == "text":
        return "\n".join(_plain(line, writing) for line in layout.lines).encode()
    if writing.kind == "cms_html":
        body = "\n".join(_cms(line, writing) for line in layout.lines)
        return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()
    body = "".join(_cms(line, writing) for line in layout.lines)
    return f"<meta charset='utf-8'><!--StartFragment-->{body}<!--EndFragment-->".encode()


def _plain(line: Line | Grid, writing: Writing) -> str:
    """As a text field holds it: a line a paragraph, a table's cells parted by tabs."""
    if isinstance(line, Grid):
        return "\n".join("\t".join(slot.text.replace("\n", " ") for slot in row) for row in line.rows)
    lead = "　　" if line.look in ("p", "li") and writing.indent == "spaces" else ""
    return lead + line.number + line.text


def _words(text: str) -> str:
    return "<br>".join(escape(part, quote=False) for part in text.split("\n"))


def _table(grid: Grid, attributes: str, inner: str) -> str:
    rows = ""
    for row in grid.rows:
        cells = ""
        for slot in row:
            spans = (f" colspan={slot.colspan}" if slot.colspan > 1 else "") + (
                f" rowspan={slot.rowspan}" if slot.rowspan > 1 else ""
            )
            words = "".join(inner.format(escape(part, quote=False)) for part in slot.text.split("\n"))
            cells += f"<td{spans}>{words}</td>"
        rows += f"<tr>{cells}</tr>"
    return f"<table {attributes}>{rows}</table>"


def _word(line: Line | Grid, writing: Writing) -> str:
    if isinstance(line, Grid):
        inner = "<p class=MsoNormal align=center><span style='font-size:12.0pt'>{}<o:p></o:p></span></p>"
        return _table(line, "class=MsoNormalTable border=1 cellspacing=0", inner)
    size, face, bold = 16.0, "仿宋_GB2312", False
    align = " align=center style='text-align:center'" if line.look in CENTRED else ""
    align = " align=right style='text-align:right'" if line.look == "right" else align
    tag, name = "p", "MsoNormal"
    if line.look == "title":
        size, face = 22.0, "方正小标宋简体"
    elif line.look in ("h1", "h1b", "h2", "h3") and writing.face == "styles":
        tag, name = {"h1": "h1", "h3": "h3"}.get(line.look, "h2"), ""
    elif line.look in ("h1", "h1b", "h2") and writing.face in ("font", "bold"):
        face, bold = ("黑体", False) if writing.face == "font" else (face, True)
    number = ""
    if line.number:
        number = (
            f"<![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>{line.number}"
            "<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span><![endif]>"
        )
        align = f" style='mso-list:l0 level{line.level + 1} lfo1'"
    words = _words(line.text)
    if line.look in ("p", "li") and writing.indent == "spaces":
        words = "　　" + words
    elif line.look == "p":
        align += " style='text-indent:32.0pt'" if not align else ""
    words = f"<span style='font-size:{size}pt;font-family:{face}'>{words}<o:p></o:p></span>"
    if bold:
        words = f"<b>{words}</b>"
    kind = f" class={name}" if name else ""
    return f"<{tag}{kind}{align}>{number}{words}</{tag}>"


def _cms(line: Line | Grid, writing: Writing) -> str:
    if isinstance(line, Grid):
        return _table(line, "border='1'", "{}<br/>" if writing.kind == "cms_html" else "<p>{}</p>")
    words = line.number + _words(line.text)
    if line.look in ("h1", "h1b", "h2") and writing.face != "plain":
        words = f"<strong>{words}</strong>"
    if line.look in CENTRED:
        return f"<p style='text-align: center;'><span style='font-size: 22pt;'>{words}</span></p>"
    if line.look == "right":
        return f"<p style='text-align: right;'>{words}</p>"
    if line.look in ("h1", "h1b", "h2", "h3") and writing.face == "styles":
        tag = {"h1": "h2", "h3": "h4"}.get(line.look, "h3")
        return f"<{tag}>{line.number}{_words(line.text)}</{tag}>"
    lead = "&nbsp;&nbsp;&nbsp;&nbsp;" if writing.indent == "spaces" else ""
    return f"<div>{lead}{words}</div>" if writing.face == "bold" else f"<p style='text-indent: 2em;'>{lead}{words}</p>"

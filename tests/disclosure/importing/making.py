"""Word files made part by part, for what no program that is at hand would write on purpose."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = ("styles", "numbering", "settings", "footnotes", "endnotes")


def root(name, inner):
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMESPACES}>{inner}</w:{name}>'


def parts(body, *, relationships="", theme=None, **others):
    """The parts of a Word file by name; ``others`` are the insides of styles, numbering, settings and notes."""
    made = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/></Types>'
        ),
        "_rels/.rels": _relationships(
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": root("document", f"<w:body>{body}</w:body>"),
    }
    named = [name for name in PARTS if name in others]
    for name in named:
        made[f"word/{name}.xml"] = root(name, others[name])
    inner = "".join(f'<Relationship Id="part-{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in named)
    if theme is not None:
        made["word/theme/theme1.xml"] = theme
        inner += f'<Relationship Id="theme" Type="{RELATIONS}/theme" Target="theme/theme1.xml"/>'
    made["word/_rels/document.xml.rels"] = _relationships(inner + relationships)
    return made


def _relationships(inner):
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    """A zip of ``files``, contents by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body, **others):
    """A Word file with this inside of its body."""
    return zipped(parts(body, **others))


def w(name, *inner, attributes=""):
    """An element with ``inner`` within it."""
    return f"<w:{name} {attributes}>{''.join(inner)}</w:{name}>"


def sdt(*inner, properties=""):
    """A content control."""
    return w("sdt", w("sdtPr", properties), w("sdtContent", *inner))


def p(*runs, properties=""):
    """A paragraph; a bare string is a run of its own."""
    inner = "".join(each if each.startswith("<") else r(each) for each in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text="", properties="", inner=""):
    """A run."""
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    words = f'<w:t xml:space="preserve">{text}</w:t>' if text else ""
    return f"<w:r>{said}{words}{inner}</w:r>"


def table(*rows, properties=""):
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def tr(*cells, properties=""):
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def tc(text="", properties="", inner=None):
    said = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{said}{p(text) if inner is None else inner}</w:tc>"


def num(list_id, abstract_id, inner=""):
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract_id}"/>{inner}</w:num>'


def level(index, style, text, *, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identifier, *levels, more=""):
    return f'<w:abstractNum w:abstractNumId="{identifier}">{more}{"".join(levels)}</w:abstractNum>'


def item(text, list_id, ilvl=0, style=""):
    """A paragraph of a list."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return p(text, properties=f'{named}<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{list_id}"/></w:numPr>')

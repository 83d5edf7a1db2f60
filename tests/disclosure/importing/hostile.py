"""Files that are broken, or made to harm. Each is built when it is asked for; none is larger than it must be."""

import io
import struct
import zipfile
import zlib

from .making import NAMESPACES, RELATIONS, abstract, docx, item, level, num, p, parts, r, root, table, tc, tr, w, zipped

MEGABYTE = 1024 * 1024


def bomb():
    """A quarter of a gigabyte of spaces in a document of a quarter of a megabyte."""
    files = parts(p("字"))
    head, tail = files["word/document.xml"].split("<w:body>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            if name != "word/document.xml":
                package.writestr(name, content)
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            part.write((head + "<w:body>").encode())
            for _ in range(256):
                part.write(b" " * MEGABYTE)
            part.write(tail.encode())
    return buffer.getvalue()


def lying_bomb():
    """The same idea, with a declared size of ten bytes."""
    content = bytearray(bomb())
    size = struct.pack("<L", 10)
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(signature)
        while at >= 0:
            name_at = at + (46 if signature == b"PK\x01\x02" else 30)
            if content[name_at : name_at + 17] == b"word/document.xml":
                content[at + offset : at + offset + 4] = size
            at = content.find(signature, at + 4)
    return bytes(content)


def many_entries():
    return zipped({f"word/{number}.xml": b"" for number in range(60_000)} | parts(p("字")), zipfile.ZIP_STORED)


def quoted_bomb():
    """Entries that overlap: each holds the next, quoted as a stored block (Fifield, A better zip bomb)."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = kernel.compress(b"<" * 21_000_000) + kernel.flush()
    return zipped({**parts(p("字")), "word/styles.xml": b"\x00" * 64 * MEGABYTE, "word/media/x.bin": data})


def nested_zip():
    inner = zipped({"a.txt": b"0" * 10 * MEGABYTE})
    for _ in range(8):
        inner = zipped({f"{number}.zip": inner for number in range(8)})
    return inner


def laughs():
    """Entities of entities: ten to the ninth of one word."""
    entities = '<!ENTITY a0 "哈">' + "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
    )
    files = parts(p("字"))
    files["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE w:document [{entities}]><w:document {NAMESPACES}><w:body>{p("&a9;")}</w:body>'
        "</w:document>"
    )
    return zipped(files)


def external_entity(target="file:///etc/passwd"):
    files = parts(p("字"))
    files["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "{target}">]><w:document {NAMESPACES}>'
        f"<w:body>{p('甲&x;乙')}</w:body></w:document>"
    )
    return zipped(files)


def entity_in_utf_16():
    files = parts(p("字"))
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x "y">]><w:document {NAMESPACES}/>'
    files["word/document.xml"] = text.encode("utf-16")
    return zipped(files)


def external_references(target):
    """A Word file that points outside in each way there is; what it says is 正文."""
    relationships = "".join(
        f'<Relationship Id="x{number}" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/>'
        for number, kind in enumerate(
            [
                "image",
                "attachedTemplate",
                "aFChunk",
                "subDocument",
                "oleObject",
                "styles",
                "settings",
                "footnotes",
                "frame",
            ]
        )
    )
    picture = '<a:graphic><a:graphicData><pic:pic><a:blip r:link="x0"/></pic:pic></a:graphicData></a:graphic>'
    body = p("正文", r(inner=w("drawing", picture)), '<w:subDoc r:id="x3"/>') + '<w:altChunk r:id="x2"/>'
    include = f'<w:fldSimple w:instr="INCLUDETEXT &quot;{target}&quot;"/>'
    return docx(body + p("后", include), relationships=relationships)


def deep_tables(depth=60):
    inner = p("芯")
    for _ in range(depth):
        inner = table(tr(tc(inner=inner)))
    return docx(inner)


def deep_elements(depth=100_000):
    return docx(p("<w:smartTag>" * depth + r("芯") + "</w:smartTag>" * depth))


def empty_paragraphs(count=1_000_000):
    return docx("<w:p/>" * count)


def many_paragraphs(count=100_000):
    return docx(p("字") * count)


def many_cells(count=200_000):
    return docx(table(tr(tc("1") * 50) * (count // 50)))


def many_attributes():
    return docx("<w:p " + " ".join(f'a{number}="1"' for number in range(600_000)) + "/>" + p("字"))


def long_paragraph():
    return docx(p(*["很长的一段。" * 1000] * 500))


def huge_numbers():
    """Lists that start at the largest number, in formats that would write it out."""
    formats = [
        "decimal",
        "lowerRoman",
        "upperLetter",
        "chineseCounting",
        "decimalEnclosedCircle",
        "chicago",
        "ordinal",
        "hex",
    ]
    lists = "".join(
        abstract(number, level(0, style, "%1." * 500, start=2147483647)) + num(number + 1, number)
        for number, style in enumerate(formats)
    )
    lists += abstract(90, level(0, "decimal", "%1", start="9" * 4000)) + num(91, 90)
    body = "".join(item("项", number + 1) * 3 for number in range(len(formats))) + item("项", 91)
    return docx(body, numbering=lists)


def cyclic_styles(count=3000):
    """Each style based on the next, the last on the first."""
    styles = "".join(
        w("style", f'<w:name w:val="s{n}"/><w:basedOn w:val="s{(n + 1) % count}"/>', attributes=f'w:styleId="s{n}"')
        for n in range(count)
    )
    body = "".join(p("字", properties=f'<w:pStyle w:val="s{n}"/>') for n in range(count))
    return docx(body, styles=styles)


def nested_fields():
    begin = r(inner='<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/>')
    return docx(p(begin * 5_000, "字" * 2000) + p("字") * 2000)


def nested_boxes(depth=40):
    inner = p("芯")
    for number in range(depth):
        box = w("txbxContent", inner, inner if number < 3 else "")
        inner = p(r(inner=w("pict", f"<v:textbox>{box}</v:textbox>")))
    return docx(inner)


def tracked_merges(count=20_000):
    """Deleted paragraph marks one after the other: one long paragraph."""
    return docx(p("字", properties="<w:rPr><w:del/></w:rPr>") * count + p("末"))


def encrypted_docx():
    """The directory of a compound file as Office writes it around an encrypted package."""
    return compound("EncryptedPackage", "EncryptionInfo")


def encrypted_doc():
    """A Word 97 file whose information block has the bit for encryption."""
    content = bytearray(compound("WordDocument", "1Table"))
    content[1024 : 1024 + 12] = b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01"
    return bytes(content)


def compound(*streams):
    """A compound file ([MS-CFB]) with one sector of directory and streams of these names, the first in sector 1."""
    header = bytearray(512)
    header[0:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header[48:52] = struct.pack("<L", 0)
    entries = bytearray()
    for index, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(raw)] = raw
        entry[64:67] = struct.pack("<HB", len(raw) + 2, 5 if index == 0 else 2)
        entry[0x74:0x78] = struct.pack("<L", index)
        entries += entry
    return bytes(header) + bytes(entries.ljust(512, b"\x00")) + bytes(8 * 512)


def truncated(content):
    return content[: len(content) * 2 // 3]


def wrong_checksum():
    content = bytearray(docx(p("字" * 200)))
    at = content.find(b"PK\x03\x04", content.find(b"word/document.xml") - 40)
    content[at + 14 : at + 18] = b"\x00\x00\x00\x00"
    central = content.rfind(b"word/document.xml")
    content[central - 30 : central - 26] = b"\x00\x00\x00\x00"
    return bytes(content)


def package_of(content_type, main, *, extra=None):
    """An Office file of another program."""
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'
            ),
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>'
            ),
            main: root("x", ""),
            **(extra or {}),
        }
    )


def spreadsheet():
    return package_of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xl/workbook.xml")


def slides():
    return package_of(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "ppt/presentation.xml"
    )


def deep_page(depth=20_000):
    return ("<html><body>" + "<div>" * depth + "芯" + "</div>" * depth + "<p>尾</p>").encode()


def wide_page(count=1_000_000):
    return ("<html><body>" + "<p>" * count).encode()


def deep_rtf(depth=200_000):
    return b"{\\rtf1 " + b"{" * depth + b"x" + b"}" * depth + b"}"

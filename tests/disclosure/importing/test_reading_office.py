"""The old formats, by LibreOffice: what it makes of them is read like any Word file."""

import shutil
import subprocess

import pytest

from disclosure.importing.reading import read_blocks

from .making import abstract, docx, item, level, num, p, r, table, tc, tr, zipped

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

NUMBERING = abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")) + num(1, 0)


def open_document(address):
    """An OpenDocument text with a picture and a section that stand at ``address``."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:text>'
        '<text:p>正文<draw:frame svg:width="2cm" svg:height="2cm">'
        f'<draw:image xlink:href="{address}/a.png"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{address}"/><text:p>原有</text:p></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="%s" manifest:media-type="%s"/>'
    media_type = "application/vnd.oasis.opendocument.text"
    return zipped(
        {
            "mimetype": media_type,
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                + entry % ("/", media_type)
                + entry % ("content.xml", "text/xml")
                + "</manifest:manifest>"
            ),
            "content.xml": content,
        }
    )


def converted(content, extension, folder):
    """A Word file in another format, as LibreOffice writes it."""
    source = folder / "报告.docx"
    source.write_bytes(content)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            extension,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    return (folder / f"报告.{extension.partition(':')[0]}").read_bytes()


@needs_office
@pytest.mark.parametrize("extension", ["doc", "odt"])
def test_numbers_tables_looks_and_notes_survive(extension, tmp_path):
    body = (
        p(r("某某学院2023年度报告", '<w:sz w:val="44"/><w:b/>'), properties='<w:jc w:val="center"/>')
        + item("概述", 1)
        + item("机制", 1, 1)
        + p("公布&lt;清单&gt;的通知", r(inner='<w:footnoteReference w:id="1"/>'))
        + table(tr(tc("姓名"), tc("职务", '<w:vMerge w:val="restart"/>')), tr(tc("甲"), tc("", "<w:vMerge/>")))
    )
    footnotes = f'<w:footnote w:id="1">{p("脚注")}</w:footnote>'
    source = read_blocks(converted(docx(body, numbering=NUMBERING, footnotes=footnotes), extension, tmp_path))
    assert [block.text for block in source.blocks] == [
        "某某学院2023年度报告",
        "一、概述",
        "（一）机制",
        "公布<清单>的通知[1]",
        "[1] 脚注",
        "姓名\t职务\n甲",
    ]
    title, heading, *_, grid = source.blocks
    assert (title.size, title.bold, title.alignment) == (22.0, True, "center")
    assert heading.number == "一、"
    assert grid.rows[0][1].rowspan == 2


@needs_office
def test_what_wps_and_word_2003_write_is_told_by_its_content(tmp_path):
    content = docx(p("正文"))
    assert [b.text for b in read_blocks(converted(content, "doc", tmp_path), "报告.wps").blocks] == ["正文"]
    assert [b.text for b in read_blocks(converted(content, "xml:MS Word 2003 XML", tmp_path), "a.doc").blocks] == [
        "正文"
    ]
    assert [b.text for b in read_blocks(content, "报告.wps").blocks] == ["正文"]


# As Word writes it: Chinese in the code page of its font, or as \\u; the number of a list in its own words beside it.
RTF = rb"""{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}
{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc37\levelstartat1\levelfollow2
{\leveltext\'02\'00\u12289\'3f;}{\levelnumbers\'01;}}\listid1}}
{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}
\pard\ls1\ilvl0{\listtext\u19968\'3f\u12289\'3f}\u27010\'3f\u36848\'3f\par
\pard\ls0 \'b9\'ab\'b2\'bc<\'c7\'e5\'b5\'a5>{\b\'d6\'d8}\par
\trowd\cellx2000\cellx4000 \intbl \'bc\'d7\cell \'d2\'d2\cell\row\pard\par}"""


@needs_office
def test_rich_text_as_word_writes_it():
    source = read_blocks(RTF, "报告.doc")
    assert [block.text for block in source.blocks] == ["一、概述", "公布<清单>重", "甲\t乙"]
    assert source.blocks[0].number == "一、"
    assert source.blocks[1].html == "公布&lt;清单&gt;<strong>重</strong>"

"""Files damaged at random, from a seed: whatever is done to a file, it is read or refused with a sentence.

    python -m tests.disclosure.importing.fuzz [--count 5000] [--seed 1] [--kinds docx xml html text] [--isolated 50]

``docx`` damages the bytes of the zip, ``xml`` the parts within (bytes, elements, attributes, whole subtrees), ``html``
and ``text`` the bytes of pages. ``rtf``, ``doc`` and ``odt`` go through LibreOffice, a second each. Prints the seeds
that broke something; ``broken`` says what a seed does, for a test of its own.
"""

import argparse
import io
import os
import random
import sys
import tempfile
import time
import traceback
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

from disclosure.importing import isolation
from disclosure.importing.blocks import Source
from disclosure.importing.reading import Unreadable, read_blocks

from .making import NAMESPACES, RELATIONS, abstract, item, level, num, p, parts, r, sdt, table, tc, tr, w, zipped
from .test_reading_office import converted

SLOWEST = 12.0  # ten seconds of reading, and of starting and ending what reads
FAST = ("docx", "xml", "html", "text")
SLOW = ("rtf", "doc", "odt")
# What a damaged attribute may say: values at the edges of what is allowed, and beyond.
VALUES = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "8",
    "9",
    "63",
    "99999",
    "4294967296",
    "9" * 40,
    "true",
    "off",
    "一",
    "\ufffe",
    "../../x",
    "%1%2%9",
)
TOKENS = (
    *(b"<", b">", b"</p>", b"<table>", b"<td>", b"</table>", b"<ul><li>", b"<o:p>", b"<pre>\n"),
    *(b"<!--", b"-->", b"<![if !x]>", b"&#0;", b"&amp;", b"&#xD800;", b"\x00", b"\xff\xfe", b"\x81"),
    *(b"style='mso-list:l0 level9'", b"<meta charset=utf-16>", b"<tr rowspan=0 colspan=99999999>"),
    b"<style>p{font-size:1e9em}</style>",
)


def everything():
    """The parts of a Word file with everything in it that the reader knows."""
    numbering = (
        abstract(0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", more="<w:isLgl/>"))
        + abstract(1, more='<w:numStyleLink w:val="n"/>')
        + num(1, 0)
        + num(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>')
    )
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="21"/></w:rPr>'
        "</w:rPrDefault></w:docDefaults>"
        + "".join(
            f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
            '<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
            for kind, identifier, name, base in [
                ("paragraph", "a", "heading 1", "b"),
                ("paragraph", "b", "List Number", "a"),
                ("character", "c", "Strong", "c"),
                ("numbering", "n", "n", ""),
                ("table", "t", "Table Grid", ""),
            ]
        )
    )
    box = w("pict", f"<v:shape><v:textbox>{w('txbxContent', p('框'))}</v:textbox></v:shape>")
    begun = r(
        inner='<w:fldChar w:fldCharType="begin"/><w:instrText> TOC </w:instrText><w:fldChar w:fldCharType="separate"/>'
    )
    body = (
        p(begun, "目录")
        + p(r(inner='<w:fldChar w:fldCharType="end"/>'))
        + p(
            "标题",
            r("粗", '<w:b/><w:rStyle w:val="c"/><w:vanish w:val="0"/>'),
            properties='<w:pStyle w:val="a"/><w:jc w:val="center"/>',
        )
        + item("甲", 1)
        + item("乙", 2, 1, "b")
        + p(
            w("ins", r("增")),
            w("del", r("删")),
            r(inner='<w:footnoteReference w:id="1"/>'),
            properties="<w:rPr><w:del/></w:rPr>",
        )
        + p(
            '<w:hyperlink r:id="rId9">' + r("链") + "</w:hyperlink>",
            r(inner='<w:sym w:font="Symbol" w:char="F0B7"/><w:tab/><w:br w:type="page"/>'),
        )
        + p(
            r(
                inner=f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
            )
        )
        + sdt(p("控"))
        + table(
            tr(tc("A", '<w:gridSpan w:val="2"/>'), tc("B", '<w:vMerge w:val="restart"/>'), properties="<w:tblHeader/>"),
            tr(tc("C"), tc("D"), tc("", "<w:vMerge/>")),
            tr(tc(inner=table(tr(tc("内"))) + p("外")), properties='<w:gridBefore w:val="1"/>'),
            properties='<w:tblStyle w:val="t"/>',
        )
        + '<w:altChunk r:id="rId8"/>'
        + "<w:sectPr/>"
    )
    relationships = (
        f'<Relationship Id="rId9" Type="{RELATIONS}/hyperlink" Target="https://a.example.cn/" TargetMode="External"/>'
        f'<Relationship Id="rId8" Type="{RELATIONS}/aFChunk" Target="chunk.htm"/>'
    )
    files = parts(
        body,
        relationships=relationships,
        numbering=numbering,
        styles=styles,
        settings='<w:themeFontLang w:eastAsia="zh-CN"/>',
        footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
        theme=f'<a:theme {NAMESPACES}><a:minorFont><a:ea typeface="宋体"/></a:minorFont></a:theme>',
    )
    files["word/chunk.htm"] = "<p>片段"
    return files


PAGE = (
    "<html><head><meta charset=gb2312><style>p.a{font-size:16pt;mso-fareast-font-family:仿宋}</style></head><body>"
    "<p class=a style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>一、</span><![endif]>"
    "概述<o:p></o:p><p>正<b>文<a href='#_ftn1'>[1]</a></b>\n中文<sub>2</sub><br>后<ul><li>甲<ol><li>乙</ol></ul>"
    "<table><caption>题</caption><tr><th colspan=2>头<tr><td rowspan=2>体<table><tr><td>内</table><td>右<tr><td>下</table>"
    "<div id=ftn1 style='mso-element:footnote'>注</div>"
)


@cache
def seed_file(kind):
    """What is damaged: for ``xml`` the parts by name, otherwise bytes."""
    if kind == "xml":
        return everything()
    if kind == "docx":
        return zipped(everything())
    if kind == "html":
        return PAGE.encode("gb18030")
    if kind == "text":
        return ("一、概述\r\n本学年发布信息1286条。\n" * 3).encode()
    # Not of everything: LibreOffice itself falls over writing that as .doc.
    body = p("标题", r("粗", "<w:b/>")) + item("甲", 1) + p("注", r(inner='<w:footnoteReference w:id="1"/>'))
    body += table(tr(tc("A", '<w:gridSpan w:val="2"/>')), tr(tc("C"), tc("D")))
    files = parts(
        body,
        numbering=abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0),
        footnotes=f'<w:footnote w:id="1">{p("注")}</w:footnote>',
    )
    with tempfile.TemporaryDirectory() as folder:
        return converted(zipped(files), kind, Path(folder))


def broken(kind, seed):
    """The file of ``kind`` as damaged by ``seed``."""
    chance = random.Random(f"{kind} {seed}")
    given = seed_file(kind)
    if kind == "xml":
        return _damaged_parts(given, chance)
    return _damaged_bytes(given, chance, TOKENS if kind in ("html", "text") else ())


def _damaged_bytes(content, chance, tokens=()):
    content = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((1, 1, 2, 8, 64))
        damage = chance.randrange(6)
        if damage == 0 and at < len(content):
            content[at] ^= 1 << chance.randrange(8)
        elif damage == 1:
            content[at : at + length] = chance.randbytes(length)
        elif damage == 2:
            del content[at : at + length]
        elif damage == 3:
            content[at:at] = content[at : at + length] * chance.choice((1, 2, 50))
        elif damage == 4 and tokens:
            content[at:at] = chance.choice(tokens) * chance.choice((1, 1, 3, 300))
        elif damage == 5 and chance.random() < 0.1:
            del content[at:]
    return bytes(content)


def _damaged_parts(files, chance):
    files = dict(files)
    for _ in range(chance.choice((1, 1, 2, 5))):
        name = chance.choice(list(files))
        content = files[name] if isinstance(files[name], bytes) else files[name].encode()
        if chance.random() < 0.15 or not content.startswith(b"<"):
            files[name] = _damaged_bytes(content, chance)
        elif chance.random() < 0.03:
            del files[name]
        else:
            files[name] = _damaged_tree(content, chance)
    try:
        return zipped(files, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    except ValueError:
        return b""


def _damaged_tree(content, chance):
    """Elements moved, doubled, nested in each other, renamed; attributes changed."""
    try:
        root = etree.parse(io.BytesIO(content)).getroot()
    except etree.XMLSyntaxError:
        return content
    for _ in range(chance.choice((1, 2, 4, 12))):
        elements = list(root.iter(etree.Element))
        one, other = chance.choice(elements), chance.choice(elements)
        damage = chance.randrange(7)
        if damage == 0 and one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice([value for value in VALUES if value != "\ufffe"]))
        elif damage == 1 and one is not root:
            one.getparent().remove(one)
        elif damage == 2:
            other.append(etree.fromstring(etree.tostring(one)))
        elif damage == 3 and one is not root and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif damage == 4:
            one.tag = other.tag
        elif damage == 5 and one is not root:
            for _ in range(chance.choice((1, 5, 40))):
                one.addnext(etree.fromstring(etree.tostring(one)))
        elif damage == 6 and one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
    return etree.tostring(root)


def outcome(content, *, isolated=False):
    """What reading comes to: "read" or "refused". Whatever else happens is raised."""
    try:
        if isolated:
            isolation.take_apart(content, "坏.docx")
            return "read"
        source = read_blocks(content)
    except Unreadable as error:
        sentence = str(error)
        if not sentence or not sentence.endswith("。") or "\n" in sentence:
            raise AssertionError(f"no sentence: {sentence!r}") from error
        return "refused"
    if Source.model_validate_json(source.model_dump_json()) != source:
        raise AssertionError("what was read does not survive its own JSON")
    return "read"


def run(kind, count, first=0, *, isolated=False):
    """Try seeds ``first`` to ``first + count``. Returns how many ended how, and what broke, by seed."""
    seed_file(kind)
    ended = {"read": 0, "refused": 0}
    faults = {}
    for seed in range(first, first + count):
        begun = time.perf_counter()
        try:
            ended[outcome(broken(kind, seed), isolated=isolated)] += 1
        except Exception:  # whatever it is, it is what is looked for
            faults[seed] = traceback.format_exc()
        if time.perf_counter() - begun > SLOWEST:
            faults.setdefault(seed, f"{time.perf_counter() - begun:.1f} s")
    return ended, faults


def main():
    """Try what the command line says, print what came of it; the status is 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="+", default=FAST, choices=FAST + SLOW)
    parser.add_argument("--isolated", type=int, default=0, help="how many of each kind go through the process too")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    has_faults = False
    for kind in given.kinds:
        begun = time.perf_counter()
        ended, faults = run(kind, given.count, given.seed)
        _, more = run(kind, given.isolated, given.seed, isolated=True)
        print(f"{kind}: {given.count} files in {time.perf_counter() - begun:.0f} s, {ended}")  # noqa: T201
        for seed, fault in (faults | more).items():
            has_faults = True
            print(f"--- {kind} {seed}\n{fault}")  # noqa: T201
    sys.exit(has_faults)


if __name__ == "__main__":
    main()

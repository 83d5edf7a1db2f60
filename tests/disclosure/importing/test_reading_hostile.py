"""Broken and hostile files: each gives one clear sentence, or is read, in bounded time and memory."""

import pickle
import re
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from disclosure.importing.reading import LARGEST_FILE, Unreadable, read_blocks
from disclosure.importing.reading.office import MISSING

from . import hostile
from .making import docx, p, parts, root, zipped
from .test_reading_office import needs_office, open_document

SECONDS = 10
MEMORY = 300 * 1024 * 1024

TOO_MUCH = "文件的内容过多，远远超出一份年度报告，请确认上传的是不是年度报告。"
BROKEN = "文件已损坏或者没有传完整，请用 Word 打开，确认无误后另存为 .docx，再重新上传。"
TOO_SLOW = "文件过于复杂，10 秒内没有读完，请稍后再试，或用 Word 打开，另存为 .docx 后再上传。"
ENCRYPTED = "文件设了打开密码，请在 Word 里取消密码后再上传。"
DECLARED = "文件里有 Word 不会写出的内容（DTD），不能读取，请用 Word 另存为 .docx 后再上传。"


def refused(content):
    with pytest.raises(Unreadable) as caught:
        read_blocks(content)
    return str(caught.value)


# What a process with the limits of an import makes of bytes, how much memory it took at its highest, and how much of the
# processor's time. The clock on the wall tells on a busy machine how busy it is, and ru_maxrss how large the process was
# that started this one.
_BOUND = """
import pickle, resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (%d, %d))
resource.setrlimit(resource.RLIMIT_CPU, (%d, %d))
from disclosure.importing.reading import Unreadable, read_blocks
try:
    result = len(read_blocks(sys.stdin.buffer.read()).blocks)
except Unreadable as error:
    result = str(error)
usage = resource.getrusage(resource.RUSAGE_SELF)
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
memory = int(status["VmHWM"].split()[0]) * 1024
sys.stdout.buffer.write(pickle.dumps((result, memory, usage.ru_utime + usage.ru_stime)))
"""


def in_bounds(content):
    """What ``content`` is read as (a number of blocks, or a sentence), within the limits of an import."""
    done = subprocess.run(
        [sys.executable, "-c", _BOUND % (MEMORY, MEMORY, SECONDS, SECONDS)],
        input=content,
        capture_output=True,
        cwd=Path(__file__).resolve().parents[3],
        check=False,
        timeout=12 * SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode()[-1000:]
    result, memory, seconds = pickle.loads(done.stdout)
    assert seconds < SECONDS / 2  # so that on a machine half as fast it is within ten
    assert memory < MEMORY
    return result


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的，请确认上传的是不是年度报告。"),
        (b" \r\n\x00", "文件是空的，请确认上传的是不是年度报告。"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "这是一个 PDF 文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"\xef\xbb\xbf\n%PDF-1.4 x", "这是一个 PDF 文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "这是一张图片，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"\x89PNG\r\n\x1a\n", "这是一张图片，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", "这是一张图片，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"Rar!\x1a\x07\x00", "这是一个压缩包，请解压后上传其中的 Word 文件。"),
        (b"7z\xbc\xaf\x27\x1c", "这是一个压缩包，请解压后上传其中的 Word 文件。"),
        (b"MZ\x90\x00\x03", "这是一个程序文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"\x7fELF\x02", "这是一个程序文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (b"\x00\x00\x00\x18ftypmp42", "这是一个音频或视频文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (bytes(range(256)) * 20, "认不出这是什么文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (hostile.spreadsheet(), "这是一个 Excel 表格，请上传 Word 原文件（.docx 或 .doc）。"),
        (hostile.slides(), "这是一个演示文稿，请上传 Word 原文件（.docx 或 .doc）。"),
        (hostile.compound("Workbook"), "这是一个 Excel 表格，请上传 Word 原文件（.docx 或 .doc）。"),
        (hostile.compound("PowerPoint Document"), "这是一个演示文稿，请上传 Word 原文件（.docx 或 .doc）。"),
        (
            b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>',
            "这是一个 XML 文件，请用 Word 打开，另存为 .docx 后再上传。",
        ),
        (zipped({"OFD.xml": "<x/>"}), "这是一个 OFD 版式文件，请上传 Word 原文件（.docx 或 .doc）。"),
        (zipped({"报告.docx": b"x"}), "这是一个压缩包，请解压后上传其中的 Word 文件。"),
        (hostile.encrypted_docx(), ENCRYPTED),
        (hostile.encrypted_doc(), ENCRYPTED),
        (hostile.external_entity(), DECLARED),
        (hostile.laughs(), DECLARED),
        (hostile.entity_in_utf_16(), DECLARED),
        (hostile.truncated(docx(p("字"))), BROKEN),
        (hostile.wrong_checksum(), BROKEN),
        (zipped(parts(p("字")) | {"word/document.xml": "<w:document"}), BROKEN),
        (zipped(parts(p("字")) | {"word/document.xml": b"<w/>"}), BROKEN),
        (zipped(parts(p("字")) | {"word/document.xml": b""}), BROKEN),
        (zipped({"[Content_Types].xml": "<Types/>"}), BROKEN),
        (zipped(parts(p("字")), zipfile.ZIP_LZMA), BROKEN),
        (b"PK\x03\x04" + bytes(100), BROKEN),
        (b"PK\x05\x06" + bytes(18), "文件里没有文字，请确认上传的是不是年度报告。"),
    ],
)
def test_what_is_no_word_file_is_told_by_its_content(content, sentence):
    assert refused(content) == sentence


def test_what_nobody_knows_is_called_by_its_name():
    with pytest.raises(Unreadable, match=r"^认不出“报告.wps”是什么文件，请上传 Word 原文件（.docx 或 .doc）。$"):
        read_blocks(bytes(range(256)) * 20, "报告.wps")


def test_a_file_too_large_names_the_limit():
    assert refused(bytes(50 * hostile.MEGABYTE)) == "文件超过 20 MB，请删去文件中的图片，另存后再上传。"
    assert LARGEST_FILE == 20 * hostile.MEGABYTE


def test_a_large_file_on_disk_is_not_even_opened(tmp_path):
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(50 * hostile.MEGABYTE)
    with pytest.raises(Unreadable, match="超过 20 MB"):
        read_blocks(path)


def test_a_document_that_is_a_section_end_itself_is_read():
    files = parts(p("字")) | {"word/document.xml": root("sectPr", f"<w:body>{p('字')}</w:body>")}
    assert [block.text for block in read_blocks(zipped(files)).blocks] == ["字"]


def test_a_password_on_the_zip_is_a_password():
    content = bytearray(docx(p("字")))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    assert refused(bytes(content)) == ENCRYPTED


@pytest.mark.parametrize(
    ("build", "result"),
    [
        (hostile.bomb, TOO_MUCH),
        (hostile.lying_bomb, BROKEN),
        (hostile.many_entries, TOO_MUCH),
        (hostile.quoted_bomb, 1),
        (hostile.nested_zip, "这是一个压缩包，请解压后上传其中的 Word 文件。"),
        (hostile.deep_tables, 1),
        (hostile.deep_elements, BROKEN),
        (hostile.empty_paragraphs, TOO_MUCH),
        (hostile.many_paragraphs, TOO_MUCH),
        (hostile.many_cells, TOO_MUCH),
        (hostile.many_attributes, 1),
        (hostile.long_paragraph, TOO_MUCH),
        (hostile.huge_numbers, 25),
        (hostile.cyclic_styles, 3000),
        (hostile.nested_fields, 2001),
        (hostile.nested_boxes, 8),
        (hostile.tracked_merges, 1),
        (hostile.deep_page, 2),
        (hostile.wide_page, TOO_MUCH),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_within_ten_seconds_and_300_megabytes(build, result):
    assert in_bounds(build()) == result


@needs_office
@pytest.mark.parametrize("build", [hostile.deep_rtf, lambda: hostile.compound("WordDocument")], ids=["deep", "hollow"])
def test_libreoffice_too_is_bound(build):
    assert in_bounds(build()) in (BROKEN, TOO_SLOW)


@pytest.fixture
def listener():
    """A server on this machine, and the list of all that anybody sent to it."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(200))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        # Without this, accept() would go on waiting in the closed server's thread.
        server.shutdown(socket.SHUT_RDWR)


def test_nothing_outside_the_file_is_fetched(listener):
    address, heard = listener
    source = read_blocks(hostile.external_references(f"{address}/x"))
    assert [block.text for block in source.blocks] == ["正文", "后"]
    assert read_blocks(f'<p>页<img src="{address}/a.png"><link rel=stylesheet href="{address}/b.css">'.encode()).blocks
    assert heard == []


@needs_office
def test_libreoffice_fetches_nothing_either(listener, tmp_path):
    address, heard = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    rtf = (
        rf"{{\rtf1\ansi{{\*\template {address}/t.dot}}text "
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}/p.png" \\d}}{{\fldrslt old}}}}'
        rf'{{\field{{\*\fldinst INCLUDETEXT "{secret}"}}{{\fldrslt old}}}}\par}}'
    )
    texts = [
        block.text
        for content in (rtf.encode(), open_document(address), open_document(secret.as_uri()))
        for block in read_blocks(content).blocks
    ]
    assert "old" in "".join(texts)
    assert not re.search("机密", "".join(texts))
    assert heard == []


def test_without_libreoffice_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr("disclosure.importing.reading.office._program", lambda: None)
    assert refused(b"{\\rtf1 x}") == MISSING
    assert MISSING == "服务器没有安装 LibreOffice，不能读取这种格式，请用 Word 或 WPS 打开，另存为 .docx 后再上传。"


def test_the_memory_is_really_bound():
    """The measure itself: a process under these limits that wants 400 MB does not get them."""
    code = _BOUND % (MEMORY, MEMORY, SECONDS, SECONDS) + "bytearray(400 * 1024 * 1024)"
    done = subprocess.run([sys.executable, "-c", code], input=b"x", capture_output=True, check=False)
    assert b"MemoryError" in done.stderr

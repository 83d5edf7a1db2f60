"""``manage.py import_word``: the proposal as JSON, one sentence where a file cannot be read, no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from disclosure.importing.classify.regions import province_of
from tests.disclosure.importing.test_proposing import WORD, files, truth_of

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments) -> subprocess.CompletedProcess:
    """The command in a process of its own, with a database that cannot be reached."""
    environment = os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "manage.py", "import_word", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
    )


def test_a_word_file_is_printed_in_the_interchange_form_without_a_database(tmp_path):
    document = docx.Document()
    for text in (
        "湖南青川学院2022-2023学年信息公开工作报告",
        "一、概述",
        "公布<高等学校信息公开事项清单>的通知。",
        "二、主动公开情况",
        "通过学校官网发布信息401条。",
    ):
        document.add_paragraph(text)
    document.save(tmp_path / "报告.docx")

    done = run(tmp_path / "报告.docx")

    assert (done.returncode, done.stderr) == (0, b"")
    told = json.loads(done.stdout.decode("utf-8"))
    assert told["schema"] == "disclosure-report/1"
    assert told["province"] == {"code": "43", "name": "湖南省", "office": "湖南省教育厅办公室"}
    assert told["sections"]["overview"]["body"] == "<p>公布&lt;高等学校信息公开事项清单&gt;的通知。</p>"
    assert told["sections"]["proactive"]["figures"]["channels"][0]["count"] == 401
    assert "报告" in done.stdout.decode("utf-8")  # not escaped


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.docx"), (b"%PDF-1.7\n", "report.docx"), (b"PK\x03\x04 broken", "report.docx")],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_a_status(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)

    done = run(tmp_path / name)

    assert done.returncode == 1
    assert done.stdout == b""
    sentence = done.stderr.decode("utf-8").strip()
    assert sentence.endswith("。")
    assert "\n" not in sentence


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    assert run(tmp_path / "none.docx").stderr.decode("utf-8").strip() == "文件不存在。"
    assert "文件夹" in run(tmp_path).stderr.decode("utf-8")


@files(WORD)
def test_the_real_files_reproduce_their_truths(path):
    told, truth = json.loads(run(path).stdout.decode("utf-8")), truth_of(path)

    for name in ("schema", "year", "label", "period", "title", "addressee", "preamble", "contacts", "signature"):
        assert told[name] == truth[name]
    assert told["school"]["name"] == truth["school"]["name"]
    assert told["province"] == truth["province"] == province_of(told["school"]["name"], "").head()
    for key, section in truth["sections"].items():
        assert (told["sections"][key]["heading"], told["sections"][key]["body"]) == (
            section["heading"],
            section["body"],
        )
        # Figures: all the truth's, each with at least what the truth knows of it.
        assert_figures_hold(told["sections"][key]["figures"], section["figures"])


def assert_figures_hold(found: dict, truth: dict):
    """Every figure of the truth is proposed, and no other; a channel may be told with its kind as well."""
    assert set(found) == set(truth)
    for key, value in truth.items():
        if key != "channels":
            assert found[key] == value
            continue
        # The truth has the school's own words, which may be longer than those beside the number.
        assert [one["count"] for one in found[key]] == [one["count"] for one in value]
        for one, other in zip(found[key], value, strict=True):
            assert one["name"] in other["name"] or other["name"] in one["name"]

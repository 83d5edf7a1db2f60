"""The corpus: invented reports in text files, read into documents and labels.

One file is one report, written by hand, of a school that does not exist; ``corpus/README.md`` says how it is made up.
"""

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from re import sub

from disclosure.checks import Context
from disclosure.checks.base import Published
from disclosure.drafting.loading import parse
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, SectionKey, Severity
from disclosure.richtext import to_text

CORPUS = Path(__file__).parent / "corpus"
SHOWN, KEPT_BACK = "shown", "kept_back"
# Names that stand in clean reports as partners, hosts and predecessors, and that a portal would know.
ELSEWHERE = frozenset(
    ["湖南大学", "中南大学", "武汉大学", "华中师范大学", "安徽师范大学", "合肥工业大学", "厦门大学", "国家开放大学"]
)


@dataclass(frozen=True)
class Label:
    """A fault somebody put into a report, and what a reviewer would say of it.

    ``words`` are quoted from ``field``, which is ``body``, a field of the head, ``contacts`` or ``figures`` (then the
    words are a number of the form); "" where the fault is that something is not there.
    """

    kind: str
    section: SectionKey
    field: str
    words: str
    severity: Severity
    says: str


@dataclass(frozen=True)
class Case:
    """A report with what it is compared with; clean ones have no labels."""

    name: str
    document: Document
    context: Context
    labels: tuple[Label, ...]


@cache
def cases(part: str, kind: str) -> tuple[Case, ...]:
    """The reports of ``part`` (``SHOWN``, ``KEPT_BACK``) that are of ``kind`` (``clean``, ``faulty``), by name."""
    return tuple(_case(path) for path in sorted((CORPUS / part / kind).glob("*.txt")))


def _case(path: Path) -> Case:
    head, document = _read(path)
    previous = path.parent.parent / "previous" / f"{head['previous']}.txt" if "previous" in head else None
    days = [day for day in (document.signature.date, document.period.end) if day]
    context = Context(
        today=max(days) + timedelta(days=3),
        previous=_read(previous)[1] if previous else None,
        published=_compared(path, head),
        schools=_every_school() | frozenset(head.get("schools", ())) | ELSEWHERE,
    )
    labels = tuple(_label(line) for line in head.get("faults", "").strip().splitlines())
    return Case(f"{path.parent.parent.name}/{path.stem}", document, context, labels)


@cache
def right_sentences(part: str) -> tuple[Case, ...]:
    """Right sentences of ``right.txt`` that look like faults, each in a report of its own that has nothing else in it.

    The first case is that report without any of them: what is found in it is not due to a sentence.
    """
    rows = [("overview", "", ""), *_rows(part, "right")]
    return tuple(_hosting(f"{part}/right {number}", *row) for number, row in enumerate(rows))


@cache
def wrong_sentences(part: str) -> tuple[Case, ...]:
    """Single wrong sentences of ``wrong.txt``, each in such a report, with its label."""
    made = []
    for number, (kind, section, figures, text, words) in enumerate(_rows(part, "wrong")):
        case = _hosting(f"{part}/wrong {number}", section, figures, text)
        label = Label(kind, SectionKey(section), "body", words, Severity.WARNING, text)
        made.append(replace(case, labels=(label,)))
    return tuple(made)


def _rows(part: str, name: str) -> list[tuple[str, ...]]:
    lines = (CORPUS / part / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(piece.strip() for piece in line.split("|")) for line in lines]


@cache
def _host() -> dict:
    """A report that says next to nothing, and has no figures."""
    host = cases(SHOWN, "clean")[0].document.to_json()
    sections = {key: section | {"body": _FILLER[key], "figures": {}} for key, section in host["sections"].items()}
    return host | {"sections": sections}


_FILLER = {
    "overview": "<p>学校重视信息公开，明确责任，完善制度，落实保密审查，工作平稳有序。</p>",
    "proactive": "<p>学校通过多种渠道主动公开信息，内容涵盖招生、财务、人事、教学等方面。</p>",
    "on_request": "<p>学校公布了依申请公开的办理流程，依法处理公开申请和不予公开事项。</p>",
    "evaluation": "<p>学校采取多种方式听取师生和社会公众对信息公开工作的评议。</p>",
    "complaints": "<p>学校设有受理举报的渠道，依法应对行政复议和行政诉讼。</p>",
    "experience": "<p>主要经验是领导重视、制度先行。问题和改进措施在工作例会上逐条研究，责任到人，限期完成。</p>",
    "other": "<p>除下列情况外，无其他需要报告的事项。</p>",
}


def _hosting(name: str, section: str, figures: str, text: str) -> Case:
    host = _host()
    given = tomllib.loads(f"figures = {figures or '{}'}")["figures"]
    body = _FILLER[section] + html([text] if text else [])
    sections = host["sections"] | {section: host["sections"][section] | {"body": body, "figures": given}}
    document, _ = parse(json.dumps(host | {"sections": sections}, ensure_ascii=False).encode())
    context = Context(today=document.signature.date + timedelta(days=3), schools=_every_school() | ELSEWHERE)
    return Case(name, document, context, ())


def _label(line: str) -> Label:
    kind, section, field, words, severity, says = (piece.strip() for piece in line.split("|"))
    weight = {"E": Severity.ERROR, "W": Severity.WARNING}[severity]
    return Label(kind, SectionKey(section), field, "" if words == "-" else words, weight, says)


@cache
def _every_school() -> frozenset[str]:
    """The portal knows all of them, as the names it looks for in the texts of each."""
    return frozenset(_parts(path)[0]["school"] for path in CORPUS.glob("*/*/*.txt"))


def _compared(path: Path, head: dict) -> tuple[Published, ...]:
    """The public reports a report is compared with: what it was copied from, and a few that it was not.

    The portal too hands in only a few that are near.
    """
    others = [other for other in sorted((path.parents[1] / "clean").glob("*.txt")) if other != path]
    first = int(path.stem[:2])
    near = {others[(first + step) % len(others)] for step in range(4)}
    named = {other for other in others if other.stem == head.get("copied_from")}
    return tuple(_published(other) for other in sorted(near | named))


@cache
def _published(path: Path) -> Published:
    document = _read(path)[1]
    return Published(
        school=document.school.name,
        year=document.year,
        address=f"/reports/{document.school.slug}/{document.year}/",
        texts={key: to_text(document.sections[key].body) for key in MANDATED},
    )


def _parts(path: Path) -> tuple[dict, dict[str, tuple[str, list[str]]]]:
    """The head of a file, and by key what stands in it: heading and lines."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n+++\n")
    parts: dict[str, tuple[str, list[str]]] = {}
    for line in rest.splitlines():
        if line.startswith("=== "):
            key, _, heading = line[4:].partition(" ")
            parts[key] = (heading, [])
        elif line:
            parts[key][1].append(line)
    return tomllib.loads(head), parts


def _read(path: Path) -> tuple[dict, Document]:
    head, parts = _parts(path)
    start, end = head["period"].split()
    code, province = head["province"].split()
    report = {
        "schema": "disclosure-report/1",
        "province": {"code": code, "name": province, "office": f"{province}教育厅办公室"},
        "school": {"slug": sub("[^a-z0-9]+", "-", path.stem), "name": head["school"]},
        "year": head["year"],
        "label": head["label"],
        "period": {"start": start, "end": end},
        "title": head["title"],
        "addressee": head.get("addressee", ""),
        "preamble": html(parts["preamble"][1]),
        "sections": {
            key.value: {
                "heading": parts[key][0],
                "body": html(parts[key][1]),
                "figures": head.get("figures", {}).get(key.value, {}),
            }
            for key in MANDATED
        },
        "contacts": [_contact(row) for row in head["contacts"]],
        "signature": {"organisation": head.get("signature", ""), "date": head.get("date")},
    }
    if head.get("confidentiality", True):
        reviewer = report["contacts"][0]["name"] if report["contacts"] else "保密办"
        report["confidentiality_review"] = {"reviewer": reviewer, "date": max(head.get("date", end), end)}
    document, _ = parse(json.dumps(report, ensure_ascii=False).encode())
    return head, document


def _contact(row: str) -> dict[str, str]:
    return dict(zip(("role", "name", "position", "office_phone", "mobile", "email"), row.split("|"), strict=True))


def html(lines: list[str]) -> str:
    """Lines as the vocabulary of the interchange form: ``### `` a heading, ``- `` an item, ``| … |`` a row of a table."""
    pieces = []
    for kind, block in groupby(lines, key=lambda line: line[:2] if line[:2] in ("| ", "- ") else ""):
        block = [escape(line, quote=False) for line in block]
        if kind == "- ":
            pieces.append("<ul>" + "".join(f"<li>{line[2:]}</li>" for line in block) + "</ul>")
        elif kind == "| ":
            rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block]
            header, *others = ("".join(f"<{tag}>{cell}</{tag}>" for cell in row) for tag, row in _cells(rows))
            body = "".join(f"<tr>{row}</tr>" for row in others)
            pieces.append(f"<table><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>")
        else:
            pieces += [f"<h3>{line[4:]}</h3>" if line.startswith("### ") else f"<p>{line}</p>" for line in block]
    return "".join(pieces)


def _cells(rows: list[list[str]]) -> list[tuple[str, list[str]]]:
    return [("th" if number == 0 else "td", row) for number, row in enumerate(rows)]

"""An import beside the draft, into the draft, and out of it again.

A part is written as the draft's own document with what is proposed laid over it, so that nothing goes that nothing is
proposed for. What is too long for its field is kept in words, as the forms keep it, until the author has shortened it;
rows for which a list has no room are left out, and their words stay with the import.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from disclosure.drafting import saving
from disclosure.drafting.imports.confirmation import NOT_OPEN, OUTDATED, adopted
from disclosure.drafting.imports.labels import row_text
from disclosure.importing import assemble as composing
from disclosure.importing.proposal import LISTS
from disclosure.models import Channel, Contact, Head, Import, Report, Rule
from disclosure.models.assembly import assemble, complete, content_of
from disclosure.report import diff
from disclosure.report.document import MAX_ROWS, Document
from disclosure.report.enums import Applicant, ImportState, SectionKey
from disclosure.report.sections import SECTIONS, Section
from disclosure.workflow import permissions
from disclosure.workflow.transitions import Refused
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType

NOTHING_CHOSEN = "没有选择要写入的部分，草稿没有改动。"
NOTHING_TO_RESTORE = "导入写入的各部分后来都修改过，没有可以恢复的。请直接修改各个部分。"


class Way(TextChoices):
    """What becomes of a part that holds something already."""

    REPLACE = "replace", "用文件的内容替换"
    APPEND = "append", "接在现有内容之后"
    KEEP = "keep", "保留现有内容，不写入"


class Undecided(Exception):
    """Parts that hold something, and of which it was not said what is to become; ``keys`` names them."""

    def __init__(self, keys: list[SectionKey]):
        super().__init__(", ".join(keys))
        self.keys = keys


class Overtaken(Exception):
    """Parts that somebody saved after they were compared; ``keys`` names them. Nothing is written."""

    def __init__(self, keys: list[SectionKey]):
        super().__init__(", ".join(keys))
        self.keys = keys


# --- laying over --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TooLong:
    """A text that is longer than its field holds; ``field`` is the form's name for it."""

    field: str
    label: str
    text: str
    limit: int


@dataclass(frozen=True)
class Laid:
    """A draft with one part of an import laid over it: the document, and what did not fit into its field.

    ``written`` are the form's names of the fields that were laid over, with a hyphen at the end those of a list;
    ``left_out`` are the rows, as a line each, for which the list had no room.
    """

    document: Document
    too_long: tuple[TooLong, ...]
    written: frozenset[str]
    left_out: tuple[str, ...] = ()


def lay(draft: Document, partial: dict, key: SectionKey, way: Way) -> Laid | None:
    """``partial`` (see ``assemble.compose``) over one part of ``draft``; None where it proposes nothing for it."""
    over = _Over(copy.deepcopy(draft.to_json()))
    if key is SectionKey.HEAD:
        over.head(partial)
    elif key is SectionKey.CONTACTS:
        over.contacts(partial.get("contacts", ()))
    else:
        over.section(key, partial.get("sections", {}).get(key, {}), way)
    if not over.written:
        return None
    return Laid(Document.model_validate(over.data), tuple(over.too_long), frozenset(over.written), tuple(over.left_out))


class _Over:
    """A document's JSON while a part is laid over it."""

    def __init__(self, data: dict):
        self.data = data
        self.too_long: list[TooLong] = []
        self.written: set[str] = set()
        self.left_out: list[str] = []

    def line(self, target: dict, name: str, text: str, model, column: str, prefix: str = "") -> None:
        """Put a line where it fits, and keep it apart where it is too long for its column."""
        field = model._meta.get_field(column)
        self.written.add(prefix + column)
        if len(text) > field.max_length:
            self.too_long.append(TooLong(prefix + column, field.verbose_name, text, field.max_length))
            text = ""
        target[name] = text

    def head(self, partial: dict) -> None:
        data = self.data
        for name in ("title", "label", "addressee"):
            if partial.get(name):
                self.line(data, name, partial[name], Head, name)
        for edge, day in (partial.get("period") or {}).items():
            if day and edge in ("start", "end"):
                data["period"][edge] = day
                self.written.add(f"period_{edge}")
        if partial.get("preamble"):
            data["preamble"] = partial["preamble"]
            self.written.add("preamble")
        signature = partial.get("signature") or {}
        if signature.get("organisation"):
            self.line(data["signature"], "organisation", signature["organisation"], Head, "signature_organisation")
        if signature.get("date"):
            data["signature"]["date"] = signature["date"]
            self.written.add("signature_date")

    def section(self, key: SectionKey, proposed: dict, way: Way) -> None:
        section = self.data["sections"][key]
        appends = way == Way.APPEND
        if proposed.get("heading") and not (appends and section["heading"]):
            self.line(section, "heading", proposed["heading"], SECTIONS[key].model, "heading")
        if proposed.get("body"):
            section["body"] = (section["body"] if appends else "") + proposed["body"]
            self.written.add("body")
        for name, value in (proposed.get("figures") or {}).items():
            if name in LISTS:
                self.rows(section["figures"], name, list(value), appends)
            elif name == "total_reason":
                self.line(section["figures"], name, value, SECTIONS[key].model, name)
            else:
                section["figures"][name] = _merged(section["figures"].get(name), value)
                self.written.update(_fields_of(name, value))

    def rows(self, figures: dict, name: str, values: list, appends: bool) -> None:
        kept = figures.get(name, []) if appends else []
        figures[name] = list(kept)
        if not appends:
            self.written.add(f"{name}-")
        for value in values:
            if name == "methods":
                figures[name] += [] if value in figures[name] else [value]
                continue
            if len(figures[name]) >= MAX_ROWS:
                self.left_out.append(row_text(name, value))
                continue
            model, prefix = (Channel, "channels") if name == "channels" else (Rule, "rules")
            row = dict(value)
            prefix = f"{prefix}-{len(figures[name])}-"
            for column in ("name", "number", "url"):
                if row.get(column):
                    self.line(row, column, row[column], model, column, prefix)
            self.written.add(prefix)
            figures[name].append(row)
        if name == "methods":
            self.written.add("methods")
            if any(len(method) > 200 for method in figures[name]):
                self.too_long.append(TooLong("methods", "评议方式", "、".join(figures[name]), 200))
                figures[name] = []

    def contacts(self, people) -> None:
        """Each person in the place of the one of the same role; what is not known of them stays."""
        there: dict[tuple[str, int], dict] = {}
        counts: dict[str, int] = {}
        for person in self.data["contacts"]:
            there[_numbered(person["role"], counts)] = person
        counts = {}
        for person in people:
            name = _numbered(person["role"], counts)
            if name not in there and len(self.data["contacts"]) >= MAX_ROWS:
                self.left_out.append(row_text("contacts", person))
                continue
            if name not in there:
                there[name] = {"role": person["role"]}
                self.data["contacts"].append(there[name])
            index = self.data["contacts"].index(there[name])
            for column in ("name", "position", "office_phone", "mobile", "email"):
                if person.get(column):
                    self.line(there[name], column, person[column], Contact, column, f"people-{index}-")


def _numbered(role: str, counts: dict[str, int]) -> tuple[str, int]:
    counts[role] = counts.get(role, 0) + 1
    return role, counts[role]


def _merged(old, new):
    """``new`` over ``old``, key by key where both are objects."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {name: _merged(old.get(name), value) for name, value in new.items()}
    return new


def _fields_of(name: str, value) -> Iterator[str]:
    """The form's names of the fields that a figure of the interchange form fills: ``total-received``."""
    if name == "by_applicant":
        for applicant, counts in value.items():
            for inner, count in counts.items():
                yield from (f"{applicant}-{field}" for field in _plain_fields_of(inner, count))
        return
    for field in _plain_fields_of(name, value):
        yield field
        yield f"{Applicant.TOTAL}-{field}"


def _plain_fields_of(name: str, value) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{name.removesuffix('_by')}_{inner}" for inner in value)
    else:
        yield name


def _content(laid: Laid, key: SectionKey, part, way: Way) -> saving.Content:
    """What the part is to hold; words that were no value stay where nothing is laid over them."""
    values, rows = content_of(laid.document, key)
    lists = tuple(name for name in laid.written if name.endswith("-"))
    kept = {
        name: words
        for name, words in part.unparsed.items()
        if name not in laid.written and not (lists and name.startswith(lists))
    }
    if way == Way.REPLACE:
        values["carried_from"] = None
    return saving.Content(values, rows, kept | {one.field: one.text for one in laid.too_long})


# --- comparing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """One part for which the import proposes something, beside what stands in the draft.

    ``laid`` is the draft with the import in the place of what the part holds, ``appended`` with the import behind it,
    where that may be chosen; ``holds`` says whether there is anything that could be lost. ``why_locked`` is why the part
    is left alone, or None.
    """

    section: Section
    part: object
    draft: Document
    laid: Laid
    appended: Laid | None
    holds: bool
    why_locked: str | None
    way: str
    is_overtaken: bool = False
    is_undecided: bool = False

    @property
    def key(self) -> SectionKey:
        return self.section.key

    @cached_property
    def diff(self) -> diff.PartDiff:
        """What would change. Looked for when a page asks: it takes long where texts are long, and locks are held."""
        return diff.compare_part(self.key, self.draft, self.laid.document)

    @property
    def too_long(self) -> tuple[TooLong, ...]:
        return self.laid.too_long

    @property
    def is_same(self) -> bool:
        return self.laid.document == self.draft and not self.too_long and not self.left_out

    @property
    def left_out(self) -> tuple[str, ...]:
        """The rows that are not written whatever is chosen."""
        return self.laid.left_out

    @property
    def left_out_behind(self) -> tuple[str, ...]:
        """The rows that are not written where the import goes behind what the part holds, if those are more."""
        return self.appended.left_out if self.appended and self.appended.left_out != self.left_out else ()

    most_rows = MAX_ROWS

    @property
    def asks(self) -> bool:
        """Whether the author has to choose."""
        return self.holds and not self.is_same and not self.why_locked

    @property
    def ways(self) -> list[tuple[Way, bool]]:
        """What may become of the part, and whether it is chosen."""
        return [(way, way == self.way) for way in _ways(self.key)]


def _ways(key: SectionKey) -> list[Way]:
    """What may become of a part. Head and contacts are no text to append to."""
    single = key in (SectionKey.HEAD, SectionKey.CONTACTS)
    return [way for way in Way if not (single and way is Way.APPEND)]


def compare(
    one: Import, report: Report, actor: Actor, ways: Mapping[str, str] | None = None, overtaken=(), undecided=()
) -> list[Comparison]:
    """Every part for which the import proposes something, in report order. ``report`` is complete.

    ``ways`` is what was chosen for the parts so far.
    """
    draft, partial = assemble(report), composing.compose(adopted(one))
    ways = ways or {}
    found = []
    for key, section in SECTIONS.items():
        laid = lay(draft, partial, key, Way.REPLACE)
        if laid is None:
            continue
        part, holds = section.of(report), _holds(draft, key, section.of(report))
        found.append(
            Comparison(
                section,
                part,
                draft,
                laid,
                lay(draft, partial, key, Way.APPEND) if holds and Way.APPEND in _ways(key) else None,
                holds,
                permissions.why_not_edit(actor, report, key),
                # What was brought over from last year, and what the portal wrote itself, is there to be replaced.
                ways.get(key, Way.REPLACE if part.carried_from or not part.version else ""),
                key in overtaken,
                key in undecided,
            )
        )
    return found


def _holds(draft: Document, key: SectionKey, part) -> bool:
    """Whether a part holds anything of its own; a heading that the portal wrote is nothing."""
    if part.unparsed:
        return True
    if key is SectionKey.HEAD:
        return True  # title, period and signature are there from the beginning
    if key is SectionKey.CONTACTS:
        return any(not person.is_empty for person in draft.contacts)
    section = draft.sections[key]
    return not section.is_absent or (bool(part.version) and bool(section.heading))


def untouched(comparisons: list[Comparison]) -> list[Section]:
    """The parts for which nothing is proposed; they stay as they are."""
    there = {comparison.key for comparison in comparisons}
    return [section for key, section in SECTIONS.items() if key not in there]


# --- writing ------------------------------------------------------------------------------------------------------------


def apply(
    one: Import, revision: int, ways: Mapping[str, str], versions: Mapping[str, int], actor: Actor
) -> dict[SectionKey, int]:
    """Write an import into the draft, each part in its way; the parts written, with the version each has then.

    ``versions`` are those of the parts as they were compared. Raises ``Refused``, ``Overtaken``, ``Undecided`` or
    ``saving.Locked``; then nothing has changed.
    """
    with transaction.atomic():
        report, locked = _lock(one)
        if reason := permissions.why_not_import(actor, report):
            raise Refused(reason)
        if not locked.is_open:
            raise Refused(NOT_OPEN)
        if locked.revision != revision:
            raise Refused(OUTDATED)
        wanted = [comparison for comparison in compare(locked, report, actor, ways) if not comparison.why_locked]
        if gone := [one.key for one in wanted if versions.get(one.key) != one.part.version]:
            raise Overtaken(gone)
        if open_parts := [one.key for one in wanted if one.asks and one.way not in dict(one.ways)]:
            raise Undecided(open_parts)
        draft, partial = assemble(report), composing.compose(adopted(locked))
        contents, before, left_out = {}, {}, {}
        for comparison in wanted:
            key = comparison.key
            way = Way(comparison.way) if comparison.asks else Way.REPLACE
            if way is Way.KEEP or comparison.is_same:
                continue
            laid = lay(draft, partial, key, way)
            contents[key] = (_content(laid, key, comparison.part, way), comparison.part.version)
            before[key] = {"unparsed": comparison.part.unparsed, "carried_from": comparison.part.carried_from}
            if laid.left_out:
                left_out[key.value] = laid.left_out
        if not contents:
            raise Refused(NOTHING_CHOSEN)
        written = saving.save_parts(report.pk, contents, actor)
        now = timezone.now()
        locked.before = {
            "document": draft.to_json(),
            "parts": {key.value: kept | {"version": written[key]} for key, kept in before.items()},
            "left_out": left_out,
        }
        locked.state, locked.applied_at, locked.applied_by = ImportState.APPLIED, now, actor.user
        locked.save(update_fields=["before", "state", "applied_at", "applied_by"])
        record(EventType.IMPORT_APPLIED, actor, report, text=locked.name, **_told(locked, written))
    return written


def _lock(one: Import) -> tuple[Report, Import]:
    """The report, complete, and the import, both locked; the report first, as everybody does who writes its parts."""
    Report.objects.select_for_update(of=("self",)).get(pk=one.report_id)
    locked = Import.objects.select_for_update(of=("self",)).get(pk=one.pk)
    report = complete(Report.objects.filter(pk=one.report_id)).get()
    locked.report = report
    return report, locked


def _told(one: Import, sections) -> dict:
    return {"import": one.pk, "sha256": one.sha256, "sections": [key.value for key in sections]}


# --- stepping back ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Undoing:
    """What stepping back does to each part that the import wrote: restored, or left since it was changed."""

    restored: tuple[Section, ...]
    left: tuple[Section, ...]


def undoing(one: Import, report: Report, actor: Actor) -> Undoing:
    """What taking ``one`` back would do now. ``report`` is complete."""
    restored, left = [], []
    for key, section in SECTIONS.items():
        if kept := one.before.get("parts", {}).get(key):
            is_as_written = section.of(report).version == kept["version"]
            may = permissions.why_not_edit(actor, report, key) is None
            (restored if is_as_written and may else left).append(section)
    return Undoing(tuple(restored), tuple(left))


def why_not_undo(one: Import, report: Report, actor: Actor) -> str | None:
    """Taking ``one`` back, which must leave something to restore. ``report`` is complete, and that of ``one``."""
    if reason := permissions.why_not_undo(actor, one):
        return reason
    return None if undoing(one, report, actor).restored else NOTHING_TO_RESTORE


def undo(one: Import, actor: Actor) -> Undoing:
    """Put the parts that an import wrote back as they were, except those that were changed since.

    Raises ``Refused``; then nothing has changed.
    """
    with transaction.atomic():
        report, locked = _lock(one)
        if reason := why_not_undo(locked, report, actor):
            raise Refused(reason)
        done = undoing(locked, report, actor)
        document = Document.read(locked.before["document"])
        contents = {}
        for section in done.restored:
            kept = locked.before["parts"][section.key]
            values, rows = content_of(document, section.key)
            values["carried_from"] = kept["carried_from"]
            contents[section.key] = (saving.Content(values, rows, kept["unparsed"]), kept["version"])
        written = saving.save_parts(report.pk, contents, actor)
        _give_back(locked, written)
        locked.state, locked.ended_at, locked.ended_by = ImportState.UNDONE, timezone.now(), actor.user
        locked.save(update_fields=["state", "ended_at", "ended_by"])
        record(EventType.IMPORT_UNDONE, actor, report, text=locked.name, **_told(locked, contents))
    return done


def _give_back(undone: Import, written: Mapping[SectionKey, int]) -> None:
    """Let parts that stand again as an earlier import wrote them count as written by it, so that it can be undone too."""
    # Writing counted each part up by one: this is what stood before.
    overwritten = {key: undone.before["parts"][key]["version"] - 1 for key in written}
    applied = Import.objects.select_for_update().filter(report=undone.report_id, state=ImportState.APPLIED)
    for earlier in applied.exclude(pk=undone.pk):
        parts = earlier.before["parts"]
        again = {key: parts[key] for key in written if key in parts and parts[key]["version"] == overwritten[key]}
        for key, kept in again.items():
            kept["version"] = written[key]
        if again:
            earlier.save(update_fields=["before"])

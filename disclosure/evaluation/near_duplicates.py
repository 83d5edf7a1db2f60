"""Near copies among all public reports: the few reports of other schools that are worth comparing with one.

MinHash and LSH. A sentence, without names, marks and digits, is the set of its pairs of neighbouring letters; its
signature is ``BANDS`` × ``ROWS`` MinHash values, of which each band makes one hash, kept as a row of ``Fingerprint``.
Two sentences that are nearly the same share a band; two that merely speak of the same matter do not. Why sentences, why
these numbers, and how many copies are found: docs/decisions/0061-near-copies.md.

The index is derived from the publications: ``index`` makes the rows of one school right, after a publication, a
correction or a withdrawal; ``rebuild`` those of all.
"""

import hashlib
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Subquery

from disclosure import richtext
from disclosure.checks.base import Published
from disclosure.checks.copying import is_standing
from disclosure.checks.texts import LONGEST_READ, body_of, sentences
from disclosure.models import Fingerprint, Publication
from disclosure.report.document import LATEST_YEAR, Document
from disclosure.report.enums import MANDATED
from disclosure.richtext import personal_data
from schools.models import School

SHINGLE = 2  # letters: what is a word, more often than not
ROWS, BANDS = 5, 6
SEED = 61
SHORTEST = 16  # letters of a sentence that is looked for
STANDING = 12  # schools: what more of them have is a standing formula, not the words of one;
STANDING_SHARE = 0.1  # where there are few schools in the index, so many of them,
LEAST_STANDING = 4  # but not fewer than these
STANDING_BANDS = 2  # of a sentence's, for it to count as one
KEPT = 2 * STANDING  # rows of one hash; more would say nothing
LEAST_FOUND = 20  # letters of sentences found in a report, by their bands, for it to be compared
MOST_COMPARED = 5  # reports
AT_ONCE = 5_000  # values in one query

# What a copy changes first says nothing of whether it is one, and the names of laws stand in everybody's sentences.
_NAMES = re.compile("《[^》]*》|我校|我院|本校|本院|学校|学院")
_NO_LETTERS = re.compile(r"[\W\d_]+")


# --- sentences and their hashes -----------------------------------------------------------------------------------------


def hashes(letters: str) -> list[int]:
    """The hashes of a sentence's bands, one for each; 64 bits with a sign, as databases count."""
    from rensa import RMinHash  # here, so that starting and the pages that do not check need not load it

    minhash = RMinHash(num_perm=ROWS * BANDS, seed=SEED)
    minhash.update([letters[at : at + SHINGLE] for at in range(len(letters) - SHINGLE + 1)])
    values = minhash.digest()
    return [
        int.from_bytes(
            hashlib.blake2b(
                struct.pack(f"<{ROWS + 1}I", band, *values[band * ROWS : (band + 1) * ROWS]), digest_size=8
            ).digest(),
            "little",
            signed=True,
        )
        for band in range(BANDS)
    ]


def telling_sentences(text: str, school: str) -> Iterator[tuple[str, str]]:
    """The sentences of ``text`` that could be a school's own: word for word, and their letters without names."""
    for start, end in sentences(text):
        sentence = text[start:end]
        if is_standing(sentence):
            continue
        bare = _NAMES.sub("", sentence.replace(school, "") if school else sentence)
        letters = _NO_LETTERS.sub("", bare)
        if len(letters) >= SHORTEST:
            yield sentence, letters


# --- growing and shrinking ------------------------------------------------------------------------------------------------


def index(school_id: int) -> int:
    """Make the rows of one school what its current publications say, in a transaction; how many were written.

    Where nothing has changed nothing is written; so it can be broken off and done again.
    """
    with transaction.atomic():
        # Of two publications at once the second waits here, and then reads both.
        School.objects.select_for_update(no_key=True).get(pk=school_id)
        wanted = _wanted(school_id)
        rows = Fingerprint.objects.filter(school=school_id)
        there = {
            key: (publication, since) for key, publication, since in rows.values_list("hash", "publication_id", "since")
        }
        for gone in _batches(there.keys() - wanted.keys()):
            rows.filter(hash__in=gone).delete()
        changed = [key for key, value in wanted.items() if key in there and there[key] != value]
        new = wanted.keys() - there.keys()
        written = [(key, school_id, *wanted[key]) for key in [*changed, *sorted(new - _crowded(new))]]
        _write(written)
    return len(written)


_WRITE = (
    "INSERT INTO disclosure_fingerprint (hash, school_id, publication_id, since) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (hash, school_id) DO UPDATE SET publication_id = excluded.publication_id, since = excluded.since"
)


def _write(rows: list[tuple[int, int, int, int]]) -> None:
    """In SQL: as two thousand instances of the model, which a school of fifteen years has, they take five times as long."""
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, rows)


def rebuild() -> Iterator[tuple[int, int]]:
    """Make the rows of all schools right, school by school; yields how many are done, and of how many."""
    schools = list(School.objects.order_by("pk").values_list("pk", flat=True))
    for done, school in enumerate(schools, 1):
        index(school)
        yield done, len(schools)


def _wanted(school_id: int) -> dict[int, tuple[int, int]]:
    """By hash: the newest current publication of the school that has it, and the year of the first."""
    reports = (
        Publication.objects.current().filter(school=school_id).order_by("year").values_list("pk", "year", "document")
    )
    wanted: dict[int, tuple[int, int]] = {}
    known: dict[str, list[int]] = {}  # what a school repeats for years is hashed once
    for publication, year, data in reports.iterator(chunk_size=20):
        for key in MANDATED:
            for _, letters in telling_sentences(_text(data["sections"], key), data["school"]["name"]):
                if letters not in known:
                    known[letters] = hashes(letters)
                for one in known[letters]:
                    wanted[one] = publication, wanted[one][1] if one in wanted else year
    return wanted


def _text(sections: dict, key: str) -> str:
    body = sections.get(key, {}).get("body", "")
    return richtext.to_text(body) if len(body) <= LONGEST_READ else ""


def _crowded(keys: Iterable[int]) -> set[int]:
    """Those that so many schools have already that one more says nothing."""
    return {
        key
        for batch in _batches(keys)
        for key in Fingerprint.objects.filter(hash__in=batch)
        .values("hash")
        .annotate(schools=Count("school"))
        .filter(schools__gte=KEPT)
        .values_list("hash", flat=True)
    }


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))


# --- looking up -----------------------------------------------------------------------------------------------------------


@dataclass
class _Found:
    """What was found of a report's sentences at another school.

    ``letters`` by publication; ``since``, the first year of any of them; ``had_later``, the sentences that the school
    that is checked had first.
    """

    letters: Counter = field(default_factory=Counter)
    since: int = LATEST_YEAR
    had_later: set[str] = field(default_factory=set)

    @property
    def best(self) -> tuple[float, int]:
        """How many letters stand in the report that has most of them, and which; of equal ones the newest."""
        return max(((letters, publication) for publication, letters in self.letters.items()), default=(0, 0))


def candidates(document: Document, school: School, handed_in: datetime | None = None) -> list[Published]:
    """The public reports of other schools that share most with ``document``, at most ``MOST_COMPARED``, one a school.

    What was not public yet when the report was handed in cannot have been copied by it, and is left out. Two queries;
    a third where a formula may be among the sentences, and one more for each ``AT_ONCE`` hashes of a long text.
    """
    own = {
        sentence: (len(letters), hashes(letters))
        for key in MANDATED
        for sentence, letters in telling_sentences(body_of(document, key).text, document.school.name)
    }
    found, standing = _look_up(own, school)
    ranked = sorted((one for one in found if one.best[0] >= LEAST_FOUND), key=lambda one: one.best, reverse=True)
    compared = {one.best[1]: one for one in ranked[:MOST_COMPARED]}
    first = Publication.objects.filter(school=OuterRef("school"), year=OuterRef("year"), number=1)
    publications = {
        publication.pk: publication
        for publication in Publication.objects.current()
        .filter(pk__in=compared)
        .select_related("school")
        .annotate(public_since=Subquery(first.values("published_at")))
    }
    return [
        _published(publications[key], standing | one.had_later)
        for key, one in compared.items()
        if key in publications and (handed_in is None or _was_public(publications[key], one, handed_in))
    ]


def _was_public(publication: Publication, found: _Found, moment: datetime) -> bool:
    """Whether the public could read the words by then: in this report, or in one of an earlier year."""
    return publication.public_since < moment or found.since < publication.year


def _look_up(own: dict[str, tuple[int, list[int]]], school: School) -> tuple[Iterable[_Found], set[str]]:
    """What is found of the sentences (with their letters and hashes) at each other school, and which are formulas.

    A sentence counts by how many of its bands were found: a copy shares most of them, what is like it by chance one.
    """
    holders = _holders(key for _, keys in own.values() for key in keys)
    most = _most_holders(holders)
    standing: set[str] = set()
    found: dict[int, _Found] = defaultdict(_Found)
    for sentence, (length, keys) in own.items():
        bands = [holders.get(key, ()) for key in keys]
        if sum(len(band) > most for band in bands) >= STANDING_BANDS:
            standing.add(sentence)
            continue
        rows = [row for band in bands if len(band) <= most for row in band]
        first = min((since for holder, _, since in rows if holder == school.pk), default=LATEST_YEAR)
        for holder, publication, since in rows:
            if holder == school.pk:
                continue
            if first < since:
                found[holder].had_later.add(sentence)
            else:
                found[holder].letters[publication] += length / BANDS
                found[holder].since = min(found[holder].since, since)
    return found.values(), standing


def _most_holders(holders: dict[int, list]) -> int:
    """How many schools may have the same words before they are a formula."""
    if max(map(len, holders.values()), default=0) <= LEAST_STANDING:
        return LEAST_STANDING
    # Schools without a sentence in the index say nothing of how usual one is. With so many that have one the answer is
    # STANDING already, so no more are counted: a look-up a school, however many sentences there are.
    most_counted = ceil(STANDING / STANDING_SHARE)
    indexed = School.objects.filter(Exists(Fingerprint.objects.filter(school=OuterRef("pk")))).order_by()
    return max(LEAST_STANDING, min(STANDING, int(STANDING_SHARE * indexed[:most_counted].count())))


def _holders(keys: Iterable[int]) -> dict[int, list[tuple[int, int, int]]]:
    """By hash: the school, the publication and the first year of each that has it."""
    holders = defaultdict(list)
    for batch in _batches(set(keys)):
        rows = Fingerprint.objects.filter(hash__in=batch).values_list("hash", "school_id", "publication_id", "since")
        for key, *row in rows:
            holders[key].append(tuple(row))
    return holders


def _published(publication: Publication, uncounted: set[str]) -> Published:
    """A publication as the rules read it: masked once more, as its page is."""
    sections = publication.document["sections"]
    return Published(
        publication.document["school"]["name"],
        publication.year,
        publication.get_absolute_url(),
        {
            key: richtext.to_text(personal_data.mask_html(sections[key]["body"]))
            for key in MANDATED
            if len(sections.get(key, {}).get("body", "")) <= LONGEST_READ
        },
        frozenset(uncounted),
    )

"""Typing slips that reports are known to have: data, so that operators can add to them without a new release."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Slip:
    """``wrong`` is nearly always a slip for ``right``; ``example`` is it in use, ``unless`` are longer words in which it
    is none (「目的的」 holds 「的的」)."""

    wrong: str
    right: str
    example: str = ""
    unless: tuple[str, ...] = ()


def _read(path: Path) -> tuple[Slip, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Slip(row["wrong"], row["right"], row["example"], tuple(filter(None, row["unless"].split("|"))))
            for row in csv.DictReader(file)
        )


SLIPS = _read(Path(__file__).with_name("slips.csv"))


def find(text: str, slips: Sequence[Slip]) -> Iterator[tuple[int, int, Slip]]:
    """The slips in ``text``, in order: start, end, which."""
    # Few stand in any text: to look for each at once is quicker than to try all of them at every character.
    known = {slip.wrong: slip for slip in slips if slip.wrong in text}
    if not known:
        return
    for match in _pattern(tuple(known)).finditer(text):
        slip = known[match[0]]
        if not any(_covers(text, match.start(), match.end(), longer) for longer in slip.unless):
            yield match.start(), match.end(), slip


@lru_cache(maxsize=64)
def _pattern(wrong: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(words) for words in sorted(wrong, key=len, reverse=True)))


def _covers(text: str, start: int, end: int, longer: str) -> bool:
    """Whether ``longer`` stands in ``text`` around the place."""
    at = text.find(longer, max(0, end - len(longer)), start + len(longer))
    return at >= 0

"""Words of the field typed as others of the same sound: 规张制度 for 规章制度.

Reports are typed by sound, so a slip is mostly a homophone; and no homophone of so fixed a word as 规章制度 is a word. So a
term of ``terms.txt`` is looked for by its sound, and what sounds like it and is written otherwise is a slip. Tones are left
out, and what many do not tell apart: zh and z, ch and c, sh and s, -ng and -n.

``terms.txt`` holds words of four characters and more, and few of three: none that has a homophone in the dictionaries it
was checked against (docs/decisions/0060). ``sounds.txt`` holds one line a syllable: the simplified characters (GB 2312)
that are read so. ``manage.py write_sounds`` makes it from pypinyin, whose dictionary takes too long to load for a check.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_TERMS = Path(__file__).with_name("terms.txt")
_SOUNDS = Path(__file__).with_name("sounds.txt")
_KEY = 3  # characters of the shortest term


def terms() -> tuple[str, ...]:
    """The words that are looked for."""
    lines = _TERMS.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


class _Signs(dict[int, str]):
    """What is in no list sounds like nothing but itself; noted as it is asked, since a miss of ``translate`` is slow."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code)
        return self[code]


@cache
def _heard() -> tuple[dict[int, str], dict[str, list[tuple[str, str]]]]:
    """Each character as the sign of its sound, and the terms, in these signs and as they are written, by their first
    three signs, the longest first."""
    signs = _Signs()
    for number, line in enumerate(_SOUNDS.read_text(encoding="utf-8").splitlines()):
        signs |= dict.fromkeys(map(ord, line.partition(" ")[2]), chr(0xE000 + number))
    by_key: dict[str, list[tuple[str, str]]] = {}
    for term in sorted(terms(), key=len, reverse=True):
        sound = term.translate(signs)
        by_key.setdefault(sound[:_KEY], []).append((sound, term))
    return signs, by_key


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """Where ``text`` sounds like a term and is written otherwise: start, end, the term."""
    if len(text) < _KEY:
        return
    signs, by_key = _heard()
    sound = text.translate(signs)
    keys = by_key.keys() & {sound[at : at + _KEY] for at in range(len(sound) - _KEY + 1)}
    after = 0
    for at in sorted(at for key in keys for at in _places(sound, key)):
        for said, term in by_key[sound[at : at + _KEY]]:
            if at >= after and sound.startswith(said, at) and not text.startswith(term, at):
                after = at + len(term)
                yield at, after, term
                break


def _places(sound: str, key: str) -> Iterator[int]:
    at = sound.find(key)
    while at >= 0:
        yield at
        at = sound.find(key, at + 1)


def syllable(reading: str) -> str:
    """A reading without what is not told apart: zhāng and zāng are ``zan``."""
    return re.sub("(?<=[aei])ng$", "n", re.sub("^([zcs])h", r"\1", reading))


def written(readings: Iterable[tuple[str, str]], words: Iterable[tuple[str, Iterable[str]]]) -> str:
    """What ``sounds.txt`` should hold, from the reading of each character and of each character within each term.

    A character that the terms read in one way keeps to that: 行 of 行政复议 is not 行 of 银行.
    """
    sounds = {character: syllable(reading) for character, reading in readings}
    sounds |= {
        character: syllable(reading)
        for word, read in words
        for character, reading in zip(word, read, strict=True)
        if character in sounds
    }
    needed = {sounds[character] for term in terms() for character in term}
    lines: dict[str, str] = {}
    for character, sound in sorted(sounds.items()):
        if sound in needed:
            lines[sound] = lines.get(sound, "") + character
    return "".join(f"{sound} {lines[sound]}\n" for sound in sorted(lines))

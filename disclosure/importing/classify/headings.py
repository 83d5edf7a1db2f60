"""Where the sections of a report begin: which lines are headings of level one, and of what; which stand below them.

Nothing in a Word file says so reliably. Numbers, styles, faces and words each speak for it, and in each report some of
them are missing or wrong. So the lines that could be headings are sorted by their form (how they are numbered, or how
they look), the form is found whose lines name the most sections, and then the exceptions: a number that slipped, a
heading that holds others, a heading and its text in one paragraph.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal

from disclosure.chinese.enumeration import DEPTH, Form, read
from disclosure.importing.classify.naming import Named, ends_as_name, is_exhortation, name, names_contacts
from disclosure.importing.classify.splitting import Line, Look, at_offset
from disclosure.report.enums import MANDATED, SectionKey

LONGEST_HEADING = 50
_LONGEST_UNNUMBERED = 34
_LONGEST_SUBHEADING = 60
# More lines of one form than this are no headings of level one; it keeps the search for the best chain short.
_MOST_IN_A_CHAIN = 200
_ENDS_AS_TEXT = "。;；,，、!！?？"
_SENTENCE = re.compile(r"[。;；!！?？]")
_TITLE = re.compile(r"公开.{0,20}(?:报告|年报|总结)(?:\([^()]{0,30}\))?$")
# Where a run-in heading ends and its text begins.
_NOTHING = r"(?:无|没有|暂无|未发生|未收到|不存在)"
_RUN_IN = re.compile(rf"[。:：]|\n|[ \u3000\xa0]{{2,}}|\s(?=[^\s]{{10}}|{_NOTHING})")


@dataclass(frozen=True)
class Heading:
    """A heading of level one at ``line``: the sections it names, and whether it only holds others."""

    line: int
    key: SectionKey
    keys: tuple[SectionKey, ...] = ()
    is_certain: bool = True
    is_container: bool = False
    is_own: bool = True  # False: it is none of the seven, and stays as a subheading in the section before it
    reason: str = ""


def names_a_section(text: str) -> bool:
    """Whether ``text`` alone reads as the heading of a section."""
    numbered = read(text)
    if len(numbered.rest) > LONGEST_HEADING or numbered.rest.endswith(tuple(_ENDS_AS_TEXT)):
        return False
    return bool(name(numbered.rest).strong) and (numbered.form is not Form.NONE or len(numbered.rest) <= 30)


# --- what may be a heading --------------------------------------------------------------------------------------------


def body_look(lines: Iterable[Line]) -> Look:
    """The look of most of the text: of what ends as a sentence does, where anything does."""
    lengths: Counter[Look] = Counter()
    for line in lines:
        if line.paragraph and line.paragraph.origin == "body":
            ends = line.plain[-1:] in "。;:!" or len(line.plain) > 2 * LONGEST_HEADING
            lengths[line.look] += len(line.plain) * (1000 if ends else 1)
    return lengths.most_common(1)[0][0] if lengths else Look()


def stands_out(line: Line, body: Look) -> bool:
    """Whether a paragraph looks otherwise than running text, in a way that headings do."""
    look = line.look
    if line.paragraph and line.paragraph.outline:
        return True
    return (
        (look.bold and not body.bold)
        or (bool(look.face) and bool(body.face) and look.face != body.face)
        or (look.size is not None and body.size is not None and look.size > body.size)
        or (look.centred and not body.centred)
    )


def _may_be_heading(line: Line, body: Look) -> bool:
    """Whether a line can be a heading that stands alone."""
    if line.paragraph is None or line.paragraph.origin not in ("body", "textbox"):
        return False
    if line.paragraph.list_kind == "bullet" or len(line.text) > LONGEST_HEADING * 2:
        return False
    rest = line.numbered.rest
    longest = LONGEST_HEADING if line.numbered.form is not Form.NONE else _LONGEST_UNNUMBERED
    if not rest or len(rest) > longest or _SENTENCE.search(rest[:-1]) or len(rest.partition(":")[2]) > 12:
        return False
    if line.numbered.form is Form.NONE and not stands_out(line, body) and not ends_as_name(rest):
        return False
    if rest[-1] == "。" and (stands_out(line, body) or (name(rest).strong and ends_as_name(rest))):
        return True
    return rest[-1] not in _ENDS_AS_TEXT


def _is_apart(line: Line) -> bool:
    """Whether a line heads an annex or the report itself, and no section."""
    rest = line.numbered.rest
    if rest.startswith(("附件", "附表", "附录")) or (names_contacts(rest) and not name(rest).strong):
        return True
    return line.numbered.form is Form.NONE and bool(_TITLE.search(rest)) and not name(rest).strong


# --- level one --------------------------------------------------------------------------------------------------------

_Form = (
    tuple[Literal["number"], Form]
    | tuple[Literal["look"], Look]
    | tuple[Literal["outline"], int]
    | tuple[Literal["bare"]]
)


def _form(line: Line, body: Look) -> _Form:
    if line.numbered.form is not Form.NONE:
        return ("number", line.numbered.form)
    if line.paragraph and line.paragraph.outline:
        return ("outline", line.paragraph.outline)
    return ("look", line.look) if stands_out(line, body) else ("bare",)


def _depth(form: _Form) -> int:
    """Outer forms first. What has no number is as deep as it is often: see ``_level_one``."""
    return DEPTH[form[1]] if form[0] == "number" else len(DEPTH)


def find(lines: Sequence[Line]) -> list[Heading]:
    """The headings of level one in ``lines`` (without tables of contents), in order; [] where there are none."""
    body = body_look(lines)
    candidates = [index for index, line in enumerate(lines) if _may_be_heading(line, body) and not _is_apart(line)]
    by_form: dict[_Form, list[int]] = defaultdict(list)
    for index in candidates:
        by_form[_form(lines[index], body)].append(index)
    named = {index: name(lines[index].numbered.rest) for index in candidates}
    form = _level_one(by_form, named)
    if form is None:
        return []
    chosen = _members(lines, by_form[form], named, form)
    chosen = sorted({*chosen, *_exceptions(lines, candidates, named, chosen, form, body)})
    return _resolve(lines, chosen, named, body)


def _level_one(by_form: dict[_Form, list[int]], named: dict[int, Named]) -> _Form | None:
    """The form of the headings of level one: the outermost that names two sections, unless what has no number names
    more. None where nothing names any.
    """
    # A bare line has nothing but its words: it must name its section outright to count.
    names = {form: len({named[index].key for index in members} - {None}) for form, members in by_form.items()}
    numbered = sorted((form for form in by_form if form[0] == "number"), key=_depth)
    unnumbered = [form for form in by_form if form[0] != "number"]
    best_unnumbered = max(unnumbered, key=lambda form: (names[form], form[0] != "bare"), default=None)
    best_numbered = max(numbered, key=lambda form: names[form], default=None)
    most = names[best_numbered] if best_numbered else 0
    if best_unnumbered and names[best_unnumbered] > max(most, 1):
        return best_unnumbered
    for form in numbered:
        if names[form] >= 2 or (names[form] == most >= 1):
            return form
        weakly = {key for index in by_form[form] for key in named[index].weak[:1]}
        if names[form] == 1 and weakly and _depth(form) <= DEPTH[Form.HAN]:
            return form
    if best_unnumbered and names[best_unnumbered]:
        return best_unnumbered
    # Headings that only exhort (「二、加强主动公开，保障知情权」) name nothing outright.
    for form in numbered:
        if form[1] in (Form.PART, Form.ROMAN, Form.HAN) and sum(1 for at in by_form[form] if named[at].weak) >= 2:
            return form
    return None


def _members(lines: Sequence[Line], members: list[int], named: dict[int, Named], form: _Form) -> list[int]:
    """Of the lines of one form those that make the best chain of headings: named, and numbered one after the other.

    Lists inside a section often begin again at 「一、」.
    """
    if form[0] == "bare" or (form[0] != "number" and len(members) > _MOST_IN_A_CHAIN):
        return _once([index for index in members if named[index].strong], named)
    if form[0] != "number":
        return _without_subheadings([at for at in members if named[at].strong or named[at].weak], named)
    if len(members) > _MOST_IN_A_CHAIN:
        members = [index for index in members if named[index].strong][:_MOST_IN_A_CHAIN]
    best: list[tuple[float, int | None]] = []
    for at, index in enumerate(members):
        numbered = lines[index].numbered
        worth = 3.0 if named[index].strong else 1.2 if named[index].weak else 0.5
        score = worth + (1.0 if numbered.value == 1 else -0.5)
        before: int | None = None
        for earlier in range(at):
            step = numbered.value - lines[members[earlier]].numbered.value
            gain = best[earlier][0] + worth + (1.0 if step == 1 else -0.3 if step > 1 else -2.0)
            if gain > score:
                score, before = gain, earlier
        best.append((score, before))
    link = max(range(len(best)), key=lambda place: best[place][0], default=None)
    chain = []
    while link is not None:
        chain.append(members[link])
        link = best[link][1]
    return chain[::-1]


def _without_subheadings(members: list[int], named: dict[int, Named]) -> list[int]:
    """Of headings without numbers those of level one: 「主要经验」 below 「问题与改进措施」 looks the same and is none."""
    kept, seen = [], set()
    for index in members:
        key = named[index].key or named[index].weak[0]
        if key not in seen:
            seen.add(key)
            kept.append(index)
    return kept


def _once(indexes: list[int], named: dict[int, Named]) -> list[int]:
    """Of bare lines that name a section the first each: the next may be a line of a list."""
    seen, kept = set(), []
    for index in indexes:
        if named[index].key not in seen:
            seen.add(named[index].key)
            kept.append(index)
    return kept


def _exceptions(
    lines: Sequence[Line],
    candidates: Sequence[int],
    named: Mapping[int, Named],
    chosen: Sequence[int],
    form: _Form,
    body: Look,
) -> list[int]:
    """Headings of level one in another form: a number that slipped (「5、」 after 「四、」), or that was forgotten."""
    taken = {named[index].key for index in chosen}
    looks = Counter(lines[index].look for index in chosen)
    common = looks.most_common(1)[0][0] if looks else None
    found = []
    for index in candidates:
        key = named[index].key
        if key is None or key in taken:
            continue
        line = lines[index]
        numbered = line.numbered
        same_look = line.look == common and stands_out(line, body)
        at = bisect(chosen, index)
        next_number = numbered.value == (lines[chosen[at - 1]].numbered.value + 1 if at else 1)
        own_outline = line.paragraph is not None and line.paragraph.outline == 1
        is_inner = numbered.form is not Form.NONE and form[0] == "number" and DEPTH[numbered.form] > DEPTH[form[1]]
        paren = numbered.form in (Form.PAREN_HAN, Form.PAREN_ARABIC, Form.DECIMAL, Form.CIRCLED)
        if (is_inner and paren) or (form[0] != "number" and numbered.form is not Form.NONE and not own_outline):
            continue
        unnumbered = numbered.form is Form.NONE
        if (
            own_outline
            or (same_look and (unnumbered or next_number))
            or (is_inner and next_number and at < len(chosen) > 2 and not _goes_on(lines, chosen[at - 1], index))
            or (unnumbered and form[0] == "number" and chosen and index > chosen[0] and _reads_as_name(line))
        ):
            found.append(index)
            taken.add(key)
    return found


def _goes_on(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether a number goes on from one before it in the same section: 「3.」 after 「2.」 did not slip."""
    numbered = lines[index].numbered
    return any(
        line.numbered.form is numbered.form and line.numbered.value == numbered.value - 1
        for line in lines[start + 1 : index]
    )


def _reads_as_name(line: Line) -> bool:
    """Whether a line without number and look is a section's name to the letter, such as 「主动公开情况」."""
    return len(line.plain) <= 24 and line.plain.endswith(("情况", "概述", "措施", "事项", "问题", "经验"))


# --- which section each begins ----------------------------------------------------------------------------------------


def _resolve(lines: Sequence[Line], chosen: Sequence[int], named: Mapping[int, Named], body: Look) -> list[Heading]:
    strong = {key for index in chosen for key in named[index].strong[:1]}
    headings: list[Heading] = []
    for order, index in enumerate(chosen):
        end = chosen[order + 1] if order + 1 < len(chosen) else len(lines)
        inner = _inner(lines, index, end, named, strong, body)
        found = named[index]
        if inner:
            headings.append(
                Heading(
                    index,
                    found.key or inner[0].key,
                    found.strong,
                    is_container=not (found.key and _has_text(lines, index + 1, inner[0].line)),
                    reason="这一标题下面分列了几个部分，标题本身不导入。",
                )
            )
            headings += inner
        elif found.strong:
            headings.append(Heading(index, found.strong[0], found.strong, reason=_why(found)))
        else:
            headings.append(
                _by_context(lines[index].numbered.rest, index, order, found, strong, headings, named, chosen)
            )
    return headings


def _why(found: Named) -> str:
    if len(found.strong) > 1:
        merged = "、".join(f"「{key.label}」" for key in found.strong[1:])
        return f"标题合并了几个部分，按第一个归入；{merged}没有单独的标题。"
    return ""


def _by_context(
    words: str,
    index: int,
    order: int,
    found: Named,
    strong: AbstractSet[SectionKey],
    headings: Sequence[Heading],
    named: Mapping[int, Named],
    chosen: Sequence[int],
) -> Heading:
    """A heading whose words do not tell: what may it be, that no other heading is, where it stands?"""
    free = [key for key in found.weak if key not in strong and key not in {one.key for one in headings}]
    before = headings[-1].key if headings else None
    later = [key for other in chosen[order + 1 :] if (key := named[other].key)]
    if before is None and (SectionKey.OVERVIEW in free or SectionKey.OVERVIEW not in strong):
        return Heading(index, SectionKey.OVERVIEW, is_certain=False, reason="位于各部分之首，按概述归入。")
    for key in free:
        place = MANDATED.index(key)
        fits_before = before is None or MANDATED.index(before) <= place
        fits_later = not later or place <= max(MANDATED.index(other) for other in later)
        if fits_before and fits_later:
            return Heading(index, key, is_certain=False, reason="按标题中的字词和所在位置归入。")
    if before is None:
        return Heading(index, SectionKey.OVERVIEW, is_certain=False, reason="位于各部分之首，按概述归入。")
    proactive = SectionKey.PROACTIVE
    is_missing = proactive not in strong and proactive not in {one.key for one in headings}
    if is_missing and before is SectionKey.OVERVIEW and "公开" in words and later[:1] != [proactive]:
        return Heading(index, proactive, is_certain=False, reason="没有主动公开情况的标题，按所在位置归入。")
    if found.weak[:1] == (before,) and before is SectionKey.EXPERIENCE:
        return Heading(index, before, is_certain=False, reason="按标题中的字词和所在位置归入。")
    return Heading(
        index, before, is_certain=False, is_own=False, reason="标题不属于规定的七个部分，暂放在前一部分之后。"
    )


def _has_text(lines: Sequence[Line], start: int, end: int) -> bool:
    return any(line.text for line in lines[start:end])


def _inner(
    lines: Sequence[Line],
    index: int,
    end: int,
    named: Mapping[int, Named],
    strong: AbstractSet[SectionKey],
    body: Look,
) -> list[Heading]:
    """The headings of sections that stand one level below the heading at ``index``; [] where it holds none.

    「二、学院信息公开情况」 may hold five of the seven as （一） to （五）. Subheadings that only use a section's words
    hold none: there must be two of them that no other heading of level one names, or that the heading itself names.
    """
    own = set(named[index].strong)
    forms: dict[_Form, list[int]] = defaultdict(list)
    for at in range(index + 1, end):
        if at in named and named[at].strong:
            forms[_form(lines[at], body)].append(at)
    for form, members in sorted(forms.items(), key=lambda item: _depth(item[0])):
        if form == ("bare",):
            continue
        keys = {named[at].strong[0] for at in members}
        foreign = keys - strong
        if len(keys & own) >= 2 or (len(foreign) >= 2 and len(keys) >= 2):
            return [Heading(at, named[at].strong[0], named[at].strong, reason=_why(named[at])) for at in members]
        if len(own) == 1 and len(foreign) == 1 and not own & foreign:
            # One section among the subheadings of another: only it goes elsewhere.
            (at, *_) = (at for at in members if named[at].key in foreign)
            if _is_plain_name(lines[at]):
                return [Heading(at, named[at].strong[0], named[at].strong, False, reason="由下一级标题分出的部分。")]
    return []


def _is_plain_name(line: Line) -> bool:
    return not is_exhortation(line.numbered.rest) and line.plain.endswith(("情况", "问题", "措施", "事项"))


# --- run-in headings --------------------------------------------------------------------------------------------------


def split_run_in(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with paragraphs cut in two that begin with the heading of a section and go on with its text.

    「一、概述。我校……」; the number must be one that headings of level one have, or the heading be set in bold.
    """
    outer = _forms_of_headings(lines)
    below = _run_in_below(lines, outer)
    out: list[Line] = []
    for line in lines:
        offset = _run_in_offset(line, outer, below)
        if offset is None:
            out.append(line)
            continue
        head, text = at_offset(line.html, offset)
        out += [
            replace(line, html=head, is_cut=True),
            replace(line, html=text.lstrip("　 "), is_cut=True, look=Look()),
        ]
    return out


def _run_in_below(lines: Sequence[Line], outer: set[Form]) -> set[SectionKey]:
    """The sections that only run-in headings below the others name, two of them at least: 「（二）评议情况。……」."""
    if not outer:
        return set()
    alone = {name(line.numbered.rest).key for line in lines if line.paragraph and len(line.plain) <= LONGEST_HEADING}
    found: set[SectionKey] = set()
    for line in lines:
        if line.paragraph and line.numbered.form in (Form.PAREN_HAN, Form.PAREN_ARABIC, Form.ARABIC):
            head, stop, text = _first_words(line.numbered.rest)
            key = name(head).key
            if key and stop and text and ends_as_name(head) and not is_exhortation(head):
                found.add(key)
    found -= alone
    return found if len(found) >= 2 else set()


def _first_words(rest: str) -> tuple[str, str, str]:
    match = re.search("[。:]", rest[:LONGEST_HEADING])
    return (rest[: match.start()], match[0], rest[match.end() :]) if match else (rest, "", "")


def _forms_of_headings(lines: Sequence[Line]) -> set[Form]:
    """The forms in which headings that stand alone name at least two sections."""
    body = body_look(lines)
    keys: dict[Form, set[SectionKey]] = defaultdict(set)
    for line in lines:
        if line.paragraph and len(line.text) <= 2 * LONGEST_HEADING and _may_be_heading(line, body):
            found = name(line.numbered.rest)
            if found.key and (line.numbered.form is not Form.NONE or stands_out(line, body) or _reads_as_name(line)):
                keys[line.numbered.form].add(found.key)
    return {form for form, named in keys.items() if len(named) >= 2}


_OUTER_FORMS = (Form.PART, Form.ROMAN, Form.HAN, Form.PAREN_HAN, Form.ARABIC)


def _run_in_offset(line: Line, outer: set[Form], below: set[SectionKey]) -> int | None:
    """How many characters of a paragraph are a run-in heading of level one; None where it has none."""
    if line.paragraph is None or line.paragraph.origin not in ("body", "textbox"):
        return None
    text, form = line.text, line.numbered.form
    if form is Form.NONE:
        return None
    # Below headings that stand alone it is a subheading's: 「一、公开内容。……」 under 「第二部分」.
    is_inner = Form.NONE in outer or any(DEPTH[other] < DEPTH[form] for other in outer)
    if (is_inner and not below) or (not is_inner and form not in _OUTER_FORMS):
        return None
    for match in _RUN_IN.finditer(text, 1, LONGEST_HEADING):
        head = read(text[: match.start()])
        if not head.rest:
            continue
        found = name(head.rest)
        behind = text[match.end() :].strip()
        is_stop = match[0] in "。:："
        if is_inner and found.key not in below:
            return None
        if (
            found.strong
            and ends_as_name(head.rest)
            and not is_exhortation(head.rest)
            and behind
            and (is_stop or len(behind) > 20 or re.match(_NOTHING, behind))
        ):
            return match.end()
        if is_stop:
            return None
    return None


# --- levels two and three ---------------------------------------------------------------------------------------------


def tags(lines: Sequence[Line], top: Form, body: Look) -> list[str]:
    """ "h3", "h4" or "p" for each line of one section, without its heading; "" for tables and drawn lists.

    ``top`` is the form in which the sections themselves are numbered.
    """
    result = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        behind = lines[at + 1] if at + 1 < len(lines) else None
        result.append(_tag(line, before, behind, top, body))
    return result


def _tag(line: Line, before: Line | None, behind: Line | None, top: Form, body: Look) -> str:
    if line.paragraph is None or line.paragraph.list_kind:
        return ""
    form, rest, outline = line.numbered.form, line.numbered.rest, line.paragraph.outline
    # A paragraph of two sentences is text, whatever its style says.
    if line.paragraph.origin == "footnote" or len(rest) > _LONGEST_SUBHEADING or _SENTENCE.search(rest[:-1]):
        return "p"
    if rest.endswith(tuple(";；,，、:：")) and not outline:
        return "p"
    level = _level(form, top)
    if outline >= 2:
        return "h3" if outline == 2 else "h4"
    out = stands_out(line, body)
    if level is None:
        return _unnumbered(line, behind, out)
    if level > 2:
        return "h4" if outline else "p"
    if out:
        return f"h{level + 2}"
    if not _has_text_below(line, level, behind, top) or _ends_a_list(before, line):
        return "p"
    # Of two ways to end a short paragraph the one without a stop is a heading's; （一） is one with a stop as well.
    if level == 1 and len(rest) <= 40:
        return "h3"
    return f"h{level + 2}" if rest[-1:] not in "。！!" and len(rest) <= 30 else "p"


def _has_text_below(line: Line, level: int, behind: Line | None, top: Form) -> bool:
    """Whether what follows a short numbered paragraph is its text, and not the next of its kind or above it."""
    if behind is None:
        return False
    if behind.paragraph is None or behind.paragraph.list_kind:
        return True
    below = _level(behind.numbered.form, top)
    return below > level if below is not None else len(behind.plain) >= 2


def _ends_a_list(before: Line | None, line: Line) -> bool:
    """Whether a line is the next item of a list of short items, with nothing between: its last one, if it is."""
    if before is None or before.paragraph is None or len(before.numbered.rest) > _LONGEST_SUBHEADING:
        return False
    return before.numbered.form is line.numbered.form and line.numbered.value == before.numbered.value + 1


def _level(form: Form, top: Form) -> int | None:
    """1 for what stands right below a section's heading, 2 for what stands below that; None without a number.

    （一） is h3 and 1. is h4, as the interchange form has it, unless the sections themselves are numbered so.
    """
    if form is Form.NONE:
        return None
    if form is Form.DECIMAL:
        return 1 if top is Form.ARABIC else 2
    order = [Form.PART, Form.HAN, Form.PAREN_HAN, Form.ARABIC, Form.PAREN_ARABIC, Form.CIRCLED]
    if form not in order:
        return 1
    above = order.index(top) if top in (Form.PART, Form.ARABIC, Form.PAREN_ARABIC) else order.index(Form.HAN)
    below = order.index(form) - above
    return below if below > 0 else 1


def _unnumbered(line: Line, behind: Line | None, out: bool) -> str:
    if not out or behind is None or len(line.plain) > 30 or line.plain[-1:] in "。:：":
        return "p"
    return "h3"

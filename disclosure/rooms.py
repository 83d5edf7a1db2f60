"""The rooms of ``disclosure``, in the order in which they may be imported.

A room is a package (or a module, where one is enough) that holds one subject with its views, forms, addresses and
template tags. It may import the rooms named before it, never one named after it. ``tests/test_repository.py`` reads
this list and refuses any other import; ``docs/architecture.md`` prints it.
"""

from typing import NamedTuple


class Room(NamedTuple):
    """One room: its package, what it holds, and whether it is pure, that is, knows no database."""

    name: str
    holds: str
    is_pure: bool = False


ROOMS = (
    Room("chinese", "how Chinese text writes numbers, dates and the numbering of headings", is_pure=True),
    Room("richtext", "running text: cleaned HTML, text in and out of it, masking, diff, placeholders", is_pure=True),
    Room("report", "what a report is: document, parts, figures, vocabularies, what differs between two", is_pure=True),
    Room("components", "what pages hand to the components of `templates/components/`", is_pure=True),
    Room("importing", "a file taken apart: `reading` → `classify` → `extract` → `assemble`; isolated", is_pure=True),
    Room("checks", "the rules over a document: one rule, one function", is_pure=True),
    Room("models", "every table, one file a subject; `assembly`: rows ↔ document"),
    Room("publishing", "the public side: pages, files, search, sitemaps; reads publications alone"),
    Room("evaluation", "a report as the checks see it, with what people said to it; near-duplicates; the score"),
    Room("workflow", "rights, transitions, comments, notifications, history, tasks"),
    Room("findings", "findings as pages show them, responses and waivers, progress"),
    Room("drafting", "the school writes: saving, conflicts, last year, imports, fixes, handing in"),
    Room("review", "the office reads one report: queue, comparison, decision"),
    Room("campaigns", "the office runs a year"),
    Room("demo", "the demonstration: invented schools and how their reports came to be"),
)

# What the public side may read of the tables: the border between private and public.
PUBLIC_ROOM = "publishing"
PUBLIC_MODELS = frozenset({"Publication", "Withdrawal"})


def table() -> str:
    """The rooms as ``docs/architecture.md`` prints them."""
    rows = [f"| `{room.name}` | {room.holds} | {'yes' if room.is_pure else ''} |" for room in ROOMS]
    return "\n".join(["| Room | Holds | Pure |", "|---|---|---|", *rows]) + "\n"

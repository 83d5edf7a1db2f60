"""What pages hand to the components of ``templates/components/`` where a word alone is not enough."""

from dataclasses import dataclass

from disclosure.report.enums import Status

TONES = ("neutral", "done", "waiting", "attention", "error")

# Whose turn it is decides the tone, so the same status looks different to either side.
SCHOOL_TONES = {
    Status.DRAFT: "neutral",
    Status.AWAITING_SIGNOFF: "waiting",
    Status.SUBMITTED: "waiting",
    Status.RETURNED: "attention",
    Status.PUBLISHED: "done",
    Status.WITHDRAWN: "error",
}
REVIEWER_TONES = {
    Status.DRAFT: "neutral",
    Status.AWAITING_SIGNOFF: "neutral",
    Status.SUBMITTED: "attention",
    Status.RETURNED: "waiting",
    Status.PUBLISHED: "done",
    Status.WITHDRAWN: "error",
}


@dataclass(frozen=True)
class Task:
    """One line of a task list: what, where, how it stands (``state`` in ``tone``), and a hint.

    A task without ``url`` is shown and cannot be opened.
    """

    label: str
    state: str
    tone: str = "neutral"
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """One line of a summary list; an empty ``value`` reads 未填, ``action`` is the link's verb."""

    label: str
    value: object
    url: str = ""
    action: str = "修改"


@dataclass(frozen=True)
class Problem:
    """One sentence of an error summary, and where to mend it (an address or ``#id`` of a field)."""

    text: str
    url: str = ""

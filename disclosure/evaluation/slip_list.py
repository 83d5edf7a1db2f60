"""The operators' own list of typing slips: what is known without it, what a new one would say, the list as a table."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from import_export.fields import Field

from disclosure.checks import slips
from disclosure.checks.texts import everything
from disclosure.models import Publication, Slip
from disclosure.report.document import Document
from schools.importing import TableResource, TrimmedWidget

# The newest public reports that a new slip is tried on; what is common among them is a word and no slip.
TRIED = 1000
# So many that hold it are enough to know that.
MOST = 50
EXAMPLES = 5
AROUND = 12


def why_not_needed(wrong: str, unless: Sequence[str] = ()) -> str | None:
    """Why a slip says nothing new: the portal has it. With exceptions of its own it takes the place of that one."""
    known = next((slip for slip in slips.SLIPS if slip.wrong == wrong), None)
    if known is None or set(unless) - set(known.unless):
        return None
    return f"系统自带的错别字里已有「{known.wrong}」→「{known.right}」，不需要再添加。如要增加例外，请写在「例外」里。"


@dataclass(frozen=True)
class Trial:
    """What a slip says of public reports: how many of ``tried`` it is found in, and where, in some of them.

    ``examples`` are report and words around. Not more than ``MOST`` reports are counted.
    """

    tried: int
    found: int
    examples: tuple[tuple[str, str], ...]

    @property
    def in_words(self) -> str:
        reports = f"{self.found} 份以上" if self.found >= MOST else f"{self.found} 份"
        return f"最近公开的 {self.tried} 份报告里，有 {reports}含有这个写法"


def try_out(wrong: str, unless: Sequence[str] = ()) -> Trial:
    """Look for ``wrong`` in the newest public reports, as the checks would."""
    current = Publication.objects.current().order_by("-published_at", "-pk")
    newest = list(current.values_list("pk", flat=True)[:TRIED])
    # As the document is stored: SQLite keeps what JSON escapes.
    words = wrong if connection.vendor == "postgresql" else json.dumps(wrong)[1:-1]
    likely = (
        Publication.objects.filter(pk__in=newest)
        .annotate(stored=Cast("document", TextField()))
        .filter(stored__contains=words)
        .order_by("-published_at", "-pk")
    )
    slip = (slips.Slip(wrong, "", unless=tuple(unless)),)
    found, examples = 0, []
    for publication in likely.iterator(chunk_size=20):
        # Masking takes five times as long as looking: only what is shown is masked.
        if next(_places(Document.read(publication.document), slip), None) is None:
            continue
        found += 1
        if len(examples) < EXAMPLES and (words := next(_places(publication.read(), slip), None)):
            examples.append((publication.title, words))
        if found == MOST:
            break
    return Trial(len(newest), found, tuple(examples))


def _places(document: Document, slip) -> Iterator[str]:
    """The words around each place where the slip is found."""
    for text in everything(document):
        for start, end, _ in slips.find(text.text, slip):
            yield f"…{text.text[max(0, start - AROUND) : end + AROUND]}…".replace("\n", " ")


class SlipResource(TableResource):
    """A slip is found by its wrong form."""

    wrong = Field("wrong", "错误写法", TrimmedWidget())
    right = Field("right", "正确写法", TrimmedWidget())
    example = Field("example", "例句", TrimmedWidget())
    unless = Field("unless", "例外", TrimmedWidget())

    class Meta:
        model = Slip
        fields = ("wrong", "right", "example", "unless")
        import_id_fields = ("wrong",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def validate_instance(self, instance, *args, **kwargs):
        """Refuse what the portal has, too."""
        super().validate_instance(instance, *args, **kwargs)
        if reason := why_not_needed(instance.wrong, instance.exceptions):
            raise ValidationError({"错误写法": reason})

"""How much of a file has been read. What no report is as long as is refused while it is read, not after."""

from __future__ import annotations

from disclosure.importing.blocks import AnyBlock
from disclosure.importing.errors import MOST_BLOCKS, MOST_CHARACTERS, TOO_MUCH, Unreadable


class Tally:
    """Counts blocks, cells and characters. Raises ``Unreadable`` when they are too many."""

    def __init__(self) -> None:
        self._pieces = self._characters = 0

    def block(self, block: AnyBlock) -> AnyBlock:
        """Count ``block`` and give it back; what stands in the cells of a table has been counted with them."""
        self._count(len(block.html) if block.kind == "paragraph" else 0)
        return block

    def cell(self) -> None:
        """Count a cell of a table."""
        self._count(0)

    def _count(self, characters: int) -> None:
        self._pieces += 1
        self._characters += characters
        if self._pieces > MOST_BLOCKS or self._characters > MOST_CHARACTERS:
            raise Unreadable(TOO_MUCH)

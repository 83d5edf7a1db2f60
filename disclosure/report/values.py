"""The base of every typed value of ours that is read from JSON or written to it."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value. An argument that no field bears is an error: dropped in silence, a misspelt one is never missed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def read(cls, data: Any) -> Self:
        """The value in JSON that another version of the portal may have written: stored earlier, or brought in a file.

        Fields that this version does not know are passed over, at every depth.
        """
        return cls.model_validate(data, extra="ignore")

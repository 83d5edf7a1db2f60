"""The checks of a report before it is submitted. Importing the modules of rules registers them.

``base`` has what a rule is and runs them, ``texts`` how rules read a report and say where something stands, ``fixing``
takes the fix that a finding offers.
"""

from disclosure.checks import (
    agreement,
    carried,
    completeness,
    copying,
    figures,
    form,
    naming,
    numbering,
    period,
    privacy,
    wording,
)
from disclosure.checks.base import (
    BY_NAME,
    RULES,
    Context,
    Edit,
    Elsewhere,
    Finding,
    Fix,
    Passage,
    Problem,
    Published,
    Rule,
    run,
)

__all__ = [
    "BY_NAME",
    "RULES",
    "Context",
    "Edit",
    "Elsewhere",
    "Finding",
    "Fix",
    "Passage",
    "Problem",
    "Published",
    "Rule",
    "agreement",
    "carried",
    "completeness",
    "copying",
    "figures",
    "form",
    "naming",
    "numbering",
    "period",
    "privacy",
    "run",
    "wording",
]

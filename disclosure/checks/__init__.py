"""The checks of a report before it is submitted. Importing the modules of rules registers them."""

from disclosure.checks import carried, completeness, figures, period, privacy
from disclosure.checks.base import RULES, Context, Finding, Problem, run

__all__ = ["RULES", "Context", "Finding", "Problem", "carried", "completeness", "figures", "period", "privacy", "run"]

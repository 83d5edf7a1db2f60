"""The report: the private side (campaign, report, parts, submissions) and the public one (publications)."""

from disclosure.models.answers import Answer, Waiver
from disclosure.models.campaign import Campaign
from disclosure.models.copies import Fingerprint
from disclosure.models.imports import Import
from disclosure.models.presence import Presence
from disclosure.models.publication import Publication, Withdrawal
from disclosure.models.report import Report
from disclosure.models.sections import (
    Channel,
    Complaints,
    Contact,
    Contacts,
    Evaluation,
    Experience,
    Head,
    OnRequest,
    Other,
    Overview,
    Proactive,
    RequestColumn,
    Rule,
)
from disclosure.models.slips import Slip
from disclosure.models.submission import Remark, Submission, written_by

__all__ = [
    "Answer",
    "Campaign",
    "Channel",
    "Complaints",
    "Contact",
    "Contacts",
    "Evaluation",
    "Experience",
    "Fingerprint",
    "Head",
    "Import",
    "OnRequest",
    "Other",
    "Overview",
    "Presence",
    "Proactive",
    "Publication",
    "Remark",
    "Report",
    "RequestColumn",
    "Rule",
    "Slip",
    "Submission",
    "Waiver",
    "Withdrawal",
    "written_by",
]

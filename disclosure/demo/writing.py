"""One report of a demonstration school: words and figures that agree, the same each time they are asked for."""

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from disclosure.chinese.dates import chinese_date
from disclosure.demo import texts
from disclosure.demo.world import DemoSchool
from disclosure.report.document import NOT_APPLICABLE, SCHEMA, Document
from disclosure.report.enums import MANDATED, ContactRole, SectionKey
from disclosure.report.figures import APPLICANTS, REFUSAL_GROUNDS
from schools.enums import Level
from schools.models import School

_SIZES = {Level.UNDERGRADUATE: (1500, 2800), Level.VOCATIONAL: (600, 1700), Level.ADULT: (180, 420)}
_OUTCOMES = ("granted",) * 12 + ("partly_granted",) * 3 + ("refused",) * 2 + ("unavailable",) * 3 + ("other_outcome",)


class Writer:
    """Writes the reports of one school.

    What is a school's habit (headings, wording, channels) is drawn once for the school; what changes from year to
    year (figures, some wording) is drawn for the school and the year.
    """

    def __init__(self, described: DemoSchool, school: School):
        self.described = described
        self.school = school
        draw = self._draw("habits")
        self.we = "学校" if described.level == Level.UNDERGRADUATE else draw.choice(("学校", "学院"))
        self.office = draw.choice(("党政办公室", "学校办公室", "党委校长办公室"))
        self.units = "系部" if described.level == Level.ADULT else "二级学院"
        self.size = draw.randint(*_SIZES[described.level])
        self.headings = draw.choice(texts.HEADINGS)
        self.channels = [row for row in texts.CHANNELS if row[2] >= 14 or draw.random() < 0.6]
        self.tells_applicants = draw.random() < 0.6
        self.rounds = draw.random() < 0.2
        self.asks = draw.random() < 0.85
        self.tabulates = draw.random() < 0.5
        chosen = draw.sample(range(len(texts.PROACTIVE_TOPICS)), draw.randint(3, len(texts.PROACTIVE_TOPICS)))
        self.topics = [texts.PROACTIVE_TOPICS[index] for index in sorted(chosen)]
        self.people = [draw.choice(texts.SURNAMES) + draw.choice(texts.GIVEN_NAMES) for _ in range(6)]
        self.positions = tuple(
            draw.choice(options) for options in (texts.LEADER_POSITIONS, texts.HEAD_POSITIONS, texts.LIAISON_POSITIONS)
        )
        self.phone = draw.randint(100, 960)

    def _draw(self, *of) -> random.Random:
        """Chance, the same for the same school and matter."""
        return random.Random(f"{self.described.key}:{of}")  # noqa: S311 — nothing secret is drawn

    def _usual(self, place: str, options: Sequence):
        """The school's usual wording at a place."""
        return self._draw("wording", place).choice(options)

    def report(self, campaign, signed: date, correction: int = 0) -> Document:
        """The report of a campaign, signed on a day; ``correction`` is how many times it has been put right."""
        figures = self._figures(campaign.year, correction)
        words = self._words(campaign, figures)
        bodies = {
            SectionKey.OVERVIEW: self._overview(campaign.year, words, figures),
            SectionKey.PROACTIVE: self._proactive(campaign.year, words),
            SectionKey.ON_REQUEST: self._on_request(words, figures),
            SectionKey.EVALUATION: self._evaluation(words),
            SectionKey.COMPLAINTS: self._complaints(words, figures),
            SectionKey.EXPERIENCE: self._experience(campaign.year, words),
            SectionKey.OTHER: self._other(campaign.year, words),
        }
        return Document.model_validate(
            {
                "schema": SCHEMA,
                "province": {
                    "code": self.school.province.code,
                    "name": self.school.province.name,
                    "office": self.school.province.office,
                },
                "school": {
                    "slug": self.school.slug,
                    "name": self.school.name,
                    "level": self.school.level,
                    "ownership": self.school.ownership,
                    "city": self.school.city,
                },
                "year": campaign.year,
                "label": campaign.label,
                "period": {"start": campaign.period_start, "end": campaign.period_end},
                "title": f"{self.school.name}{campaign.label}信息公开工作报告",
                "addressee": campaign.addressee,
                "preamble": _html(self._usual("preamble", texts.PREAMBLE).format_map(words)),
                "sections": {
                    key.value: {"heading": heading, "body": bodies[key], "figures": figures.get(key, {})}
                    for key, heading in zip(MANDATED, self.headings, strict=True)
                },
                "contacts": self._contacts(campaign.year, correction),
                "signature": {"organisation": self.school.name, "date": signed},
                "confidentiality_review": {"reviewer": self.people[1], "date": signed},
            }
        )

    def old_report(self, campaign) -> Document:
        """A report as it was before the portal: some sections missing, hardly a figure, no contacts, no date."""
        document = self.report(campaign, signed=campaign.closes_on).to_json()
        draw = self._draw("old", campaign.year)
        missing = draw.sample((SectionKey.ON_REQUEST, SectionKey.OTHER, SectionKey.EVALUATION), draw.randint(1, 2))
        for key in missing:
            document["sections"][key.value] = {}
        document["sections"]["overview"]["figures"] = {}
        document["sections"]["proactive"]["figures"].pop("channels", None)
        return Document.model_validate(
            document | {"contacts": [], "signature": {"organisation": self.school.name, "date": None}}
        )

    # --- figures ------------------------------------------------------------------------------------------------------

    def _figures(self, year: int, correction: int) -> dict[SectionKey, dict]:
        draw = self._draw("figures", year)
        departments = draw.randint(12, 32)
        rules = [
            {
                "name": f"{self.described.name}{name}",
                "number": f"校办发〔{year}〕{draw.randint(3, 48)}号",
                "url": f"https://xxgk.{self.described.key}.example/zd/{draw.randint(100, 999)}.htm",
            }
            for name in draw.sample(texts.RULES, draw.choice((0, 0, 1, 2)))
        ]
        overview = {
            "training_sessions": draw.randint(1, 4),
            "training_departments": departments,
            "training_staff": departments * draw.randint(2, 6),
            "liaison_staff": departments + draw.randint(0, 6),
            "rules": rules,
        }
        return {
            SectionKey.OVERVIEW: overview,
            SectionKey.PROACTIVE: self._proactive_figures(year, draw, correction),
            SectionKey.ON_REQUEST: self._request_figures(year, draw),
            SectionKey.EVALUATION: self._evaluation_figures(draw),
            SectionKey.COMPLAINTS: self._complaint_figures(draw),
        }

    def _proactive_figures(self, year: int, draw: random.Random, correction: int) -> dict:
        growth = 1 + 0.05 * (year - 2020)
        channels = [
            {
                "channel": kind,
                "name": name,
                "count": max(1, round(self.size * share / 100 * growth * draw.uniform(0.85, 1.15))),
            }
            for kind, name, share in self.channels
        ]
        if correction:
            next(channel for channel in channels if channel["channel"] == "wechat")["count"] += 17 * correction
        total = sum(channel["count"] for channel in channels)
        figures = {"channels": channels, "total": total, "items_listed": 50, "items_not_applicable": self._left_out()}
        if self.rounds and total > 300:
            channels[0]["approximate"] = True
            figures |= {"total": round(total, -2), "total_is_approximate": True}
        return figures

    def _left_out(self) -> int:
        return {Level.UNDERGRADUATE: 2, Level.VOCATIONAL: 15, Level.ADULT: 19}[self.described.level]

    def _received(self, year: int) -> int:
        return self._draw("received", year).choice((0, 0, 0, 0, 1, 1, 2, 3, 5, 9))

    def _carried_out(self, year: int) -> int:
        return int(self._received(year) >= 3 and self._draw("carried", year).random() < 0.5)

    def _request_figures(self, year: int, draw: random.Random) -> dict:
        """Every request is drawn on its own, so that the table balances as a real one does."""
        received, carried_in, carried_out = self._received(year), self._carried_out(year - 1), self._carried_out(year)
        columns = {applicant: _no_requests() for applicant in APPLICANTS}
        for number in range(received + carried_in):
            counts = columns[draw.choice(APPLICANTS)]
            counts["carried_in" if number < carried_in else "received"] += 1
            if number >= received + carried_in - carried_out:
                counts["carried_out"] += 1
                continue
            outcome = draw.choice(_OUTCOMES)
            counts[outcome] += 1
            if outcome == "refused":
                counts["refused_by"][draw.choice(REFUSAL_GROUNDS[1:])] += 1
        figures = _sum(columns.values())
        if self.tells_applicants and received + carried_in:
            figures["by_applicant"] = columns
        answered = received + carried_in - carried_out
        if answered:
            longest = draw.randint(6, 15)
            figures |= {
                "longest_days": longest,
                "mean_days": round(longest * draw.uniform(0.5, 0.9), 1) if answered > 1 else longest,
            }
        else:
            figures |= {"longest_days": NOT_APPLICABLE, "mean_days": NOT_APPLICABLE}
        return figures | {"late_answers": 0, "fees_charged": 0, "fees_waived": 0}

    def _evaluation_figures(self, draw: random.Random) -> dict:
        if not self.asks:
            return {"responses": NOT_APPLICABLE, "satisfaction_percent": NOT_APPLICABLE}
        return {
            "methods": draw.sample(texts.METHODS, draw.randint(2, 3)),
            "responses": draw.randint(90, 1600),
            "satisfaction_percent": round(draw.uniform(88, 99.6), 1),
        }

    def _complaint_figures(self, draw: random.Random) -> dict:
        reports = draw.choice((0,) * 8 + (1, 2))
        cases = draw.choice((0,) * 12 + (1, 2))
        pending = min(cases, draw.choice((0, 0, 1)))
        figures = {"reports": reports, "reconsiderations": cases, "lawsuits": 0}
        if reports:
            figures |= {"reports_closed": reports, "reports_upheld": draw.randint(0, reports)}
        if cases:
            figures["reconsiderations_by"] = {
                "upheld": cases - pending,
                "corrected": 0,
                "other": 0,
                "pending": pending,
            }
        return figures

    # --- words --------------------------------------------------------------------------------------------------------

    def _words(self, campaign, figures: dict[SectionKey, dict]) -> dict:
        """The blanks of the texts."""
        draw = self._draw("words", campaign.year)
        overview, proactive = figures[SectionKey.OVERVIEW], figures[SectionKey.PROACTIVE]
        requests, evaluation = figures[SectionKey.ON_REQUEST], figures[SectionKey.EVALUATION]
        complaints = figures[SectionKey.COMPLAINTS]
        about = "约" if proactive.get("total_is_approximate") else ""
        return {
            "we": self.we,
            "school": self.described.name,
            "office": self.office,
            "city": self.described.city,
            "province": self.school.province.name,
            "label": campaign.label,
            "start": chinese_date(campaign.period_start),
            "end": chinese_date(campaign.period_end),
            "units": self.units,
            "unit_count": 6 + self.size // 200,
            "students": 3000 + self.size * 7 + 113 * (campaign.year % 10),
            "staff": 180 + self.size // 2 + 7 * (campaign.year % 10),
            "liaison": overview["liaison_staff"],
            "rule_count": len(overview["rules"]),
            "sessions": overview["training_sessions"],
            "departments": overview["training_departments"],
            "trained": overview["training_staff"],
            "total_words": f"{about} {proactive['total']} 条",
            "channel_words": "，".join(
                f"{row['name']}{'约' if row.get('approximate') else ''} {row['count']} 条"
                for row in proactive["channels"]
            ),
            "items": proactive["items_listed"],
            "items_out": proactive["items_not_applicable"],
            "received": requests["received"],
            "carried_in": requests["carried_in"],
            "granted": requests["granted"],
            "partly": requests["partly_granted"],
            "refused": requests["refused"],
            "unavailable": requests["unavailable"],
            "other": requests["other_outcome"],
            "carried_out": requests["carried_out"],
            "mean": requests["mean_days"],
            "longest": requests["longest_days"],
            "topics": "、".join(draw.sample(texts.REQUEST_TOPICS, 2)),
            "methods_words": "、".join(evaluation.get("methods", ())),
            "responses": evaluation["responses"],
            "satisfaction": evaluation["satisfaction_percent"],
            "reports": complaints["reports"],
            "closed": complaints.get("reports_closed", 0),
            "upheld": complaints.get("reports_upheld", 0),
            "reconsiderations": complaints["reconsiderations"],
            "kept": complaints.get("reconsiderations_by", {}).get("upheld", 0),
            "pending": complaints.get("reconsiderations_by", {}).get("pending", 0),
            **{f"n{number}": draw.randint(20, 240) for number in range(1, 6)},
        }

    def _overview(self, year: int, words: dict, figures: dict) -> str:
        draw = self._draw("overview", year)
        paragraphs = [draw.choice(texts.OVERVIEW_OPENING)]
        for place, (heading, options, *otherwise) in {
            "mechanism": texts.OVERVIEW_MECHANISM,
            "rules": texts.OVERVIEW_RULES,
            "training": texts.OVERVIEW_TRAINING,
            "secrecy": texts.OVERVIEW_SECRECY,
        }.items():
            nothing_new = otherwise and not figures[SectionKey.OVERVIEW]["rules"]
            paragraphs += [heading, otherwise[0] if nothing_new else self._usual(place, options)]
        return _html(*(text.format_map(words) for text in paragraphs))

    def _proactive(self, year: int, words: dict) -> str:
        paragraphs = [self._usual("opening", texts.PROACTIVE_OPENING), self._usual("items", texts.PROACTIVE_ITEMS)]
        for number, (name, *options) in enumerate(self.topics):
            paragraphs += [f"（{'一二三四五六'[number]}）{name}", self._usual(name, options)]
        html = _html(*(text.format_map(words) for text in paragraphs))
        return html + self._table(words) if self.tabulates else html

    def _table(self, words: dict) -> str:
        """The topics' numbers at a glance, the same as in the paragraphs above."""
        rows = "".join(
            f"<tr><td>{name}</td><td>{words[blank]}</td></tr>"
            for name, *options in self.topics
            for blank in re.findall(r"{(n\d)}", self._usual(name, options))[:1]
        )
        head = "<thead><tr><th>类别</th><th>数量（条）</th></tr></thead>"
        return f"<table><caption>{texts.PROACTIVE_TABLE}</caption>{head}<tbody>{rows}</tbody></table>" if rows else ""

    def _on_request(self, words: dict, figures: dict) -> str:
        requests = figures[SectionKey.ON_REQUEST]
        if not requests["received"] + requests["carried_in"]:
            return _html(self._usual("no requests", texts.ON_REQUEST_NONE).format_map(words))
        paragraphs = [self._usual("requests", texts.ON_REQUEST_SOME)]
        if requests["refused"]:
            paragraphs.append(texts.ON_REQUEST_REFUSED)
        if requests["longest_days"] != NOT_APPLICABLE:
            paragraphs.append(self._usual("time", texts.ON_REQUEST_TIME))
        return _html(*(text.format_map(words) for text in paragraphs))

    def _evaluation(self, words: dict) -> str:
        text = self._usual("evaluation", texts.EVALUATION) if self.asks else texts.EVALUATION_NOT_ASKED
        return _html(text.format_map(words)) + texts.OWN_WORDS.get(self.described.key, "")

    def _complaints(self, words: dict, figures: dict) -> str:
        complaints = figures[SectionKey.COMPLAINTS]
        paragraphs = []
        if complaints["reports"]:
            paragraphs += texts.COMPLAINTS_SOME
        elif not complaints["reconsiderations"]:
            paragraphs.append(self._usual("complaints", texts.COMPLAINTS_NONE))
        if complaints["reconsiderations"]:
            paragraphs.append(texts.COMPLAINTS_CASE)
        return _html(*(text.format_map(words) for text in paragraphs))

    def _experience(self, year: int, words: dict) -> str:
        draw = self._draw("experience", year)
        experiences, problems, measures = self._usual("experience", texts.EXPERIENCE_HEADINGS)
        found = draw.sample(texts.PROBLEMS, draw.randint(2, 3))
        parts = [_html(experiences), _points(draw.sample(texts.EXPERIENCES, draw.randint(2, 4)), words)]
        parts += [_html(problems), _points([problem for problem, _ in found], words)]
        parts += [_html(measures), _points([measure for _, measure in found], words)]
        return "".join(parts)

    def _other(self, year: int, words: dict) -> str:
        draw = self._draw("other", year)
        text = draw.choice(texts.OTHER_SOMETHING) if draw.random() < 0.12 else self._usual("other", texts.OTHER)
        return _html(text.format_map(words))

    def _contacts(self, year: int, correction: int) -> list[dict]:
        """Three people; numbers that cannot exist: no area code is 0000, and no mobile begins with 100."""
        since = (self._draw("people").randint(0, 3) + year) // 4
        roles = (ContactRole.LEADER, ContactRole.HEAD, ContactRole.LIAISON)
        return [
            {
                "role": role,
                "name": self.people[(index + (since if index == 2 else 0)) % len(self.people)],
                "position": self.positions[index],
                "office_phone": f"0000-0000{self.phone + index + 10 * correction:03d}",
                "mobile": f"100{self.phone:04d}{year % 100:02d}{index:02d}",
                "email": f"{('leader', 'office', 'xxgk')[index]}@{self.described.key}.example",
            }
            for index, role in enumerate(roles)
        ]


def signing_day(campaign, handed_in: date) -> date:
    """The date under a report: a day or two before it is handed in, but after the period."""
    return max(handed_in - timedelta(days=1), campaign.period_end + timedelta(days=1))


def _no_requests() -> dict:
    counts = dict.fromkeys(("received", "carried_in", *dict.fromkeys(_OUTCOMES), "not_processed", "carried_out"), 0)
    return counts | {"refused_by": dict.fromkeys(REFUSAL_GROUNDS, 0)}


def _sum(columns) -> dict:
    total = _no_requests()
    for counts in columns:
        for key, value in counts.items():
            if key == "refused_by":
                for ground, number in value.items():
                    total[key][ground] += number
            else:
                total[key] += value
    return total


def _html(*paragraphs: str) -> str:
    """Plain paragraphs in the vocabulary of the report; one that begins with （一） is a heading."""
    return "".join(
        f"<{tag}>{escape(text, quote=False)}</{tag}>"
        for text in paragraphs
        for tag in ("h3" if text.startswith("（") else "p",)
    )


def _points(texts_: Sequence[str], words: dict) -> str:
    """Numbered points whose first sentence says it all."""
    points = []
    for number, text in enumerate(texts_, start=1):
        first, _, rest = escape(text.format_map(words), quote=False).partition("。")
        points.append(f"<p>{number}.<strong>{first}。</strong>{rest}</p>")
    return "".join(points)

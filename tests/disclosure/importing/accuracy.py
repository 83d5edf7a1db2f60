"""How well reports of other shapes are taken apart: ``python -m tests.disclosure.importing.accuracy [-v]``."""

import sys

from disclosure.importing.assemble import compose
from disclosure.importing.classify import propose
from tests.disclosure.importing import invented, skeletons

INVENTED = 500


def measure(reports: list[skeletons.Skeleton], loud: bool = False) -> tuple[int, int, int, int]:
    """Of ``reports``: lines placed right, lines, facts right, facts; what is wrong is printed where ``loud``."""
    right = lines = facts_right = facts = 0
    for skeleton in reports:
        proposal = propose(skeleton.source)
        found, expected = skeletons.placed(proposal), skeleton.expected
        wrong = [pair for pair in zip(expected, found, strict=False) if pair[0] != pair[1]]
        good = sum(1 for one, other in zip(expected, found, strict=False) if one == other)
        right, lines = right + good, lines + len(expected)
        told = facts_of(proposal)
        differing = {name: (value, told.get(name)) for name, value in skeleton.facts.items() if told.get(name) != value}
        facts_right, facts = facts_right + len(skeleton.facts) - len(differing), facts + len(skeleton.facts)
        if loud and (wrong or differing or len(found) != len(expected)):
            print(f"### {skeleton.name}: {good}/{len(expected)} {differing or ''}")  # noqa: T201
            for one, other in wrong[:8]:
                print("   ", one[0], "→", other[0], "|", one[1][:36], "|", other[1][:36] if one[1] != other[1] else "")  # noqa: T201
    return right, lines, facts_right, facts


def facts_of(proposal) -> dict[str, str]:
    """The facts that the skeletons name, as they write them."""
    composed = compose(proposal)
    period = composed.get("period", {})
    return {
        "label": proposal.label,
        "year": str(proposal.year),
        "school": proposal.school,
        "period": f"{period.get('start')} {period.get('end')}",
        "contacts": ", ".join(f"{one.name} {one.role}" for one in proposal.contacts),
    }


if __name__ == "__main__":
    sets = {
        skeletons.PATH.name: skeletons.read(skeletons.PATH),
        skeletons.HARDER.name: skeletons.read(skeletons.HARDER),
        f"{INVENTED} invented": [invented.report(seed) for seed in range(INVENTED)],
    }
    for name, reports in sets.items():
        right, lines, facts_right, facts = measure(reports, "-v" in sys.argv)
        print(f"{name}: lines {right}/{lines} ({right / lines:.2%}), facts {facts_right}/{facts}")  # noqa: T201

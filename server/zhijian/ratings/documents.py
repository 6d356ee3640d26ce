"""The published document ``ratings/figures``."""

from dataclasses import asdict
from typing import Any

from zhijian.core.clock import local_date, today
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries.figures import PERIOD, published_outcomes, tally
from zhijian.ratings.rules import TAGS
from zhijian.ratings.rules.figures import SATISFIED_FROM, SMALLEST, figures

KEY = "ratings/figures"
_TAG_WORDS = {tag.code: tag.label for tag in TAGS}


def figures_document() -> dict[str, Any]:
    found = tally()
    return {
        "on": today().isoformat(),
        "period_days": PERIOD.days,
        "satisfied_from": SATISFIED_FROM,
        "smallest": SMALLEST,
        "total": asdict(figures([found.total])[0]),
        "departments": [asdict(one) for one in figures(found.departments)],
        "halls": [asdict(one) for one in figures(found.halls)],
        "items": [asdict(one) for one in figures(found.items)],
        "outcomes": [_outcome(order) for order in published_outcomes()],
    }


def _outcome(order: Rectification) -> dict[str, Any]:
    rating = order.rating
    return {
        "department": order.department.name,
        "hall": rating.hall.name if rating.hall else None,
        "stars": rating.stars,
        "tags": [_TAG_WORDS[code] for code in rating.tags],
        "outcome": order.outcome,
        "closed_on": local_date(order.closed_at).isoformat() if order.closed_at else None,
    }

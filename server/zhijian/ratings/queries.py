"""Reads of ratings."""

from collections.abc import Collection

from zhijian.ratings.models import Rating


def rating_for(case_numbers: Collection[str]) -> dict[str, Rating]:
    """The ratings of these cases, by number; cases without one are absent. One query."""
    return {rating.case_number: rating for rating in Rating.objects.filter(case_number__in=case_numbers)}

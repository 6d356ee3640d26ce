"""Staff screens of ratings: overview, poor ones, the rectification desk, codes for the counter."""

from typing import Any

from django.urls import path

from zhijian.core import console
from zhijian.organizations import news
from zhijian.organizations.access import may
from zhijian.ratings.actions.counter import ISSUERS
from zhijian.ratings.console import counter, orders, overview
from zhijian.ratings.queries.ratings import READERS
from zhijian.ratings.queries.rectifications import waiting_for


def _reads(user: Any) -> bool:
    return may(user, *READERS)


news.register("rectification", news.Kind("差评整改", "rectification", numbered=False))
console.register(
    console.Place("ratings", "好差评", "star", "ratings", 50, _reads, (waiting_for,), "待整改"),
    console.Place(
        "rating_codes", "窗口评价码", "printer", "rating_codes", 55, lambda user: may(user, *ISSUERS)
    ),
)

urlpatterns = [
    path("ratings/", overview.overview, name="ratings"),
    path("ratings/poor/", overview.poor, name="ratings_poor"),
    path("ratings/codes/", counter.codes, name="rating_codes"),
    path("ratings/codes/<str:public_id>/", counter.slip, name="rating_slip"),
    path("ratings/orders/", orders.desk, name="rectifications"),
    path("ratings/orders/<str:public_id>/", orders.one, name="rectification"),
    path("ratings/orders/<str:public_id>/do/<str:action>/", orders.act, name="rectification_act"),
    path("ratings/orders/<str:public_id>/reveal/", orders.reveal, name="rectification_reveal"),
]

"""Whom a campaign reaches: a tree turned into one query over consented data, and its size, rounded."""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhijian.cases.models import Case
from zhijian.cases.rules.states import State as CaseState
from zhijian.catalog.queries import current_versions
from zhijian.identity.models import Citizen
from zhijian.licences.models import Licence
from zhijian.licences.models import Status as LicenceStatus
from zhijian.messaging.models import Campaign, Preference, PurposeSwitch, Tag, TopicSubscription
from zhijian.messaging.queries.choices import districts
from zhijian.messaging.rules import audience as rules
from zhijian.messaging.rules.audience import Tree, Vocabulary
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.personal import AGE_BANDS, TOPICS
from zhijian.messaging.rules.purposes import PURPOSES

_PERSON = OuterRef("pk")


def audience_of(campaign: Campaign) -> QuerySet[Citizen]:
    return audience(campaign.purpose, campaign.audience)


def audience(purpose: str, tree: Tree) -> QuerySet[Citizen]:
    """Citizens who want ``purpose`` and fit ``tree``, which must be sound. Lazy.

    Whoever did not agree to the use of their attributes fits no tree that asks about one, not even a "not".
    """
    people = Citizen.objects.all()
    if not PURPOSES[purpose].necessary:
        people = people.filter(
            Exists(
                PurposeSwitch.objects.filter(citizen=_PERSON, purpose=purpose, channel=Channel.INBOX, on=True)
            )
        )
    if rules.needs_consent(tree):
        people = people.filter(Exists(Preference.objects.filter(citizen=_PERSON, use_attributes=True)))
    return people.filter(_condition(tree)) if tree else people


def estimate(purpose: str, tree: Tree) -> str:
    """How many it reaches, in words that tell nothing of one person. One query."""
    return rules.rounded(audience(purpose, tree).count())


def vocabulary() -> Vocabulary:
    """All values that conditions may name, with their words. Four queries."""
    licences = Licence.objects.filter(status=LicenceStatus.VALID).order_by("licence_type", "-id")
    return {
        "district": {region.code: region.name for region in districts()},
        "age_band": {code: band.label for code, band in AGE_BANDS.items()},
        "topic": {code: topic.label for code, topic in TOPICS.items()},
        "tag": {
            code: code for code in Tag.objects.order_by("code").values_list("code", flat=True).distinct()
        },
        "licence": dict(licences.distinct("licence_type").values_list("licence_type", "name")),
        "case_item": {version.code: version.name for version in current_versions()},
    }


def _condition(tree: Tree) -> Q:
    if "attribute" in tree:
        return Q(_EXISTS[tree["attribute"]](tree["in"]))
    if "not" in tree:
        return ~_condition(tree["not"])
    group, joined = ("all", and_) if "all" in tree else ("any", or_)
    return reduce(joined, [_condition(part) for part in tree[group]])


_EXISTS: dict[str, Callable[[list[str]], Exists]] = {
    "district": lambda codes: Exists(
        Preference.objects.filter(citizen=_PERSON, use_attributes=True, district__code__in=codes)
    ),
    "age_band": lambda bands: Exists(
        Preference.objects.filter(citizen=_PERSON, use_attributes=True, age_band__in=bands)
    ),
    "topic": lambda topics: Exists(TopicSubscription.objects.filter(citizen=_PERSON, topic__in=topics)),
    "tag": lambda codes: Exists(Tag.objects.filter(citizen=_PERSON, code__in=codes, deleted_at=None)),
    "licence": lambda types: Exists(
        Licence.objects.filter(citizen=_PERSON, licence_type__in=types, status=LicenceStatus.VALID)
    ),
    "case_item": lambda codes: Exists(
        Case.objects.filter(citizen=_PERSON, item_code__in=codes).exclude(state=CaseState.DRAFT)
    ),
}

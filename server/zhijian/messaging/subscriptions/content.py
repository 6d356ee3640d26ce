"""New policies and interpretations, for those who follow their topics or have a case that they touch, if they asked
to hear of them.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet

from zhijian.cases.models import Case
from zhijian.cases.rules.states import OPEN
from zhijian.content.codes import KIND_EN, Kind
from zhijian.content.events import ArticlePublished
from zhijian.content.models import ArticleVersion
from zhijian.identity.models import Citizen
from zhijian.messaging.models import PurposeSwitch, TopicSubscription
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.personal import topics_of
from zhijian.messaging.subscriptions.base import Notice, tell_all

_TOLD = (Kind.POLICY, Kind.INTERPRETATION)
_PERSON = OuterRef("pk")


def _wanting() -> QuerySet[Citizen]:
    switched = PurposeSwitch.objects.filter(citizen=_PERSON, purpose="policy", channel=Channel.INBOX, on=True)
    return Citizen.objects.filter(Exists(switched)).order_by("pk")


def _applying(items: Iterable[str]) -> Exists:
    return Exists(Case.objects.filter(citizen=_PERSON, item_code__in=list(items), state__in=OPEN))


def applicants(items: Iterable[str]) -> Iterator[Citizen]:
    """Who has a case under way on one of these service items and wants news of policies, each once."""
    return _wanting().filter(_applying(items)).iterator(chunk_size=500)


def followers(topics: Iterable[str], items: Iterable[str]) -> Iterator[Citizen]:
    """Who follows one of these topics and wants news of policies, each once, without those of :func:`applicants`."""
    following = TopicSubscription.objects.filter(citizen=_PERSON, topic__in=topics_of(topics))
    return _wanting().filter(Exists(following)).exclude(_applying(items)).iterator(chunk_size=500)


def _to(people: Callable[[list[str], list[str]], Iterable[Citizen]]) -> Callable[..., Iterator[Notice]]:
    """Tells whom ``people`` finds by the topics and the service items. A changed article is no news: only its first
    version is told of.
    """

    def notices(article_id: str, kind: str, topics: list[str], number: int) -> Iterator[Notice]:
        version = ArticleVersion.objects.filter(article__public_id=article_id, ended_at=None).first()
        if kind not in _TOLD or number != 1 or version is None:
            return
        spec = version.typed()
        variables = {
            "kind": {"zh": str(spec.kind.label), "en": KIND_EN[spec.kind]},
            "title": {"zh": spec.title, "en": spec.title_en},
            "summary": {"zh": spec.plain_summary, "en": spec.plain_summary},
        }
        link = f"/pages/content/article?id={article_id}"
        for citizen in people(topics, [one.code for one in spec.items]):
            about = {"article_id": article_id}
            yield Notice(citizen, article_id, variables, link, version.published_at, about)

    return notices


def _still_readable(*, article_id: str) -> bool:
    return ArticleVersion.objects.filter(article__public_id=article_id, ended_at=None).exists()


tell_all(ArticlePublished, "policy.published", _to(followers), holds=_still_readable)
tell_all(
    ArticlePublished,
    "policy.of_a_case",
    _to(lambda _, items: applicants(items)),
    holds=_still_readable,
)

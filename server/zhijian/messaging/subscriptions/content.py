"""New policies and interpretations, for those who follow their topics and asked to hear of them."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef

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


def followers(topics: Iterable[str]) -> Iterator[Citizen]:
    """Who follows one of these topics and wants news of policies, each once."""
    wanting = PurposeSwitch.objects.filter(citizen=_PERSON, purpose="policy", channel=Channel.INBOX, on=True)
    following = TopicSubscription.objects.filter(citizen=_PERSON, topic__in=topics_of(topics))
    found = Citizen.objects.filter(Exists(wanting), Exists(following)).order_by("pk")
    return found.iterator(chunk_size=500)


def _published(article_id: str, kind: str, topics: list[str], number: int) -> Iterator[Notice]:
    """A changed article is no news: only its first version is told of."""
    version = ArticleVersion.objects.filter(article__public_id=article_id, ended_at=None).first()
    if kind not in _TOLD or number != 1 or version is None:
        return
    spec = version.typed()
    variables = {
        "kind": {"zh": str(Kind(kind).label), "en": KIND_EN[Kind(kind)]},
        "title": {"zh": spec.title, "en": spec.title_en},
        "summary": {"zh": spec.plain_summary, "en": spec.plain_summary},
    }
    for citizen in followers(topics):
        link = f"/pages/content/article?id={article_id}"
        yield Notice(citizen, article_id, variables, link, version.published_at)


tell_all(ArticlePublished, "policy.published", _published)

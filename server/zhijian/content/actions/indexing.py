"""Writes what search knows of an article, with the catalogue's own analysis of Chinese."""

from zhijian.catalog.actions.indexing import vector
from zhijian.catalog.search import text
from zhijian.content.codes import Audience, Kind
from zhijian.content.models import Article, ArticleEntry, ArticleVersion, Topic
from zhijian.content.rules import richtext
from zhijian.content.spec import ArticleSpec

_BODY = 4000  # characters of the body that are searched
_ORGANIZATIONS = {Audience.LEGAL, Audience.SELF_EMPLOYED}


def index_article(version: ArticleVersion) -> None:
    """Make ``version`` what search finds for its article."""
    spec, article = version.typed(), version.article
    phrases = [phrase for word in (spec.title, spec.document_number) if (phrase := text.normalise(word))]
    pinyin = [text.pinyin(phrase) for phrase in phrases]
    named = set(spec.audiences)
    ArticleEntry.objects.update_or_create(
        article=article,
        defaults={
            "public_id": article.public_id,
            "kind": spec.kind.value,
            "title": spec.title,
            "title_en": spec.title_en,
            "summary": spec.plain_summary or spec.summary,
            "department": article.department.name,
            "department_en": article.department.name_en,
            "for_people": not named or bool(named - _ORGANIZATIONS),
            "for_organizations": not named or bool(named & _ORGANIZATIONS),
            "published_at": version.published_at,
            "expires_at": article.expire_at,
            "phrases": phrases,
            "pinyin": pinyin,
            "initials": [text.initials(phrase) for phrase in phrases],
            "pinyin_text": " ".join(pinyin),
            "words": vector(*_words(spec, article)),
            "grams": vector(text.grams(*phrases)),
        },
    )


def forget_article(article: Article) -> None:
    ArticleEntry.objects.filter(article=article).delete()


def _words(spec: ArticleSpec, article: Article) -> tuple[list[str], list[str], list[str], list[str]]:
    topics = Topic.objects.filter(slug__in=spec.topics).values_list("name", flat=True)
    labels = [audience.label for audience in spec.audiences]
    department = article.department
    return (
        text.all_words([spec.title]),
        text.all_words([*topics, Kind(spec.kind).label, *labels, spec.document_number]),
        text.all_words([spec.plain_summary, spec.summary]),
        text.all_words([department.name, department.short_name, richtext.plain(spec.body)[:_BODY]]),
    )

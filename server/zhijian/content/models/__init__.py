"""Tables of content."""

from zhijian.content.models.article import (
    Article,
    ArticleCorrection,
    ArticleItem,
    ArticleMedia,
    ArticleReview,
)
from zhijian.content.models.media import Media
from zhijian.content.models.search import ArticleEntry
from zhijian.content.models.upkeep import ChannelDay, LinkCheck, Wording
from zhijian.content.models.version import ArticleVersion, Ending, Topic

__all__ = [
    "Article",
    "ArticleCorrection",
    "ArticleEntry",
    "ArticleItem",
    "ArticleMedia",
    "ArticleReview",
    "ArticleVersion",
    "ChannelDay",
    "Ending",
    "LinkCheck",
    "Media",
    "Topic",
    "Wording",
]

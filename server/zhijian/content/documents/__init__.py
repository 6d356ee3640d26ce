"""What people's apps and browsers read: JSON, pages without scripts, feeds, cards. Shapes are the app's contract."""

from zhijian.content.documents.article import JSON, article_document, tombstone
from zhijian.content.documents.card import share_card
from zhijian.content.documents.feed import feed
from zhijian.content.documents.lists import by_item_document, index_document, kind_document, topics_document
from zhijian.content.documents.page import page, style

__all__ = [
    "JSON",
    "article_document",
    "by_item_document",
    "feed",
    "index_document",
    "kind_document",
    "page",
    "share_card",
    "style",
    "tombstone",
    "topics_document",
]

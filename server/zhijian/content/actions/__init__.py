"""The only writers of content."""

from zhijian.content.actions.desk import ARTICLES
from zhijian.content.actions.drafting import Plan, save_draft
from zhijian.content.actions.links import check_links, note_links
from zhijian.content.actions.media import give_media
from zhijian.content.actions.publication import publish
from zhijian.content.actions.views import count_view
from zhijian.content.actions.wordings import add_word, remove_word

__all__ = [
    "ARTICLES",
    "Plan",
    "add_word",
    "check_links",
    "count_view",
    "give_media",
    "note_links",
    "publish",
    "remove_word",
    "save_draft",
]

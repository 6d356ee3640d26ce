"""Registers the articles with Wagtail's editor, and our own way of linking with its rich text."""

from typing import Any

import wagtail.admin.rich_text.editors.draftail.features as draftail
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import ExternalLinkElementHandler

from zhijian.content.console.editing import ArticleViewSet
from zhijian.content.console.review import PAGES
from zhijian.editorial.console.hooks import install

install(ArticleViewSet, PAGES)

_CHOOSERS = (
    "pageChooser",
    "externalLinkChooser",
    "emailLinkChooser",
    "phoneLinkChooser",
    "anchorLinkChooser",
)


@hooks.register("register_rich_text_features")
def content_link(features: Any) -> None:
    """A link whose address is asked for in our window."""
    link = {
        "type": "LINK",
        "icon": "link",
        "description": "链接",
        "attributes": ["url", "id", "parentId"],
        "allowlist": {"href": "^(http:|https:|mailto:|tel:|/|undefined$)"},
        "chooserUrls": dict.fromkeys(_CHOOSERS, reverse_lazy("content_link")),
    }
    plugin = draftail.EntityFeature(link, js=["wagtailadmin/js/page-chooser-modal.js"])
    features.register_editor_plugin("draftail", "content-link", plugin)
    features.register_converter_rule(
        "contentstate",
        "content-link",
        {
            "from_database_format": {"a[href]": ExternalLinkElementHandler("LINK")},
            "to_database_format": {"entity_decorators": {"LINK": link_entity}},
        },
    )


@hooks.register("insert_global_admin_js")
def name_rich_text() -> str:
    """Draft.js leaves its field without a name for screen readers."""
    return format_html('<script type="module" src="{}"></script>', static("console/content.js"))

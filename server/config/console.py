"""Addresses of the console: our own screens first, then Wagtail's editing. Doors and places of the lowest domains,
which know no posts, are hung here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtail_urls

from config import console_operation as operation
from config.console_account import account
from config.console_login import ConsoleLogin
from zhijian.audit import console as audit
from zhijian.core import console, rooms
from zhijian.core.console_session import session
from zhijian.core.console_today import today
from zhijian.organizations.access import may, requires
from zhijian.organizations.queries import posts_of
from zhijian.organizations.rules import Post, label

# Parts of Wagtail that nobody here works with: pages, images, documents, reports, its own users and groups, its lists
# of tags and workflows.
_UNUSED = (
    r"^(?:api|tag-autocomplete|workflows|bulk|block-preview|pages|choose-page|choose-(?:external|email|phone|anchor)-link|collections|reports|images|documents|users|groups"
    r"|sites|redirects|test404|failwhale|password_reset)(?:/|$)"
)


def unused(request: HttpRequest) -> HttpResponse:
    raise Http404


console.registry.posts_of = lambda user: [label(post) for post in sorted(posts_of(user))]
console.register(
    console.Place(
        key="today", label="今日工作", icon="sun", url_name="console_today", order=10, shown=lambda user: True
    ),
    console.Place(
        key="audit",
        label="审计",
        icon="shield-check",
        url_name="audit_entries",
        order=900,
        shown=lambda user: may(user, Post.AUDIT_ADMIN),
    ),
    console.Card(
        "operation", 1, lambda user: may(user, Post.SYSTEM_ADMIN), "console/operation.html", operation.card
    ),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", requires()(today), name="console_today"),
    path("login/", ConsoleLogin.as_view(), name="wagtailadmin_login"),
    path("session/", session, name="console_session"),
    path("account/", account, name="wagtailadmin_account"),
    path("audit/", requires(Post.AUDIT_ADMIN)(audit.entries), name="audit_entries"),
    path("audit/chain/", requires(Post.AUDIT_ADMIN)(audit.chain), name="audit_chain"),
    *(one for room in rooms.of_domains("console") for one in getattr(room, "urlpatterns", ())),
    re_path(_UNUSED, unused),
    path("", include(wagtail_urls)),
]

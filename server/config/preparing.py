"""What a migrated database still needs before people come: the calendar, words, groups, static files, documents.

Every step may be repeated. One process at a time does it; another that starts meanwhile waits, and finds it done.
"""

from collections.abc import Callable

from django.core.management import call_command

from zhijian.calendars.actions import settle
from zhijian.catalog.actions import publish_city
from zhijian.content.actions.compilation import compile_all
from zhijian.content.loading import load_words
from zhijian.core import locks
from zhijian.core.actor import SYSTEM
from zhijian.core.calendar_seed import seed_calendar
from zhijian.core.locks import Lock
from zhijian.maps.actions import compile_map
from zhijian.organizations.actions import ensure_groups
from zhijian.organizations.rules import Post
from zhijian.publishing.files import rebuild_all


def prepare(*, before_documents: Callable[[], None] | None = None) -> None:
    """``before_documents`` loads what is to be published with the rest."""
    with locks.session(Lock.PREPARING):
        seed_calendar()
        settle()
        load_words()
        ensure_groups(Post.values)
        call_command("collectstatic", verbosity=0, interactive=False)
        if publish_city(SYSTEM):
            compile_all()  # pages, feeds and cards name the city
        if before_documents is not None:
            before_documents()
        compile_map()
        rebuild_all()

"""The rush lane: a process of its own beside the web server (docs/adr/0014-rush-lane.md)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.lane import make_application  # noqa: E402 - settings come first
from config.preflight import refuse_unless_fit  # noqa: E402

refuse_unless_fit()
application = make_application()

"""What the web server calls: published documents and the app's files first, then Django.

Anonymous reads never touch the database, so they need not pass through Django either.
"""

import os
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - settings exist only after the application is made

from config.preflight import refuse_unless_fit  # noqa: E402
from zhijian.core.static_front import StaticFront, Wsgi  # noqa: E402

refuse_unless_fit()
application: Wsgi
if settings.ROLE == "console":
    application = django
else:
    lane = urlsplit(settings.RUSH_URL)
    application = StaticFront(
        django,
        public=settings.PUBLIC_ROOT,
        app=settings.H5_ROOT,
        also=f"{lane.scheme}://{lane.netloc}" if lane.netloc else "",
    )

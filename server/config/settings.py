"""One settings module; the environment decides what differs (see docs/operations/settings.md)."""

import os
from typing import Any

import django_stubs_ext

from config import database, env, mapping

django_stubs_ext.monkeypatch()  # so that typed code may write QuerySet[Case]

VERSION = env.version()
ROLE = os.environ.get("ROLE", "all")
DEMO = env.flag("ZHIJIAN_DEMO")
DEBUG = env.flag("ZHIJIAN_DEBUG")
OUTBOUND_STRICT = DEBUG  # a call to an outside system within a transaction is an error
HOME = env.home()
PUBLIC_ROOT = HOME / "public"
FILES_URL = os.environ.get("FILES_URL") or (HOME / "files").as_uri()
H5_ROOT = env.REPOSITORY / "miniapp" / "dist" / "build" / "h5"
DEMO_ROOT = env.REPOSITORY / "demo"
PORT = int(os.environ.get("PORT", "8000"))
PUBLIC_URL = os.environ.get("PUBLIC_URL", f"http://localhost:{PORT}")
SANDBOX_URL = os.environ.get("SANDBOX_URL", f"http://127.0.0.1:{PORT + 1}")

# Where the app finds the rush lane: a path behind a proxy, else a whole address; empty when none runs.
RUSH_URL = os.environ.get("RUSH_URL", "")

# Whose platform this is: on papers, pages and messages, and published to the app.
_CITY = env.city(demo=DEMO)
CITY_NAME, CITY_NAME_EN = _CITY["name"], _CITY["name_en"]
CITY_HOTLINE, CITY_SERVICE_PHONE = _CITY["hotline"], _CITY["service_phone"]
SMS_SIGNATURE = os.environ.get("SMS_SIGNATURE") or f"【{CITY_NAME.removesuffix('市')}政务】"

SECRET_KEY = env.secret("secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "*" if DEMO else "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "config",
    "zhijian.core",
    "zhijian.audit",
    "zhijian.organizations",
    "zhijian.calendars",
    "zhijian.editorial",
    "zhijian.identity",
    "zhijian.privacy",
    "zhijian.publishing",
    "zhijian.maps",
    "zhijian.catalog",
    "zhijian.licences",
    "zhijian.cases",
    "zhijian.appointments",
    "zhijian.content",
    "zhijian.tickets",
    "zhijian.consultations",
    "zhijian.ratings",
    "zhijian.messaging",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "axes",
    "csp",
    "django_htmx",
    "django_prometheus",
    "ninja",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

_CONSOLE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhijian.core.console_session.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhijian.core.console_errors.ProblemPages",
    "axes.middleware.AxesMiddleware",
]
MIDDLEWARE = [
    "zhijian.core.callers.Callers",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "zhijian.core.middleware.RequestContext",
    "zhijian.core.middleware.Afterwards",
    "zhijian.core.middleware.UnreadableShown",
    "zhijian.core.middleware.ApiRefusals",
    "zhijian.core.middleware.PatchByPost",
    "zhijian.core.compressing.Compression",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *([] if ROLE == "citizen" else _CONSOLE_MIDDLEWARE),
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [env.REPOSITORY / "server" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "zhijian.core.widgets.Renderer"

DATABASES = {"default": database.settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Pictures of the map, shared by the processes of this machine and kept over restarts.
    "tiles": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "tiles",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

AUTH_USER_MODEL = "organizations.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "zhijian.organizations.backends.StaffBackend",
]
PASSWORD_HASHERS = ["zhijian.core.passwords.PatientHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "zhijian.organizations.backends.NotTheDemos"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "zhijian.core.callers.caller_address"
AXES_LOCKOUT_CALLABLE = "zhijian.core.console_errors.locked_out"
CSRF_FAILURE_VIEW = "zhijian.core.console_errors.csrf_failure"
# A console session slides with what a person does and ends absolutely (core.console_session).
CONSOLE_IDLE_MINUTES = int(os.environ.get("CONSOLE_IDLE_MINUTES", "60"))
CONSOLE_SESSION_HOURS = int(os.environ.get("CONSOLE_SESSION_HOURS", "12"))
SESSION_COOKIE_AGE = CONSOLE_SESSION_HOURS * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("ZHIJIAN_HTTPS")
SECURE_PROXY_SSL_HEADER = (
    "HTTP_X_FORWARDED_PROTO",
    "https",
)  # Callers drops it unless a trusted proxy sent it
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_500_000
FILE_UPLOAD_HANDLERS = [
    "zhijian.core.files.uploads.GuardedUpload"
]  # in memory, refused by length before reading

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],  # Wagtail's shell styles inline
        "script-src": ["'self'", "'unsafe-inline'"],  # Wagtail's editor boots inline
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [env.REPOSITORY / "server" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
PROCRASTINATE_ON_APP_READY = "zhijian.core.periodic.use_chinas_clock"

STATIC_URL = "/console-static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [env.REPOSITORY / "server" / "static"]
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

WAGTAIL_SITE_NAME = "指尖"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

CASE_NUMBER_PREFIX = os.environ.get("CASE_NUMBER_PREFIX", "YZ")  # capital letters and digits
CITIZEN_SESSION_DAYS = 30
LOGIN_CODES_PER_PHONE_DAY = int(os.environ.get("LOGIN_CODES_PER_PHONE_DAY", "10"))
# Many phones may share one address behind a carrier's gateway; a demo is tried by many from one machine.
LOGIN_CODES_PER_ADDRESS_HOUR = int(os.environ.get("LOGIN_CODES_PER_ADDRESS_HOUR", "600" if DEMO else "30"))
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))  # how many append to X-Forwarded-For
TRUSTED_PROXY_NETWORKS = env.words("TRUSTED_PROXY_NETWORKS", "")
# Outside systems; what isn't configured is the sandbox's in the demo, and off elsewhere.
OUTSIDE = {
    name: env.outside(name, SANDBOX_URL, demo=DEMO)
    for name in ("sms", "identity_check", "courier", "registration", "sms_notice", "wechat")
}
MAP = mapping.tiles()
MAP_URL = mapping.map_url()
SANDBOX_INBOX_URL = os.environ.get("SANDBOX_INBOX_URL", SANDBOX_URL.replace("127.0.0.1", "localhost") + "/")
CONTENT_CHECK_LINKS = env.flag("CONTENT_CHECK_LINKS")  # whether articles' outside links may be called
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

LOGGING_CONFIG = "zhijian.core.logs.configure"
LOGGING = {"level": os.environ.get("LOG_LEVEL", "INFO"), "json": not DEBUG}
SILENCED_SYSTEM_CHECKS: list[str] = []

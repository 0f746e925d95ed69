"""The one settings module: every value comes from the environment and has a safe default."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from config import csp, env, s3

django_stubs_ext.monkeypatch()  # ModelAdmin[User] and its like, at run time
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR") or BASE_DIR / "data").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)

DEBUG = env.boolean("DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", 8000, least=1, most=65535)
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "rest_framework_simplejwt",  # for its translations
    "rest_framework_simplejwt.token_blacklist",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "config",
    "accounts",
    "resumes",
    "vacancies",
    "interviews",
    "proctoring",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.OptionalTrailingSlash",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.PrivateByDefault",
    "config.middleware.PersonLocale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False  # a redirect would lose a POST's body; see config.middleware

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- storage -------------------------------------------------------------------------------------------------------

DATABASE_URL = env.url("DATABASE_URL", ("postgresql", "postgres", "sqlite"))
DATABASES = {"default": dict(dj_database_url.parse(DATABASE_URL or f"sqlite:///{DATA_DIR / 'viva.sqlite3'}"))}
if DATABASE_URL.startswith("sqlite") or not DATABASE_URL:
    DATABASES["default"]["CONN_MAX_AGE"] = None  # opening a file costs more than a commit to an open one
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a transaction that reads first and writes later would otherwise fail with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", ("redis", "rediss", "unix"))
CHANNEL_LAYERS = {
    "default": (
        {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            # The layer waits 5 s for a message; redis-py 8 gives up reading after the same 5 s where nothing is said.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 30}]},
        }
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
}
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

MEDIA_ROOT = DATA_DIR / "media"
S3_BUCKET_NAME = env.text("S3_BUCKET_NAME")
S3_ENDPOINT_URL = env.url("S3_ENDPOINT_URL", ("http", "https"))
S3_ACCESS_KEY_ID = env.text("S3_ACCESS_KEY_ID")
S3_SECRET_ACCESS_KEY = env.text("S3_SECRET_ACCESS_KEY")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET_NAME,
                "endpoint_url": S3_ENDPOINT_URL or None,
                "access_key": S3_ACCESS_KEY_ID or None,
                "secret_key": S3_SECRET_ACCESS_KEY or None,
                "file_overwrite": False,
                **s3.patience(),
            },
        }
        if S3_BUCKET_NAME
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATIC_URL = env.text("STATIC_URL", "/static/")
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "frontend" / "public", BASE_DIR / "frontend" / "dist"]
CONTENT_SECURITY_POLICY = csp.policy(STATIC_URL, ALLOWED_HOSTS)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- people --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.domain.roles.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "interviews:home"
LOGOUT_REDIRECT_URL = "interviews:home"
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "viva@localhost")

SESSION_COOKIE_HTTPONLY = True
SECURE_COOKIES = env.boolean("SECURE_COOKIES")  # set it where the site is served over HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_FAILURE_VIEW = "config.failures.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
# HSTS and redirects to HTTPS are the proxy's; config.checks asks about cookies, naming the variable.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_TLS_PROXY = env.boolean("BEHIND_TLS_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None

DEFAULT_LANGUAGE = env.choice("DEFAULT_LANGUAGE", "en", ("en", "zh-hans", "ru", "ko"))
LANGUAGE_CODE = DEFAULT_LANGUAGE
LANGUAGES = [("en", _("English")), ("zh-hans", _("Chinese")), ("ru", _("Russian")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- API -----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PARSER_CLASSES": ["config.parsers.BoundedJSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "config.errors.api_exception_handler",
    "NUM_PROXIES": int(BEHIND_TLS_PROXY),  # without one, X-Forwarded-For is what the client likes to say
    "DEFAULT_THROTTLE_RATES": {"sign_in": "20/min", "sign_up": "20/min", "upload": "60/min", "search": "120/min"},
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=env.integer("ACCESS_TOKEN_MINUTES", 120, least=1)),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "UPDATE_LAST_LOGIN": True,
    "CHECK_REVOKE_TOKEN": True,  # a new password ends the tokens that were given for the old one
    "LEEWAY": 60,  # seconds: a clock that was set back a little must not take everybody's new tokens for future ones
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Viva",
    "VERSION": "1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,  # a file is bytes on its way in
    "ENFORCE_NON_BLANK_FIELDS": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "config.schema.describe_errors"],
    # From this server: installations may have no way out, and strangers' scripts have no business here.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": f"{STATIC_URL}icon.svg",
    "ENUM_NAME_OVERRIDES": {
        "InterviewStatus": "interviews.models.Status",
        "ResumeStatus": "resumes.models.Status",
        "VacancyStatus": "vacancies.models.Status",
        "ReportStatus": "reports.models.Report.Status",
        "SessionEnd": ["completed", "abandoned", "stopped"],
        "RequirementKind": ["must", "nice"],
    },
}

# --- slow work -----------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
if not REDIS_URL:
    _queue = DATA_DIR / "queue"
    for _name in ("messages", "processed", "control"):
        (_queue / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_CONCURRENCY = env.integer("CELERY_CONCURRENCY", 1, least=1, most=64)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_IMPORTS = ["resumes.search_tasks"]
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-resumes": {"task": "resumes.tasks.sweep_resumes", "schedule": 30.0, "options": {"expires": 30}},
    "sweep-imports": {"task": "resumes.tasks.sweep_imports", "schedule": 15.0, "options": {"expires": 15}},
    "sweep-duplicates": {"task": "resumes.tasks.sweep_duplicates", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-search": {"task": "resumes.search_tasks.sweep_search", "schedule": 30.0, "options": {"expires": 30}},
    "refresh-candidates": {"task": "vacancies.tasks.refresh_candidates", "schedule": 15.0, "options": {"expires": 15}},
    "sweep-reports": {"task": "reports.tasks.sweep_reports", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-interviews": {"task": "interviews.tasks.sweep_interviews", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-submissions": {"task": "interviews.tasks.sweep_submissions", "schedule": 60.0, "options": {"expires": 60}},
    "sweep-code-runs": {"task": "interviews.tasks.sweep_code_runs", "schedule": 60.0, "options": {"expires": 60}},
    "clean-outbox": {"task": "interviews.tasks.clean_outbox", "schedule": 600.0, "options": {"expires": 600}},
    "forget-recordings": {
        "task": "interviews.tasks.forget_recordings",
        "schedule": 86_400.0,
        "options": {"expires": 3_600},
    },
    "delete-files": {"task": "accounts.tasks.delete_files", "schedule": 60.0, "options": {"expires": 60}},
    "forget-expired": {"task": "accounts.tasks.forget_expired", "schedule": 86_400.0, "options": {"expires": 3_600}},
}

# --- interviews ----------------------------------------------------------------------------------------------------

MAX_AUDIO_SPEED = env.number("MAX_AUDIO_SPEED", 8, least=1, most=64)
RESUME_WINDOW_HOURS = env.number("RESUME_WINDOW_HOURS", 24, least=0.01, most=24 * 365)
MAX_OPEN_INTERVIEWS_PER_USER = env.integer("MAX_OPEN_INTERVIEWS_PER_USER", 5, least=1)
# What runs candidates' programs, and how many of them at once.
SANDBOX = env.choice("SANDBOX", "auto", ("auto", "bubblewrap", "piston", "none"))
PISTON_URL = env.url("PISTON_URL", ("http", "https"))
SANDBOX_CONCURRENCY = env.integer("SANDBOX_CONCURRENCY", max(1, (os.cpu_count() or 2) // 2), least=1, most=64)
# Which proctoring signals the candidate is told of while they happen; the recruiter sees all of them.
CANDIDATE_SIGNALS = env.listing("CANDIDATE_SIGNALS", "multiple_faces,no_face")
# Follow-ups, and harder or easier questions; off: the plan word for word, the same for everybody.
ADAPTIVE_QUESTIONS = env.boolean("ADAPTIVE_QUESTIONS", True)
RECORDING_SPOOL = DATA_DIR / "recordings"  # on this machine's disk; what is in it is on its way to the storage
RETENTION_DAYS = env.integer("RETENTION_DAYS", 0, most=36_500)  # of recordings; 0 keeps them
SHARE_RECORDING_WITH_CANDIDATE = env.boolean("SHARE_RECORDING_WITH_CANDIDATE")
SHARE_REPORT_WITH_CANDIDATE = env.boolean("SHARE_REPORT_WITH_CANDIDATE", True)

OPENAI_API_KEY = env.text("OPENAI_API_KEY")
OPENAI_BASE_URL = env.url("OPENAI_BASE_URL", ("http", "https"))
OPENAI_MODEL = env.text("OPENAI_MODEL", "gpt-4o")
INTERVIEWER_MODEL = env.text("INTERVIEWER_MODEL", OPENAI_MODEL)  # what asks the questions; "offline": the question bank
# What the interviewer's model costs, in US dollars for a million tokens read and written; 0: not known.
OPENAI_PRICE_IN = env.number("OPENAI_PRICE_IN", 0, most=900)
OPENAI_PRICE_OUT = env.number("OPENAI_PRICE_OUT", 0, most=900)
RESUME_MODEL = env.text("RESUME_MODEL", OPENAI_MODEL)  # what structures resumes; "offline": none leaves this machine
EMBEDDING_MODEL = env.text("EMBEDDING_MODEL")  # for search by meaning; without it texts are hashed, offline
MILVUS_URI = env.text("MILVUS_URI")
STT_PROVIDER = env.choice("STT_PROVIDER", "auto", ("auto", "whisper", "pocketsphinx", "openai", "none"))
ACKNOWLEDGE = env.boolean("ACKNOWLEDGE", True)  # a short "Thank you." while the interviewer thinks
TTS_PROVIDER = env.choice("TTS_PROVIDER", "auto", ("auto", "espeak", "edge", "openai", "elevenlabs", "none"))
ELEVENLABS_API_KEY = env.text("ELEVENLABS_API_KEY")
ELEVENLABS_VOICE_ID = env.text("ELEVENLABS_VOICE_ID")  # empty: one of their stock voices
WHISPER_MODEL = env.text("WHISPER_MODEL", "base")
WHISPER_DEVICE = env.choice("WHISPER_DEVICE", "cpu", ("cpu", "cuda", "auto"))
MODEL_CACHE_DIR = Path(env.text("MODEL_CACHE_DIR") or DATA_DIR / "models")

LIVEKIT_URL = env.url("LIVEKIT_URL", ("ws", "wss", "http", "https"))
LIVEKIT_PUBLIC_URL = env.url("LIVEKIT_PUBLIC_URL", ("ws", "wss", "http", "https")) or LIVEKIT_URL
LIVEKIT_API_KEY = env.text("LIVEKIT_API_KEY")
LIVEKIT_API_SECRET = env.text("LIVEKIT_API_SECRET")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Daphne and the websocket library log request lines, and a socket's request line holds its token.
    "loggers": {name: {"level": "WARNING"} for name in ("daphne", "websockets", "httpx", "openai", "botocore")},
}

"""Settings, all of them. Every switch is an environment variable that starts with WADAH_."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from wadah.site.environment import choice, database, flag, secret, text

HERE = Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
VAR = Path(text("WADAH_VAR", str(ROOT / "var")))

DEBUG = flag("WADAH_DEBUG", default=False)
SECRET_KEY = secret("WADAH_SECRET_KEY", VAR / "secret-key")
# Encrypts bank accounts (base/secrets.py): several parted by commas, the newest first; none: the secret key.
FIELD_KEY = text("WADAH_FIELD_KEY", "")
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}
ALLOWED_HOSTS = text("WADAH_HOSTS", ",".join(sorted(LOCAL_HOSTS))).split(",")
# Cookies travel over TLS only, unless this is a trial on one machine, or somebody says so.
INSECURE = flag("WADAH_INSECURE", default=DEBUG or set(ALLOWED_HOSTS) <= LOCAL_HOSTS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "wadah.base",
    "wadah.accounts",
    "wadah.register",
    "wadah.catalogue",
    "wadah.demand",
    "wadah.plans",
    "wadah.work",
    "wadah.ledger",
    "wadah.forum",
    "wadah.programme",
    "wadah.web",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wadah.accounts.middleware.living_device",
    "django_otp.middleware.OTPMiddleware",
    "wadah.web.middleware.language",
    "wadah.web.middleware.private",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wadah.web.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "wadah.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wadah.web.templatetags.wadah",
            ],
        },
    }
]
FORM_RENDERER = "wadah.web.forms.Renderer"

ROOT_URLCONF = "wadah.site.urls"
WSGI_APPLICATION = "wadah.site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": database("WADAH_DATABASE", f"sqlite:///{VAR / 'wadah.sqlite3'}")}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = "wadah_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not INSECURE

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "wadah_session" if INSECURE else "__Host-wadah_session"
SESSION_COOKIE_SECURE = not INSECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "wadah_csrf" if INSECURE else "__Host-wadah_csrf"
CSRF_COOKIE_SECURE = not INSECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "wadah.web.errors.csrf_failed"

# The door (docs/decisions/0005): who answers for others' work or money gives a code of six digits beside the password.
DEVICE_COOKIE_NAME = "wadah_device" if INSECURE else "__Host-wadah_device"
TOTP = choice("WADAH_TOTP", "required", "offered", default="offered" if INSECURE else "required")
DELIVERY = text("WADAH_DELIVERY", "")  # a class of accounts/delivery.py's kind; without one, managers hand links over
# Who stands on the city's report, and its own boundaries of kelurahan (GeoJSON with the interior ministry's codes);
# without a file, the map is drawn from the kelurahan's centres.
AGENCY = text("WADAH_AGENCY", "Dinas Perindustrian dan Perdagangan Kota Bekasi")
BOUNDARIES = text("WADAH_BOUNDARIES", "")
OTP_TOTP_ISSUER = "Wadah"
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0  # accounts/tries.py counts, for an exact time and in words

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not INSECURE
SECURE_HSTS_SECONDS = 0 if INSECURE else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE
SECURE_HSTS_PRELOAD = not INSECURE
if flag("WADAH_PROXY", default=False):  # behind a proxy that ends TLS and sets this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wadah.site.logs.MaskingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "wadah": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

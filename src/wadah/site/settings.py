"""Settings, all of them. Every switch is an environment variable that starts with WADAH_."""

from __future__ import annotations

from pathlib import Path

from wadah.site.environment import database, flag, secret, text

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(text("WADAH_VAR", str(ROOT / "var")))

DEBUG = flag("WADAH_DEBUG", default=False)
SECRET_KEY = secret("WADAH_SECRET_KEY", VAR / "secret-key")
ALLOWED_HOSTS = text("WADAH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "wadah.base",
    "wadah.accounts",
    "wadah.register",
    "wadah.catalogue",
    "wadah.demand",
    "wadah.plans",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "wadah.site.urls"
WSGI_APPLICATION = "wadah.site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": database("WADAH_DATABASE", f"sqlite:///{VAR / 'wadah.sqlite3'}")}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

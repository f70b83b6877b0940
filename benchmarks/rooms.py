"""Imported before what needs the rooms' models: the settings, with a database in memory that nothing is read from."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
os.environ.setdefault("WADAH_DATABASE", "sqlite://:memory:")
os.environ.setdefault("WADAH_SECRET_KEY", "benchmarks")

import django
from django.apps import apps

if not apps.ready:
    django.setup()

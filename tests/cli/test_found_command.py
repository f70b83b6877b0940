"""`wadah found`: an empty site gets a cooperative, a manager who can come in, and nothing that is made up."""

import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from wadah.cli.main import main
from wadah.register.models import Area, Cooperative, Ikm, Skill
from wadah.register.selectors import user_roles

pytestmark = pytest.mark.django_db
NAMES = ["--cooperative", "Koperasi Karya Uji", "--manager", "Bu Ratna", "--lang", "en"]


def said(capsys, *words):
    code = main(["found", *NAMES, *words])
    return code, capsys.readouterr()


def test_the_link_it_prints_opens_the_managers_account(capsys):
    code, told = said(capsys, "--phone", "0812-0000-7001")
    assert code == 0
    address = re.search(r"/masuk/tautan/\S+/", told.out)[0]
    page = Client().get(address).content.decode()
    assert "Bu" in page
    cooperative = Cooperative.objects.get()
    assert (cooperative.name, cooperative.code, cooperative.simulated) == (
        "Koperasi Karya Uji",
        "koperasi-karya-uji",
        False,
    )
    assert Area.objects.filter(kind="kelurahan").count() == 56
    assert Skill.objects.exists()
    assert not Ikm.objects.exists()


def test_the_first_manager_looks_after_the_site_and_the_second_does_not(capsys):
    from wadah.accounts.models import User

    said(capsys, "--phone", "0812-0000-7001")
    said(capsys, "--phone", "0812-0000-7002")
    first, second = User.objects.order_by("pk")
    assert user_roles(first).admin
    assert not user_roles(second).admin
    assert user_roles(first).cooperatives_managed == user_roles(second).cooperatives_managed


def test_again_it_changes_nothing_and_gives_a_new_way_in(capsys):
    _, once = said(capsys, "--phone", "0812-0000-7001")
    _, again = said(capsys, "--phone", "+62 812 0000 7001")
    assert Cooperative.objects.count() == 1
    assert once.out != again.out
    old, new = (Client().get(re.search(r"/masuk/tautan/\S+/", told.out)[0]).content.decode() for told in (once, again))
    assert 'action="/masuk/tautan/"' in new
    assert 'action="/masuk/tautan/"' not in old


def test_a_phone_that_cannot_be_dialled_founds_nothing(capsys):
    code, told = said(capsys, "--phone", "12")
    assert code == 2
    assert "“12” isn't a phone number" in told.err
    assert not Cooperative.objects.exists()


def test_from_a_shell_a_database_that_cannot_be_opened_is_told_in_words(tmp_path):
    """A process of its own: nothing has set Django up before the command does."""
    (tmp_path / "file").touch()
    environment = {**os.environ, "WADAH_VAR": str(tmp_path), "WADAH_DATABASE": f"sqlite:///{tmp_path}/file/x.sqlite3"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "wadah", "found", *NAMES, "--phone", "0812-0000-7001"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr

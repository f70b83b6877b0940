"""Every address has a policy, every writing form a key, every page the frame; no page a style or script of its own."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from wadah.web.access import POLICIES, Policy

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "wadah" / "web" / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
HARMLESS_TWICE = {"login", "logout", "language"} | {
    # These count failures, which a transaction that is rolled back would forget; twice, the second finds it done.
    *("link_ask", "link_open", "secret_choose", "secret_change", "second_step", "second_step_setup"),
    *("recovery_codes", "second_step_off", "link_hand_over"),
    # These change nothing: they show whole account numbers, and write down each time that they did.
    *("payout_csv", "payout_xlsx", "payout_account_whole", "surplus_bank_file"),
}
INLINE = re.compile(r"<(?:style|script)\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def routes(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern
        else:
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))


ROUTES = list(routes(get_resolver().url_patterns))


@pytest.mark.parametrize(("route", "pattern"), ROUTES, ids=[route or "first page" for route, _pattern in ROUTES])
def test_every_address_has_a_policy(route, pattern):
    policy = getattr(pattern.callback, "policy", None)
    assert isinstance(policy, Policy), f"{route} is not guarded by web.access.access"
    assert {*policy.users, *policy.readers} <= POLICIES.keys()
    assert policy.once or pattern.name in HARMLESS_TWICE


def test_addresses_have_names_and_no_name_twice():
    names = [pattern.name for _route, pattern in ROUTES]
    assert None not in names
    assert len(names) == len(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/masuk/../nowhere/", "/%00/", "/static/../settings.py"])
def test_what_is_unknown_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_is_a_page_in_the_frame_or_a_part(path):
    text = path.read_text(encoding="utf-8")
    assert path.name.startswith("_") or path.name == "base.html" or text.startswith('{% extends "')
    assert INLINE.search(re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)) is None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_form_that_writes_carries_its_tokens(path):
    for form in re.findall(r"<form\b[^>]*post.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE):
        assert "{% csrf_token %}" in form
        harmless = re.search(r"\{% url '(\w+)'", form)
        assert "{% idempotency %}" in form or (harmless and harmless[1] in HARMLESS_TWICE)


def test_every_icon_that_is_asked_for_exists():
    sprite = (TEMPLATES.parent / "static" / "wadah" / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    asked = {
        name for path in PAGES for name in re.findall(r'\{% icon "([\w-]+)" %\}', path.read_text(encoding="utf-8"))
    }
    assert asked <= drawn

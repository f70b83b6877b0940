"""Every page of every role keeps within its budget of bytes, sticks out of no phone, and gives axe nothing to find.

The pages are those of tests/addresses, so a page that is added there is measured here. Lists are filled to a whole
page first: an empty list is always light. Bytes are counted as a phone gets them: pages and files packed with gzip.

Every page is weighed in both languages. A browser takes much longer, so in the ordinary run it looks only at pages with
something that no page before had (limbs.py); `make screens` has it look at all of them, at a desk's width too.
"""

import gzip
import os
import re
from functools import cache
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from limbs import limbs

from addresses import ADMIN, BUYER, INSPECTOR, MANAGER, MEMBER, OFFICER, STRANGER, TREASURER, all_rules
from cast import JOINED, MONDAY
from cast_roles import address_of, roles_build
from wadah.catalogue.models import Part
from wadah.demand.models import Buyer, Order
from wadah.register.models import Cooperative, Ikm, Membership, Subsector, Workshop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KB = 1024
# First load with all files, next page with none of them; by who reads it (member, office, picture).
PHONE, DESK, PICTURE = (40 * KB, 12 * KB), (120 * KB, 40 * KB), (250 * KB, 80 * KB)
OFFICE = (MANAGER, TREASURER, INSPECTOR, BUYER, OFFICER, ADMIN)
BUDGETS = {STRANGER: PHONE, MEMBER: PHONE, **dict.fromkeys(OFFICE, DESK)}
PICTURES = (b'class="gantt', b'class="map')
ALL = os.environ.get("WADAH_SCREENS") == "all"
WIDTH, WIDE = 360, 1280
KNOWN = set()
"""Limbs that the browser has looked at."""
NAMED = re.compile(rb'/static/([^"#?)]+)')
PARTS = [(role, part, 4 if role == MANAGER else 1) for role in BUDGETS for part in range(4 if role == MANAGER else 1)]
"""Role, which part of its pages, of how many: managers have half of all pages."""
ROWS = 60
RULES = {name: rule for name, rule in all_rules().items() if rule.method == "get"}


def fill(rows=ROWS):
    """More members, parts and orders than one page of a list holds, with names as long as people have."""
    cooperative, subsector = Cooperative.objects.get(code="maju-bersama"), Subsector.objects.first()
    for number in range(100, 100 + rows):
        ikm = Ikm.objects.create(
            name=f"Usaha Bersama Karya Logam Mandiri {number}", owner_name=f"Bapak Slamet {number}"
        )
        Workshop.objects.create(ikm=ikm, code=f"W-{number}", name=f"Bengkel bubut dan las Bapak Slamet {number}")
        Membership.objects.create(cooperative=cooperative, ikm=ikm, role="member", joined_on=JOINED)
        Part.objects.create(code=f"KARET-PEREDAM-{number}", name=f"Karet peredam getar {number}", subsector=subsector)
        Order.objects.create(
            number=f"PO-2026-{number:04d}", buyer=Buyer.objects.first(), cooperative=cooperative, ordered_on=MONDAY
        )


@cache
def file_bytes(path):
    """Bytes of a static file as it is sent: packed, unless packing makes it longer."""
    found = finders.find(path)
    assert found, f"{path} is asked for and isn't there"
    with open(found, "rb") as file:
        content = file.read()
    return min(len(gzip.compress(content, 9)), len(content))


def addresses(role, users, values, names):
    """(name, address, its content as it is sent) of each page that the role gets; files and redirects aside."""
    client = Client(headers={"accept-encoding": "gzip"})
    if users[role] is not None:
        client.force_login(users[role])
    found = []
    for name in names:
        address = address_of(name, RULES[name], values)
        answer = client.get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
        if answer.status_code == 200 and is_page and "Content-Disposition" not in answer.headers:
            found.append((name, address, answer.content))
    return client, found


def context_of(browser, live_server, client, language):
    context = browser.new_context(base_url=live_server.url, viewport={"width": WIDTH, "height": 740})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"wadah_language": language}
    context.add_cookies([{"name": name, "value": text, "url": live_server.url} for name, text in cookies.items()])
    context.route("https://**", lambda route: route.fulfill(status=204))  # a page that leads on to WhatsApp stays
    return context


def budget_of(role, content):
    """A map or a Gantt chart may weigh more, for whoever it is."""
    drawn = any(picture in gzip.decompress(content) for picture in PICTURES)
    return PICTURE if drawn else BUDGETS[role]


def weighed(budget, size, files):
    """What is too heavy, in words."""
    first_most, next_most = budget
    first = size + sum(file_bytes(path) for path in files)
    faults = []
    if first > first_most:
        faults.append(f"first load {first / KB:.1f} KB of {first_most // KB}")
    if size > next_most:
        faults.append(f"next page {size / KB:.1f} KB of {next_most // KB}")
    return faults


def looked_at(page, address):
    """What sticks out at a phone's width, what axe finds, what the browser refuses to load."""
    faults = []
    answer = page.goto(address)
    if answer.status != 200 or urlsplit(answer.url).path != address:
        return [f"status {answer.status} at {answer.url}"]
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    if wide > WIDTH:
        faults.append(f"{wide} px wide at {WIDTH}")
    faults += axe_finds(page)
    if ALL:
        page.set_viewport_size({"width": WIDE, "height": 900})
        faults += [f"at {WIDE} px: {fault}" for fault in axe_finds(page)]
        page.set_viewport_size({"width": WIDTH, "height": 740})
    return faults


def axe_finds(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [f"axe {fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found.response["violations"]]


@pytest.mark.parametrize(("role", "part", "of"), PARTS)
def test_pages_are_light_fit_a_phone_and_give_axe_nothing_to_find(role, part, of, browser, live_server):
    users, values = roles_build()
    fill()
    names = [name for name, rule in RULES.items() if role in rule.sees][part::of]
    faults = []
    for language in ("id", "en"):
        if users[role] is not None:
            type(users[role]).objects.filter(pk=users[role].pk).update(language=language)
        client, pages = addresses(role, users, values, names)
        assert pages
        context = context_of(browser, live_server, client, language)
        faults += [f"{language} {fault}" for fault in faults_of(context.new_page(), role, pages)]
        context.close()
    assert faults == [], "\n".join(faults)


def faults_of(page, role, pages):
    """Files that a page asks for without naming them (a font) count for all pages that nobody looked at."""
    faults, asked, noise, unnamed = [], set(), [], set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    page.on("console", lambda message: noise.append(message.text))
    for name, address, content in pages:
        asked.clear()
        noise.clear()
        html = gzip.decompress(content)
        files, wrong, parts = named(html), [], limbs(html.decode())
        if ALL or not KNOWN.issuperset(parts):
            KNOWN.update(parts)
            wrong = looked_at(page, address)
            loaded = {path.removeprefix("/static/") for path in asked if path.startswith("/static/")}
            unnamed |= loaded - files
            files = loaded
        wrong += weighed(budget_of(role, content), len(content), sorted(files | unnamed))
        wrong += [f"console: {line[:160]}" for line in noise if "Content" in line and "Policy" in line]
        faults += [f"{address} ({name}): {fault}" for fault in wrong]
    return faults


def named(html):
    """The static files that a page names."""
    return {path.decode() for path in NAMED.findall(html)}


def test_the_scales_find_what_is_too_heavy_and_too_wide(page):
    light, drawn = gzip.compress(b"<p>"), gzip.compress(b'<svg class="gantt">')
    assert weighed(budget_of(MEMBER, light), 41 * KB, []) == ["first load 41.0 KB of 40", "next page 41.0 KB of 12"]
    assert weighed(budget_of(MANAGER, drawn), 79 * KB, ["wadah/wadah.css"]) == []
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img width=900><div class=wide>x</div>')")
    page.evaluate("document.querySelector('.wide').style.width = '900px'")
    assert page.evaluate("document.scrollingElement.scrollWidth") > WIDTH
    assert any(fault.startswith("axe image-alt: <img") for fault in axe_finds(page))

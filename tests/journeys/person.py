"""Somebody at a browser of their own, who reads what stands there and presses what they see."""

from playwright.sync_api import expect

LEAVE = {"id": "Keluar", "en": "Sign out"}
WAIT = 180_000  # milliseconds, for machines that are busy with other tests
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 720}


class Person:
    """What the browser or the server complains of is kept until `at`; taps counts what was opened and pressed."""

    def __init__(self, browser, address, language, *, javascript, screen=DESK):
        self.context = browser.new_context(
            base_url=address, java_script_enabled=javascript, accept_downloads=True, viewport=screen
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.language, self.faults, self.taps = language, [], 0
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", self.answered)

    def heard(self, message):
        if message.type in {"error", "warning"}:
            self.faults.append(message.text)

    def answered(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")

    def open(self, address):
        self.taps += 1
        self.page.goto(address)

    def sign_in(self, secret, number=""):
        """On a device that is remembered the secret alone is asked for."""
        if number:
            self.open("/masuk/")
            self.fill(phone=number)
        self.fill(password=secret)
        self.taps += 1
        self.page.locator("main form button").first.click()

    def sign_out(self):
        self.page.get_by_role("button", name=LEAVE[self.language], exact=True).click()
        self.page.locator("form.who").wait_for(state="detached")

    def at(self, title):
        """Stands on the page with this heading, in the person's language, and nothing went wrong on the way there.

        Returns what the page says.
        """
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=WAIT)
        assert self.faults == []
        assert self.page.get_attribute("html", "lang") == self.language
        assert self.page.get_by_role("button", name=LEAVE[self.language], exact=True).is_visible()
        return self.page.inner_text("main")

    def go(self, name):
        """By the main ways at the top of every page, unfolded where they are many on a phone."""
        menu = self.page.locator("nav.ways > label")
        if menu.is_visible():
            menu.click()
        self.page.locator("nav.ways").get_by_role("link", name=name, exact=True).click()

    def account(self):
        self.page.locator(".who a").click()

    def follow(self, *names):
        for name in names:
            self.taps += 1
            self.link(name).click()

    def link(self, name):
        return self.page.locator("main").get_by_role("link", name=name).first

    def press(self, name):
        self.taps += 1
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    def unfold(self, name):
        self.taps += 1
        self.page.locator("main summary", has_text=name).click()

    def fill(self, **values):
        """Buttons may bear the name of a field."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]:not(button)").first.fill(value)

    def choose(self, **labels):
        for name, label in labels.items():
            self.page.select_option(f"main [name={name}]", label=label)

    def tick(self, name, value):
        self.page.check(f"main [name={name}][value={value}]")

    def upload(self, name, content):
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        self.page.set_input_files("input[type=file]", {"name": name, "mimeType": kind, "buffer": content})

    def download(self, name):
        with self.page.expect_download() as waiting:
            self.follow(name)
        return waiting.value.path().read_bytes()

    def fetch(self, name):
        """What a link leads to, asked for with the person's cookies: a PDF that the browser would show by itself."""
        answer = self.context.request.get(self.link(name).get_attribute("href"))
        assert answer.ok, answer.status
        return answer.body()

"""What the name that a browser sends says about a device, in the few words that its owner knows it by."""

from __future__ import annotations

KINDS = (
    ("iphone", "iphone"),
    ("ipad", "ipad"),
    ("windows", "windows"),
    ("macintosh", "mac"),
    ("cros", "linux"),
    ("linux", "linux"),
)
BROWSERS = (
    ("SamsungBrowser/", "Samsung Internet"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Opera Mini/", "Opera Mini"),
    ("UCBrowser/", "UC Browser"),
    ("MiuiBrowser/", "Mi Browser"),
    ("WhatsApp/", "WhatsApp"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def browser_read(agent: str) -> tuple[str, str]:
    """(kind of device, browser) of a User-Agent header: ("android_phone", "Chrome"); ("other", "") if it says nothing.

    For showing only: anybody can send any name, so nothing is decided by it.
    """
    lower = agent.lower()
    if "android" in lower:
        kind = "android_phone" if "mobile" in lower or "opera mini" in lower else "android_tablet"
    else:
        kind = next((found for sign, found in KINDS if sign in lower), "other")
    return kind, next((name for sign, name in BROWSERS if sign in agent), "")

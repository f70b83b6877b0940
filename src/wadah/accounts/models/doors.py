"""How people come in: devices that are remembered, one-time links, and requests for such a link.

Of a cookie's or a link's secret only the SHA-256 is kept; both are 192 random bits, which nobody finds by trying.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models.people import User


class Device(models.Model):
    """A phone or computer on which a person has signed in; there the PIN or password is enough while it lives.

    secret_hash: of the cookie; how: what let it in last; expires_at: 90 days after that; ended_at: signed out by hand,
    with every session on it.
    """

    class Kind(models.TextChoices):
        ANDROID_PHONE = "android_phone", _("Android phone")
        ANDROID_TABLET = "android_tablet", _("Android tablet")
        IPHONE = "iphone", "iPhone"
        IPAD = "ipad", "iPad"
        WINDOWS = "windows", _("Windows computer")
        MAC = "mac", _("Mac computer")
        LINUX = "linux", _("Linux computer")
        OTHER = "other", _("Other device")

    class How(models.TextChoices):
        LINK = "link", _("one-time link")
        PIN = "pin", _("PIN")
        PASSWORD = "password", _("password")

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    secret_hash = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.OTHER)
    browser = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=8, choices=How.choices)
    first_seen_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at", "-id"]
        indexes = [models.Index(fields=["user", "ended_at"], name="device_of_a_person")]
        constraints = [
            models.CheckConstraint(condition=Q(seen_at__gte=F("first_seen_at")), name="device_seen_in_order"),
            models.CheckConstraint(condition=Q(how__in=["link", "pin", "password"]), name="device_how"),
        ]

    def __str__(self) -> str:
        kind = str(self.Kind(self.kind).label)
        return f"{kind}, {self.browser}" if self.browser else kind


class SignInLink(models.Model):
    """A link that signs one person in, once. At most one is open for a person: a new one withdraws the old.

    made_by: the manager who handed it over, null where Wadah sent it itself; asked: the person asked for it, so that it
    lives minutes instead of a day; next: the page of this site to open afterwards, empty for the first.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.BooleanField(default=False)
    next = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="signinlink_one_open_a_person",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="signinlink_used_or_withdrawn"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="signinlink_lives"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.made_at:%Y-%m-%d %H:%M}"


class LinkRequest(models.Model):
    """A person's wish for a link; it waits until somebody hands one over (answered_at)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="link_requests")
    next = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(answered_at__isnull=True), name="linkrequest_one_open_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.asked_at:%Y-%m-%d %H:%M}"

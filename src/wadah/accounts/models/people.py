"""People who sign in. What they may do in a cooperative is a membership, in register."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

TITLES = {
    "bu",
    "pak",
    "ibu",
    "bapak",
    "mas",
    "mbak",
    "kang",
    "teh",
    "haji",
    "hajah",
    "h",
    "hj",
    "mr",
    "mrs",
    "ms",
    "dr",
}


class UserManager(BaseUserManager["User"]):
    """Reads people; accounts.services.user_create is the checked way to make one."""

    def create_user(self, phone: str, name: str, password: str | None = None) -> User:
        user = self.model(phone=phone, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person. The phone (E.164, "+62…") is the login name; one name field, for single-word names are normal.

    by_pin: what `password` keeps is the hash of a PIN of eight digits, which a phone's keypad types; an account has one
    secret, a PIN or a password. is_active: False closes the account: nobody can sign in with it, and it has no roles.
    No date of birth is kept.
    """

    class Language(models.TextChoices):
        INDONESIAN = "id", "Indonesia"
        ENGLISH = "en", "English"

    phone = models.CharField(_("phone"), max_length=16, unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, default="id", choices=Language.choices)
    by_pin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(phone__startswith="+"), name="user_phone_e164"),
            models.CheckConstraint(condition=~models.Q(name=""), name="user_name_filled"),
            models.CheckConstraint(condition=models.Q(language__in=["id", "en"]), name="user_language"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What a page says to whoever holds a link, before it is known to be the right person: "Bu Sari", "Sari"."""
        words = self.name.split()
        return " ".join(words[:2] if words[0].rstrip(".").lower() in TITLES else words[:1])

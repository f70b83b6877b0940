"""People who sign in. What they may do in a cooperative is a membership, in register."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, phone: str, name: str, password: str | None = None) -> User:
        user = self.model(phone=phone, name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person. The phone (E.164, "+62…") is the login name; one name field, for single-word names are normal."""

    phone = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="id", choices=[("id", "Indonesia"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(phone__startswith="+"), name="user_phone_e164"),
        ]

    def __str__(self) -> str:
        return self.name

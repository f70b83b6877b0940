"""Cooperatives, who belongs to them in which role, and who speaks for the city."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.register.models.fields import folded, in_order
from wadah.register.models.makers import Ikm
from wadah.register.models.places import Area


class Cooperative(models.Model):
    """A cooperative of makers, and how it shares work.

    fairness_key: what a member's target of hours follows; target_percent: 0 … 100, the target as a share of it;
    below_target_cost_rupiah_hour: what an hour below the target weighs in the plan; engage_cost_rupiah: what it costs
    to bring one more workshop into a plan (a visit, a mould carried over).
    """

    class FairnessKey(models.TextChoices):
        NONE = "none", _("no target")
        EQUAL = "equal", _("the same hours for every workshop")
        FREE_HOURS = "free_hours", _("in proportion to free hours")
        WISHED = "wished", _("in proportion to the hours wished for")
        NEED = "need", _("by need, as the cooperative weighs it")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    name_key = folded("name")
    legal_number = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="cooperatives")
    founded_on = models.DateField(null=True, blank=True)
    fairness_key = models.CharField(max_length=12, choices=FairnessKey.choices, default=FairnessKey.NONE)
    target_percent = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    below_target_cost_rupiah_hour = models.BigIntegerField(default=0)
    engage_cost_rupiah = models.BigIntegerField(default=0)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(target_percent__lte=100), name="cooperative_target_percent"),
            models.CheckConstraint(
                condition=Q(below_target_cost_rupiah_hour__gte=0), name="cooperative_below_target_cost"
            ),
            models.CheckConstraint(condition=Q(engage_cost_rupiah__gte=0), name="cooperative_engage_cost"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An IKM's or a person's place in a cooperative, from joined_on up to left_on (the first day outside; null: open).

    A member is an IKM, and user the person who signs in for it, null when nobody does (the manager acts for them).
    The other roles are held by persons.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        MANAGER = "manager", _("manager")
        TREASURER = "treasurer", _("treasurer")
        INSPECTOR = "inspector", _("inspector")

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="memberships")
    ikm = models.ForeignKey(Ikm, models.PROTECT, null=True, blank=True, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["cooperative", "role", "joined_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="member", ikm__isnull=False) | (~Q(role="member") & Q(user__isnull=False)),
                name="membership_member_is_an_ikm",
            ),
            models.CheckConstraint(condition=in_order("joined_on", "left_on"), name="membership_dates"),
            models.UniqueConstraint(
                fields=["cooperative", "ikm", "role"],
                condition=Q(left_on__isnull=True, ikm__isnull=False),
                name="membership_one_open_an_ikm",
            ),
            models.UniqueConstraint(
                fields=["cooperative", "user", "role"],
                condition=Q(left_on__isnull=True, user__isnull=False) & ~Q(role="member"),
                name="membership_one_open_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative}: {self.ikm or self.user}, {self.get_role_display()}"


class Appointment(models.Model):
    """A person's office in the city, from valid_from to valid_until (both included; null: still in office).

    area: what an officer looks after, null for the whole city; an admin has none.
    """

    class Role(models.TextChoices):
        OFFICER = "officer", _("city officer")
        ADMIN = "admin", _("administrator")

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=Role.choices)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["role", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(condition=in_order("valid_from", "valid_until"), name="appointment_dates"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(valid_until__isnull=True), name="appointment_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

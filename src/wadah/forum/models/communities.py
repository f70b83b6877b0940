"""Communities of hobbyists and makers, what they care for, and who joined in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, one_of
from wadah.forum.words import CommunityRole
from wadah.register.models import Area


class Community(models.Model):
    """A community with a page that anybody may read.

    slug: its address; contact: as they want to be reached, shown to all; founded_on: by their own word, null: not told;
    created_by: who opened the page; archived_at: it no longer meets, the page stays.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    about = models.TextField(max_length=2000)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=160, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [*filled("community", "slug", "name", "about")]

    def __str__(self) -> str:
        return self.name


class Interest(models.Model):
    """One thing that a community cares for, as a tag in small letters: "robot", "batik tulis"."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="interests")
    tag = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["community", "tag"]
        constraints = [
            models.UniqueConstraint(fields=["community", "tag"], name="interest_once"),
            *filled("interest", "tag"),
        ]

    def __str__(self) -> str:
        return self.tag


class CommunityMember(models.Model):
    """Somebody's time in a community; left_at null: still there."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=CommunityRole, default=CommunityRole.MEMBER)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["community", "joined_at", "id"]
        constraints = [
            one_of("communitymember", "role", CommunityRole),
            models.UniqueConstraint(
                fields=["community", "user"], condition=Q(left_at__isnull=True), name="communitymember_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("joined_at")),
                name="communitymember_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.user_id}"

"""Ideas, and who says "me too"."""

from __future__ import annotations

from django.db import models

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled
from wadah.forum.models.communities import Community


class Idea(models.Model):
    """Something that somebody would like to see tried. withdrawn_at: taken back, by `withdrawn_by`."""

    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2000)
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="ideas")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    named = models.BooleanField(default=False, help_text="whether everybody may read who it is from")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(max_length=400, blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [*filled("idea", "title", "text")]

    def __str__(self) -> str:
        return self.title


class IdeaSupport(models.Model):
    """ "Saya ikut": somebody would join in. One a person and idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="supporters")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["idea", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="ideasupport_once")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.user_id}"

"""Buyers, and the people who may speak for them."""

from __future__ import annotations

from django.db import models

from wadah.accounts.models import User
from wadah.catalogue.constraints import filled, one_of
from wadah.demand.words import BuyerKind, Market
from wadah.register.models import Cooperative


class Buyer(models.Model):
    """Who orders: a factory, an office, a school, a trader. address: as it stands on papers.

    archived_at: since when the buyer isn't offered in forms any more; empty: in use. cooperatives: those that brought
    the buyer in; orders and requests make others know it too.
    """

    name = models.CharField(max_length=160, unique=True)
    market = models.CharField(max_length=8, choices=Market)
    kind = models.CharField(max_length=10, choices=BuyerKind)
    simulated = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    address = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    cooperatives = models.ManyToManyField(Cooperative, related_name="+", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            *filled("buyer", "name"),
            one_of("buyer", "market", Market),
            one_of("buyer", "kind", BuyerKind),
        ]

    def __str__(self) -> str:
        return self.name


class BuyerContact(models.Model):
    """A person who may see and place a buyer's orders."""

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="contacts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["buyer", "user"], name="buyercontact_once")]

    def __str__(self) -> str:
        return f"{self.buyer_id}: {self.user_id}"

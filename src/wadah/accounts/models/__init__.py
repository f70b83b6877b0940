"""Rows about people and how they come in. What they may do in a cooperative is a membership, in register.

people: accounts · doors: devices that are remembered, one-time links, requests for a link. Secrets are kept as hashes.
"""

from wadah.accounts.models.doors import Device, LinkRequest, SignInLink
from wadah.accounts.models.people import User, UserManager

__all__ = ["Device", "LinkRequest", "SignInLink", "User", "UserManager"]

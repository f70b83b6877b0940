"""The cards of Today, a module a room; naming it here has its cards made."""

from wadah.web.views.manager.today.cards import (
    catalogue,
    demand,
    imports,
    money,
    offers,
    plans,
    quality,
    register,
    work,
)

__all__ = ["catalogue", "demand", "imports", "money", "offers", "plans", "quality", "register", "work"]

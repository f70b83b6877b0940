"""Who may see and do what. Every view goes through `access`, which also makes each write happen once.

    @access(MANAGER, readers=(OFFICER,), methods=("GET", "POST"))
    def order(request, pk):
        row = own_or_404(person_of(request).orders, pk=pk)

Not signed in → the sign-in page. No role for it → 404, as if it weren't there. A reader who writes → 403.
A POST carries `{% idempotency %}`; sent again, it has one effect and the same answer; with another body it is a 409.
Somebody half signed in (a code or a PIN is still to come) gets that step's page in place of every other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wadah.base.errors import NotYours, ReadOnly, Refused
from wadah.base.idempotency import KEY_LENGTH_MAX, NoReceipt, body_hash, once
from wadah.demand.models import BuyerContact, Institution
from wadah.register.selectors import user_roles
from wadah.web.steps import step_missing, to_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User
    from wadah.register.rules import Roles

    View = Callable[..., HttpResponse]

M = TypeVar("M", bound=Model)

PUBLIC, SIGNED_IN = "public", "signed_in"
MANAGER, MEMBER, TREASURER, INSPECTOR = "manager", "member", "treasurer", "inspector"
BUYER, OFFICER, ADMIN = "buyer", "officer", "admin"
SCHOOL = "school"
"""A buyer's contact whose buyer is a school or an office under the mandate."""

KEY_FIELD = "idempotency_key"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class Person:
    """Whoever sent the request, and what they may act for; read from the database only when asked."""

    def __init__(self, user: User | None) -> None:
        self.user = user

    @property
    def signed_in(self) -> bool:
        return self.user is not None

    @property
    def name(self) -> str:
        return self.user.name if self.user else ""

    @cached_property
    def roles(self) -> Roles:
        return user_roles(self.user)

    @cached_property
    def buyers(self) -> frozenset[int]:
        """Buyers that this person speaks for."""
        if self.user is None or not self.user.is_active:
            return frozenset()
        return frozenset(BuyerContact.objects.filter(user=self.user).values_list("buyer_id", flat=True))

    @cached_property
    def speaks_for_school(self) -> bool:
        return bool(self.buyers) and Institution.objects.filter(buyer__in=self.buyers).exists()

    @property
    def answers_for_others(self) -> bool:
        """Whether others' work, money or data lie in these hands: a password and a second step are asked of them."""
        return any(self.holds(role) for role in (MANAGER, TREASURER, OFFICER, ADMIN))

    def holds(self, policy: str) -> bool:
        return POLICIES[policy](self)


POLICIES: dict[str, Callable[[Person], bool]] = {
    PUBLIC: lambda person: True,
    SIGNED_IN: lambda person: person.signed_in,
    MANAGER: lambda person: bool(person.roles.cooperatives_managed),
    TREASURER: lambda person: bool(person.roles.cooperatives_kept),
    INSPECTOR: lambda person: bool(person.roles.cooperatives_inspected),
    MEMBER: lambda person: bool(person.roles.cooperatives_joined),
    BUYER: lambda person: bool(person.buyers),
    SCHOOL: lambda person: person.speaks_for_school,
    OFFICER: lambda person: person.roles.officer,
    ADMIN: lambda person: person.roles.admin,
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What stands on a view: who may use it, who may only read it, which methods, whether writes carry a key, and
    whether it is open to somebody who is half signed in."""

    users: tuple[str, ...]
    readers: tuple[str, ...]
    methods: tuple[str, ...]
    once: bool
    door: bool = False


def access(
    *users: str,
    readers: tuple[str, ...] = (),
    methods: tuple[str, ...] = ("GET",),
    once: bool = True,
    door: bool = False,
) -> Callable[[View], View]:
    """Guard a view.

    users: any of these roles may use it; readers: any of these may read it; methods: what it answers to;
    once: False only where pressing twice does no harm by itself (signing in and out, the language), or where failures
    are counted, which a transaction rolled back would forget; door: open to somebody who is half signed in.
    """
    policy = Policy(users, readers, methods, once, door)
    unknown = {*users, *readers} - POLICIES.keys()
    if unknown or not users:
        raise ValueError(f"Expected roles out of {sorted(POLICIES)}, got {sorted(unknown)}")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            step = "" if door else step_missing(request, person_of(request))
            if step and not (request.resolver_match and request.resolver_match.url_name == step):
                return to_step(request, step)
            if not allowed(policy, person_of(request), str(request.method)):
                return to_sign_in(request)
            if request.method in SAFE_METHODS or not once:
                return view(request, *args, **kwargs)
            return answered_once(request, lambda: view(request, *args, **kwargs))

        guarded.policy = policy  # type: ignore[attr-defined]
        return guarded

    return guard


def allowed(policy: Policy, person: Person, method: str) -> bool:
    """Whether the view may run; False asks to sign in first. Raises NotYours or ReadOnly."""
    if any(person.holds(role) for role in policy.users):
        return True
    if not person.signed_in:
        return False
    if not any(person.holds(role) for role in policy.readers):
        raise NotYours
    if method not in SAFE_METHODS:
        raise ReadOnly
    return True


def person_of(request: HttpRequest) -> Person:
    """The person behind a request, worked out once."""
    found: Person | None = getattr(request, "person", None)
    if found is None:
        user = getattr(request, "user", None)
        found = Person(user if user is not None and user.is_authenticated else None)
        request.person = found  # type: ignore[attr-defined]
    return found


def own_or_404(rows: QuerySet[M], **where: Any) -> M:
    """The one row of `rows` (already narrowed to what the person may see). Raises NotYours."""
    try:
        return rows.get(**where)
    except (ObjectDoesNotExist, ValueError, ValidationError):
        raise NotYours from None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    here = request.get_full_path() if request.method in SAFE_METHODS else ""
    return HttpResponseRedirect(resolve_url("login") + ("?" + urlencode({"next": here}) if here else ""))


def answered_once(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run a writing view in one transaction with its key. Only a redirect is an effect; a form with mistakes isn't."""
    key = request.POST.get(KEY_FIELD, "")
    if not 0 < len(key) <= KEY_LENGTH_MAX:
        raise Refused(_("This form has no key. Open the page again and send it from there."))
    response: HttpResponse | None = None

    def write() -> dict[str, Any]:
        nonlocal response
        response = view()
        if not 300 <= response.status_code < 400:
            raise NoReceipt
        return {"location": response["Location"]}

    route = request.resolver_match.route if request.resolver_match else request.path
    user = person_of(request).user
    try:
        receipt, _replayed = once(
            key=key,
            user_id=user.pk if user else None,
            route=f"{route} {request.path}"[:200],
            body=body_of(request),
            write=write,
        )
    except NoReceipt:
        assert response is not None
        return response
    return response or HttpResponseRedirect(receipt["location"])


def body_of(request: HttpRequest) -> str:
    """The hash of all that was sent, but for the key and the CSRF token, which differ without meaning anything."""
    fields = {name: values for name, values in request.POST.lists() if name not in {KEY_FIELD, "csrfmiddlewaretoken"}}
    files = {}
    for name, uploads in request.FILES.lists():
        for index, file in enumerate(uploads):
            files[f"{name} {index}"] = file.read()
            file.seek(0)
    return body_hash(fields, files)

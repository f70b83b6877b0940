"""Processes that workshops master: the list by level, claiming, attesting and verifying, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.register.selectors import claims_of, experts_seen, folded_search, workshops_kept, workshops_seen
from wadah.register.services import skill_attest, skill_claim, skill_withdraw
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import skill_field
from wadah.web.views.manager.register.parts import claim_part

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import WorkshopSkill

LISTING = Listing(
    "keterampilan",
    gettext_lazy("Processes that workshops master"),
    [
        ListColumn(
            "bengkel",
            gettext_lazy("Workshop"),
            lambda row: row.workshop.name,
            sort=("workshop__name",),
            url=lambda row: reverse("workshop", args=[row.workshop_id]),
            badge=lambda row: common.simulated(row.workshop),
        ),
        ListColumn(
            "keterampilan", gettext_lazy("Process"), lambda row: common.skill_name(row.skill), sort=("skill__name",)
        ),
        ListColumn("tingkat", gettext_lazy("How sure"), lambda row: str(row.get_claim_display()), sort=("claim",)),
        ListColumn("kata", gettext_lazy("Who says so"), common.claim_sentence),
        ListColumn(
            "hari",
            gettext_lazy("Seen or said on"),
            lambda row: common.day_text(row.attested_on),
            value=lambda row: row.attested_on,
            sort=("attested_on",),
        ),
        ListColumn("kelurahan", gettext_lazy("Kelurahan"), lambda row: common.area_name(row.workshop.area)),
    ],
    search=lambda rows, text: folded_search(
        rows,
        text,
        "workshop__name",
        "workshop__ikm__name",
        "skill__name",
        "skill__name_en",
        "workshop__area__name_spaced",
    ),
    filters=[
        common.level_filter(),
        common.skill_filter("skill"),
        common.kelurahan_filter("workshop__area"),
        common.subsector_filter("workshop__ikm__subsectors"),
    ],
    empty=gettext_lazy("No workshop has said yet what it masters. That is told when a workshop is registered."),
)


class ClaimForm(forms.Form):
    skill = skill_field(label=gettext_lazy("Process"))
    since = DayField(label=gettext_lazy("Since"), required=False)


class AttestForm(forms.Form):
    """How sure, on whose word, when, and what was seen."""

    level = forms.ChoiceField(
        label=gettext_lazy("How sure"),
        widget=forms.RadioSelect,
        choices=[
            ("attested", gettext_lazy("Somebody who knows the trade says so (attested)")),
            ("verified", gettext_lazy("A test piece or trial lot was seen (verified)")),
        ],
    )
    expert: Any = forms.ModelChoiceField(None, label=gettext_lazy("Whose word it is"), required=False)
    on = DayField(label=gettext_lazy("Seen or said on"))
    evidence = forms.CharField(
        label=gettext_lazy("What was seen"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Needed for a test piece: “20 bolts M8, all pass the gauge”."),
    )

    def __init__(self, *args: Any, experts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["expert"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = experts
        chosen.empty_label = _("my own")
        self.fields["on"].initial = today()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("level") == "verified" and not facts.get("evidence"):
            self.add_error("evidence", _("Write down what was seen: which pieces, how many, how they were checked."))
        return facts


@access(MANAGER, readers=(OFFICER,))
def claims(request: HttpRequest) -> HttpResponse:
    return common.register_page(request, LISTING, claims_of(workshops_seen(person_of(request).roles)))


@access(MANAGER, methods=("GET", "POST"))
def claim_add(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the workshop, for which the manager writes down what it says of itself."""
    row = own_or_404(workshops_kept(person_of(request).roles), pk=pk)
    page = reverse("workshop", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        skill_claim(workshop=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = ClaimForm(request.POST or None)
    return form_page(
        request, form, title=_("What else does %(name)s master?") % {"name": row.name}, back=page, save=save
    )


def own_claim(request: HttpRequest, pk: int) -> WorkshopSkill:
    return own_or_404(claims_of(workshops_kept(person_of(request).roles)), pk=pk)


@access(MANAGER, methods=("GET", "POST"))
def claim_attest(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise a claim: somebody's word, or a test piece that was seen. Nobody's own workshop."""
    row = own_claim(request, pk)
    user = person_of(request).user
    page = reverse("workshop", args=[row.workshop_id])
    experts = experts_seen(person_of(request).roles).filter(archived_at__isnull=True, skills=row.skill)

    def save(facts: dict[str, Any]) -> str:
        assert user is not None
        verified = facts.pop("level") == "verified"
        skill_attest(workshop=row.workshop, skill=row.skill, by=user, verified=verified, **facts)
        messages.success(request, _("Saved."))
        return page

    return form_page(
        request,
        AttestForm(request.POST or None, experts=experts),
        title=_("%(skill)s at %(name)s: how sure is it?")
        % {"skill": common.skill_name(row.skill), "name": row.workshop.name},
        back=page,
        save=save,
        template="register/attest.html",
        claim=claim_part(row),
    )


@access(MANAGER, methods=("POST",))
def claim_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_claim(request, pk)
    skill_withdraw(workshop=row.workshop, skill=row.skill, by=person_of(request).user)
    messages.success(request, _("Taken back. It can be claimed again on the workshop's page."))
    return HttpResponseRedirect(reverse("workshop", args=[row.workshop_id]))

"""People who can teach: the list of the city and of one's cooperative, adding and correcting one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.register.selectors import cooperatives_kept, experts_kept, experts_seen, folded_search
from wadah.register.services import expert_correct, expert_register
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.lists import ListColumn, Listing
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import WholeField, kelurahan_field, skills_field

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LISTING = Listing(
    "ahli",
    gettext_lazy("Experts"),
    [
        ListColumn(
            "nama",
            gettext_lazy("Name"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("register_about", args=["ahli", row.pk]),
            badge=common.simulated,
        ),
        ListColumn(
            "keterampilan",
            gettext_lazy("Can teach"),
            lambda row: ", ".join(common.skill_name(skill) for skill in row.skills.all()) or common.NOTHING,
        ),
        ListColumn(
            "tahun",
            gettext_lazy("Years of experience"),
            lambda row: common.NOTHING if row.years_experience is None else str(row.years_experience),
            value=lambda row: row.years_experience,
            numeric=True,
            sort=("years_experience",),
        ),
        ListColumn(
            "multinasional",
            gettext_lazy("Of them in multinational firms"),
            lambda row: common.NOTHING if row.multinational_years is None else str(row.multinational_years),
            value=lambda row: row.multinational_years,
            numeric=True,
            sort=("multinational_years",),
        ),
        ListColumn("latar", gettext_lazy("Background"), lambda row: row.background or common.NOTHING),
        ListColumn("kelurahan", gettext_lazy("Kelurahan"), lambda row: common.area_name(row.area)),
        ListColumn(
            "oleh",
            gettext_lazy("Listed by"),
            lambda row: row.cooperative.name if row.cooperative else _("the city"),
        ),
    ],
    search=lambda rows, text: folded_search(rows, text, "name", "background", "area__name_spaced", "skills__name"),
    filters=[common.skill_filter("skills"), common.kelurahan_filter("area"), common.archive_filter()],
    empty=gettext_lazy("No expert is listed yet: retired operators, lecturers, makers who can teach a process."),
)


class ExpertForm(RowForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    skills = skills_field(label=gettext_lazy("Can teach"))
    years_experience = WholeField(label=gettext_lazy("Years of experience"), required=False, most=80)
    multinational_years = WholeField(
        label=gettext_lazy("Of them in multinational firms"),
        required=False,
        most=80,
        help_text=gettext_lazy("Years at a car maker, for example; empty if nobody knows."),
    )
    background = forms.CharField(
        label=gettext_lazy("Background"),
        required=False,
        max_length=240,
        help_text=gettext_lazy("Like: lathe operator at a motorcycle factory"),
    )
    area = kelurahan_field()
    cooperative: Any = forms.ModelChoiceField(None, label=gettext_lazy("Listed by"), empty_label=None)

    def __init__(self, *args: Any, cooperatives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["cooperative"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = cooperatives
        if self.row is not None:
            self.fields["skills"].initial = list(self.row.skills.all())  # type: ignore[attr-defined]


@access(MANAGER, readers=(OFFICER,))
def experts(request: HttpRequest) -> HttpResponse:
    add = reverse("expert_add") if common.keeps(request) else ""
    return common.register_page(request, LISTING, experts_seen(person_of(request).roles), add=add)


@access(MANAGER, methods=("GET", "POST"))
def expert_add(request: HttpRequest) -> HttpResponse:
    def save(facts: dict[str, Any]) -> str:
        expert_register(by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return reverse("experts")

    form = ExpertForm(request.POST or None, cooperatives=cooperatives_kept(person_of(request).roles))
    return form_page(request, form, title=_("Somebody who can teach"), back=reverse("experts"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def expert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    roles = person_of(request).roles
    row = own_or_404(experts_kept(roles), pk=pk)
    page = reverse("register_about", args=["ahli", pk])

    def save(facts: dict[str, Any]) -> str:
        expert_correct(expert=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = ExpertForm(request.POST or None, row=row, cooperatives=cooperatives_kept(roles))
    return form_page(request, form, title=_("Change %(name)s") % {"name": row.name}, back=page, save=save)

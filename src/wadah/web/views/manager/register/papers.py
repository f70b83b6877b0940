"""Certificates of firms and workshops: the list with what ends soon, adding and correcting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.register.selectors import (
    CERTIFICATE_KINDS,
    CERTIFICATES_LATEST_DAYS,
    certificates_of,
    firms_kept,
    firms_seen,
    folded_search,
    workshops_kept,
)
from wadah.register.services import certificate_correct, certificate_record
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.lists import ListColumn, ListFilter, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.members import open_member

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Certificate


def ends(rows: QuerySet[Certificate], value: str) -> QuerySet[Certificate]:
    day = today()
    if value == "berakhir":
        return rows.filter(expires_on__lt=day)
    if value == "segera":
        return rows.filter(expires_on__range=(day, day + timedelta(days=CERTIFICATES_LATEST_DAYS)))
    return rows.filter(number="") | rows.filter(issued_on__isnull=True)


def ends_badge(row: Certificate) -> str:
    """ "late" for a paper that has ended, "short" for one that ends soon."""
    if row.expires_on is None or row.archived_at is not None:
        return ""
    left = (row.expires_on - today()).days
    return str(_("ended")) if left < 0 else str(_("ends soon")) if left <= CERTIFICATES_LATEST_DAYS else ""


def holder(row: Certificate) -> str:
    return str(row.ikm or row.workshop)


LISTING = Listing(
    "sertifikat",
    gettext_lazy("Certificates"),
    [
        ListColumn(
            "sertifikat",
            gettext_lazy("Certificate"),
            lambda row: str(row.get_kind_display()),
            sort=("kind",),
            url=lambda row: reverse("register_about", args=["sertifikat", row.pk]),
        ),
        ListColumn("nomor", gettext_lazy("Number"), lambda row: row.number or str(common.UNKNOWN), sort=("number",)),
        ListColumn("pemegang", gettext_lazy("Holder"), holder),
        ListColumn(
            "terbit",
            gettext_lazy("Issued on"),
            lambda row: common.day_text(row.issued_on),
            value=lambda row: row.issued_on,
            sort=("issued_on",),
        ),
        ListColumn(
            "berlaku",
            gettext_lazy("Valid until"),
            lambda row: common.day_text(row.expires_on),
            value=lambda row: row.expires_on,
            sort=("expires_on",),
            badge=ends_badge,
        ),
    ],
    search=lambda rows, text: folded_search(
        rows, text, "number", "ikm__name", "workshop__name", "workshop__ikm__name", "ikm__area__name_spaced"
    ),
    filters=[
        ListFilter(
            "jenis", gettext_lazy("Kind"), lambda: CERTIFICATE_KINDS, lambda rows, value: rows.filter(kind=value)
        ),
        ListFilter(
            "akhir",
            gettext_lazy("Validity"),
            lambda: [
                ("segera", _("ends within 60 days")),
                ("berakhir", _("has ended")),
                ("belum", _("number or day not known")),
            ],
            ends,
        ),
        common.archive_filter(),
    ],
    empty=gettext_lazy("No certificate is written down yet. Add them on the page of a member."),
)


class CertificateForm(RowForm):
    """kind and number as printed; days that aren't known stay empty."""

    kind = forms.ChoiceField(label=gettext_lazy("Certificate"), choices=CERTIFICATE_KINDS)
    number = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=60)
    issued_on = DayField(label=gettext_lazy("Issued on"), required=False)
    expires_on = DayField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("Empty where no end is printed on it."),
    )


class NewCertificateForm(CertificateForm):
    """The same, for the firm or for one of its workshops."""

    workshop: Any = forms.ModelChoiceField(None, label=gettext_lazy("Holder"), required=False)
    field_order = ("workshop", "kind")

    def __init__(self, *args: Any, workshops: Any, firm: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = self.fields["workshop"]
        assert isinstance(where, forms.ModelChoiceField)
        where.queryset, where.empty_label = workshops, _("the firm, %(name)s") % {"name": firm}


@access(MANAGER, readers=(OFFICER,))
def certificates(request: HttpRequest) -> HttpResponse:
    return common.register_page(request, LISTING, certificates_of(firms_seen(person_of(request).roles)))


@access(MANAGER, methods=("GET", "POST"))
def certificate_add(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the member's place in the cooperative."""
    firm = open_member(request, pk).ikm
    assert firm is not None
    page = reverse("member", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        workshop = facts.pop("workshop")
        certificate_record(ikm=None if workshop else firm, workshop=workshop, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    workshops = workshops_kept(person_of(request).roles).filter(ikm=firm, archived_at__isnull=True)
    form = NewCertificateForm(request.POST or None, workshops=workshops, firm=firm.name)
    return form_page(request, form, title=_("A certificate of %(name)s") % {"name": firm.name}, back=page, save=save)


@access(MANAGER, methods=("GET", "POST"))
def certificate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(certificates_of(firms_kept(person_of(request).roles)), pk=pk)
    page = reverse("register_about", args=["sertifikat", pk])

    def save(facts: dict[str, Any]) -> str:
        certificate_correct(certificate=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = CertificateForm(request.POST or None, row=row)
    return form_page(request, form, title=_("Change %(name)s") % {"name": row}, back=page, save=save)

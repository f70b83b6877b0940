"""Entries by hand: a list, one with its receipt, a new one, and one taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.ledger.selectors.books import journal_posting, journals_of, postings_seen
from wadah.ledger.selectors.reports import accounts_of
from wadah.ledger.services.journals import Entry, journal_enter, journal_reverse
from wadah.units import date_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.forms import RupiahField
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.quantities import DayField, ReasonField
from wadah.web.views.manager.money.books.common import (
    account_label,
    cooperative_or_404,
    shell,
    user_of,
)
from wadah.web.views.manager.money.books.postings import posting_table
from wadah.web.views.manager.quality.common import file_answer
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Account
    from wadah.register.models import Cooperative

ROWS, AT_ONCE = 8, 3
"""Lines that the form offers, and how many of them are open at once; those left empty don't count."""
ACTS = {
    "journal_enter": gettext_lazy("entered"),
    "journal_reverse": gettext_lazy("taken back"),
}
FIELDS = {"number": gettext_lazy("Number"), "on": gettext_lazy("Day")}


def listing(cooperative: Cooperative) -> Listing:
    return Listing(
        f"catatan-{cooperative.code}",
        gettext_lazy("Entries by hand"),
        [
            ListColumn(
                "number",
                gettext_lazy("Number"),
                text=lambda row: row.number,
                sort=("number",),
                url=lambda row: reverse("journal", args=[cooperative.code, row.number]),
            ),
            ListColumn(
                "on",
                gettext_lazy("Day"),
                text=lambda row: date_text(row.on, language()),
                value=lambda row: row.on,
                sort=("on",),
            ),
            ListColumn("what", gettext_lazy("For whom and for what"), text=lambda row: row.what),
            ListColumn("by", gettext_lazy("Who"), text=lambda row: row.by.name),
        ],
        search=lambda rows, text: rows.filter(Q(number__icontains=text) | Q(what__icontains=text)),
        empty=gettext_lazy(
            "Nothing was entered by hand yet. Rent, wages, purchases and grants belong here, with their receipts."
        ),
    )


@access(MANAGER, TREASURER)
def journals(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    return list_page(
        request,
        listing(cooperative),
        journals_of(cooperative.pk),
        template="money/books/list.html",
        add=reverse("journal_add", args=[code]),
        **shell(request, cooperative),
    )


@access(MANAGER, TREASURER)
def journal(request: HttpRequest, code: str, number: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    row = own_or_404(journals_of(cooperative.pk), number=number)
    posting = postings_seen(cooperative.pk).get(pk=journal_posting(row).pk)
    context = shell(
        request,
        cooperative,
        row=row,
        posting=posting,
        late=posting.on != row.on,
        table=posting_table(request, cooperative, posting),
        history=history_table(row, acts=ACTS, fields=FIELDS),
    )
    return render(request, "money/books/journal.html", context)


@access(MANAGER, TREASURER)
def journal_file(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The receipt that was added to an entry."""
    cooperative = cooperative_or_404(request, code)
    return file_answer(own_or_404(journals_of(cooperative.pk), number=number).attachment)


class EntryForm(forms.Form):
    """A day, words, a receipt, and up to ROWS lines: an account with an amount on one side."""

    on = DayField(label=gettext_lazy("Day of the receipt"))
    what = forms.CharField(label=gettext_lazy("For whom and for what"), max_length=400)
    photo = forms.FileField(
        label=gettext_lazy("Receipt (photo or PDF)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args: Any, accounts: list[Account], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = today()
        choices = [("", "–"), *((one.code, account_label(one)) for one in accounts)]
        for index in range(ROWS):
            self.fields[f"account-{index}"] = forms.ChoiceField(
                label=_("Account of line %(number)s") % {"number": index + 1}, choices=choices, required=index < 2
            )
            self.fields[f"debit-{index}"] = RupiahField(label=_("Debit"), required=False)
            self.fields[f"credit-{index}"] = RupiahField(label=_("Credit"), required=False)

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("on", "what", "photo")]

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Account, debit and credit of each line that is open at once."""
        return self.all_lines[:AT_ONCE]

    @property
    def more(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return self.all_lines[AT_ONCE:]

    @property
    def all_lines(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"account-{index}"], self[f"debit-{index}"], self[f"credit-{index}"]) for index in range(ROWS)]

    def entries(self) -> list[Entry]:
        """What was typed. Raises Refused for an amount without an account."""
        found = []
        for index in range(ROWS):
            code = self.cleaned_data.get(f"account-{index}", "")
            debit, credit = (self.cleaned_data.get(f"{side}-{index}") or 0 for side in ("debit", "credit"))
            if code:
                found.append(Entry(code, debit, credit))
            elif debit or credit:
                raise Refused(_("Choose the account of line %(number)s.") % {"number": index + 1})
        return found


def usable(cooperative: Cooperative) -> list[Account]:
    return [one for one in accounts_of(cooperative.pk) if one.manual and not one.archived]


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def journal_add(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    form = EntryForm(request.POST or None, request.FILES or None, accounts=usable(cooperative))

    def save(facts: dict[str, Any]) -> str:
        row = journal_enter(
            cooperative=cooperative,
            on=facts["on"],
            what=facts["what"],
            entries=form.entries(),
            attachment=facts["photo"],
            by=user_of(request),
        )
        messages.success(request, _("%(number)s is posted.") % {"number": row.number})
        return reverse("journal", args=[code, row.number])

    return form_page(
        request,
        form,
        title=_("A new entry by hand"),
        back=reverse("journals", args=[code]),
        save=save,
        action=_("Post it"),
        template="money/books/entry.html",
    )


class BackForm(forms.Form):
    reason = ReasonField()


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def journal_back(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Take an entry back by its mirror; what was written stays to be read."""
    cooperative = cooperative_or_404(request, code)
    row = own_or_404(journals_of(cooperative.pk), number=number)
    here = reverse("journal", args=[code, number])

    def save(facts: dict[str, Any]) -> str:
        journal_reverse(journal=row, reason=facts["reason"], by=user_of(request))
        messages.success(request, _("%(number)s is taken back, from today on.") % {"number": number})
        return here

    title = _("Take %(number)s back") % {"number": number}
    return form_page(request, BackForm(request.POST or None), title=title, back=here, save=save, action=title)

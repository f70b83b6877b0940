"""The grid of sizes: typed on the phone, or pasted from Excel; saved as rows, checked against the heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wadah.base.errors import Refused
from wadah.demand.rules.sizes import SIZE_LENGTH_MAX, grid_read
from wadah.demand.selectors.schools import group_heads, groups_of, sizes_counted
from wadah.demand.services import Size, sizes_put
from wadah.demand.words import Group
from wadah.web.access import SCHOOL, access, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.forms import PiecesField
from wadah.web.views.school.common import own, year_asked
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Institution, SizeCount
    from wadah.demand.rules.sizes import GridFault

USUAL = ("S", "M", "L", "XL", "XXL", "XXXL")
CALLED = {
    Group.PUPILS: ("siswa", "murid", "pupil", "peserta didik"),
    Group.TEACHERS: ("guru", "teacher"),
    Group.STAFF: ("tendik", "staf", "pegawai sekolah", "tenaga kependidikan"),
    Group.EMPLOYEES: ("pegawai", "asn", "karyawan", "employee"),
}
"""What people call a group at the head of a row, beside its name on the page."""
FAULTS = {
    "no_grid": _("Paste at least two rows: sizes above, groups below."),
    "no_group": _("Row %(line)s: “%(typed)s” is none of the groups %(groups)s."),
    "no_size": _("Row %(line)s: %(typed)s stands under no size."),
    "long_size": _("“%(typed)s” is too long for a size: 12 letters at most."),
    "twice": _("Row %(line)s: “%(typed)s” stands twice."),
    "not_a_number": _("Row %(line)s: “%(typed)s” isn't a whole number."),
    "wrong_total": _("Row %(line)s: the total doesn't fit (%(typed)s)."),
}
FAULTS_TOLD = 5


class SizesForm(forms.Form):
    """A field a group and size, and one more size a group; more: spare pieces are meant."""

    more = forms.BooleanField(label=_("Spare pieces are meant"), required=False)

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], rows: Sequence[SizeCount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {(row.group, row.size): row.pieces for row in rows}
        self.sizes = {
            group: [*USUAL, *(size for of, size in held if of == group and size not in USUAL)]
            for group, _told in groups
        }
        self.blocks = []
        for group, told in groups:
            names = [self.add_size(group, size, held.get((group, size))) for size in self.sizes[group]]
            self.fields[f"baru-{group}"] = forms.CharField(
                label=gettext("Another size"), required=False, max_length=SIZE_LENGTH_MAX
            )
            self.fields[f"jumlah-baru-{group}"] = PiecesField(label=gettext("How many"), required=False, max_length=8)
            fields = [self[name] for name in (*names, f"baru-{group}", f"jumlah-baru-{group}")]
            self.blocks.append((Group(group).label, told, fields))

    def add_size(self, group: str, size: str, pieces: int | None) -> str:
        name = f"{group}-{size}"
        self.fields[name] = PiecesField(label=size, required=False, max_length=8, initial=pieces)
        return name

    def asked(self) -> list[Size]:
        """What was typed, by group; nothing typed is none."""
        facts, found = self.cleaned_data, []
        for group, sizes in self.sizes.items():
            found += [Size(group, size, facts.get(f"{group}-{size}") or 0) for size in sizes]
            more, name = facts.get(f"jumlah-baru-{group}") or 0, facts.get(f"baru-{group}", "").strip().upper()
            found += [Size(group, name, more)] if more or name else []
        return found


class PasteForm(forms.Form):
    grid = forms.CharField(
        label=_("The rows from Excel"),
        help_text=_("Sizes above, one row for each group. Or groups above, one row for each size."),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    more = forms.BooleanField(label=_("Spare pieces are meant"), required=False)

    def __init__(self, *args: Any, groups: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group: (str(Group(group).label), *CALLED[Group(group)]) for group in groups}

    def clean_grid(self) -> list[Size]:
        grid = grid_read(self.cleaned_data["grid"], self.groups)
        if grid.faults:
            raise forms.ValidationError([self.fault_text(fault) for fault in grid.faults[:FAULTS_TOLD]])
        found = [
            Size(group, size, grid.pieces[group, size])
            for group in self.groups
            for size in grid.sizes
            if (group, size) in grid.pieces
        ]
        if not found:
            raise forms.ValidationError(gettext("No number stands in these rows."))
        return found

    def fault_text(self, fault: GridFault) -> str:
        groups = ", ".join(told[0] for told in self.groups.values())
        return str(FAULTS[fault.code]) % {"line": fault.line, "typed": fault.typed, "groups": groups}


@access(SCHOOL, methods=("GET", "POST"))
def school_sizes(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row, year = own(request, code), year_asked(year)
    rows = sizes_counted(row, year)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return grid_file(kind, row, rows)
    form = SizesForm(request.POST or None, groups=groups_told(row, year), rows=rows)

    def save(facts: dict[str, Any]) -> str:
        return saved(request, row, year, form.asked(), more=facts["more"])

    return form_page(
        request,
        form,
        title=gettext("Sizes for %(year)s") % {"year": year},
        back=reverse("school_year", args=[row.code, year]),
        template="school/sizes.html",
        save=save,
        row=row,
        year=year,
        rows=rows,
        files=list(FORMATS),
    )


@access(SCHOOL, methods=("GET", "POST"))
def school_paste(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row, year = own(request, code), year_asked(year)
    form = PasteForm(request.POST or None, groups=groups_of(row))

    def save(facts: dict[str, Any]) -> str:
        return saved(request, row, year, facts["grid"], more=facts["more"])

    return form_page(
        request,
        form,
        title=gettext("Paste the sizes of %(year)s") % {"year": year},
        back=reverse("school_sizes", args=[row.code, year]),
        template="school/paste.html",
        save=save,
        kept=bool(sizes_counted(row, year)),
        names=[told[0] for told in form.groups.values()],
        usual=USUAL[:3],
    )


def saved(request: HttpRequest, row: Institution, year: int, sizes: Sequence[Size], *, more: bool) -> str:
    if not any(size.pieces for size in sizes) and not sizes_counted(row, year):
        raise Refused(gettext("Write at least one number."))
    sizes_put(institution=row, year=year, sizes=sizes, more=more, by=person_of(request).user)
    messages.success(request, gettext("The sizes are saved."))
    for told in without_size(row, year, sizes):
        messages.info(request, told)
    return reverse("school_year", args=[row.code, year])


def without_size(row: Institution, year: int, sizes: Sequence[Size]) -> list[str]:
    """Of each group that has sizes: how many heads have none."""
    heads, found = group_heads(row, year), []
    for group in groups_of(row):
        pieces = sum(size.pieces for size in sizes if size.group == group)
        left = heads[group].heads - pieces if group in heads and pieces else 0
        if left > 0:
            told = ngettext("%(left)s of %(group)s has no size yet.", "%(left)s of %(group)s have no size yet.", left)
            found.append(told % {"left": left, "group": Group(group).label})
    return found


def groups_told(row: Institution, year: int) -> list[tuple[str, str]]:
    """Each group with how many heads it has, in words."""
    heads = group_heads(row, year)
    return [
        (
            group,
            gettext("%(heads)s heads counted") % {"heads": heads[group].heads}
            if group in heads
            else gettext("heads not counted yet"),
        )
        for group in groups_of(row)
    ]


def grid_file(kind: str, row: Institution, rows: Sequence[SizeCount]) -> HttpResponse:
    """The grid as it can be pasted back: groups down, sizes across."""
    sizes = list(dict.fromkeys([*USUAL, *(one.size for one in rows)]))
    held = {(one.group, one.size): one.pieces for one in rows}
    head = [gettext("Size"), *sizes]
    lines = [[str(Group(group).label), *(held.get((group, size)) for size in sizes)] for group in groups_of(row)]
    return file_answer(kind, f"ukuran-{row.code}-{language()}", head, lines)

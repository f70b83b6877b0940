"""The member's form about saving."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from wadah.web.quantities import QuantityField


class SaveForm(forms.Form):
    percent = QuantityField(
        label=gettext_lazy("Of each Rp100, how many rupiah?"), help_text=gettext_lazy("From 0 to 100. For example: 5")
    )

"""Addresses of a member's own money."""

from django.urls import path

from wadah.web.views.member import money

urlpatterns = [
    path("uang-saya/", money.my_money, name="my_money"),
    path("uang-saya/rekening/", money.my_account, name="my_account"),
    path("uang-saya/menabung/", money.my_saving, name="my_saving"),
    path("uang-saya/<int:pk>/", money.my_pay, name="my_pay"),
]

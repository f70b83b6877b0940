"""Addresses of buyers and orders, as a cooperative's manager sees them."""

from django.urls import path

from wadah.web.views.manager.demand import orders

urlpatterns = [
    path("pesanan/", orders.orders, name="orders"),
    path("pesanan/<str:number>/", orders.order, name="order"),
]

"""The address of a manager's first page."""

from django.urls import path

from wadah.web.views.manager.today import today

urlpatterns = [path("hari-ini/", today.today, name="today")]

"""Addresses of the pages: each group of views brings its own list (views/<group>/urls.py), added here."""

from wadah.web.views.city.urls import urlpatterns as city
from wadah.web.views.manager.demand.urls import urlpatterns as demand
from wadah.web.views.manager.plans.urls import urlpatterns as plans
from wadah.web.views.member.urls import urlpatterns as member
from wadah.web.views.public.urls import urlpatterns as public

urlpatterns = [*public, *member, *demand, *plans, *city]

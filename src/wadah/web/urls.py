"""Addresses of the pages: each group of views brings its own list (views/<group>/urls.py), added here."""

from wadah.web.views.buyer.urls import urlpatterns as buyer
from wadah.web.views.city.growth_urls import urlpatterns as growth
from wadah.web.views.city.mandate.urls import urlpatterns as city_mandate
from wadah.web.views.city.observatory.urls import urlpatterns as observatory
from wadah.web.views.city.programme.urls import urlpatterns as programme
from wadah.web.views.city.urls import urlpatterns as city
from wadah.web.views.forum.urls import urlpatterns as forum
from wadah.web.views.manager.catalogue.urls import urlpatterns as catalogue
from wadah.web.views.manager.demand.urls import urlpatterns as demand
from wadah.web.views.manager.exchange.urls import urlpatterns as exchange
from wadah.web.views.manager.imports.urls import urlpatterns as imports
from wadah.web.views.manager.mentoring.urls import urlpatterns as mentoring
from wadah.web.views.manager.money.books.urls import urlpatterns as books
from wadah.web.views.manager.money.members.urls import urlpatterns as members_money
from wadah.web.views.manager.money.sales.urls import urlpatterns as sales
from wadah.web.views.manager.money.years.urls import urlpatterns as years
from wadah.web.views.manager.offers.urls import urlpatterns as offers
from wadah.web.views.manager.plans.urls import urlpatterns as plans
from wadah.web.views.manager.quality.urls import urlpatterns as quality
from wadah.web.views.manager.quotes.urls import urlpatterns as quotes
from wadah.web.views.manager.register.urls import urlpatterns as register
from wadah.web.views.manager.shipping.urls import urlpatterns as shipping
from wadah.web.views.manager.today.urls import urlpatterns as today
from wadah.web.views.manager.work.urls import urlpatterns as work
from wadah.web.views.member.money_urls import urlpatterns as member_money
from wadah.web.views.member.offers_urls import urlpatterns as member_offers
from wadah.web.views.member.urls import urlpatterns as member
from wadah.web.views.member.work_urls import urlpatterns as member_work
from wadah.web.views.public.urls import urlpatterns as public
from wadah.web.views.school.urls import urlpatterns as school

urlpatterns = [
    *public,
    *today,
    *member_offers,
    *member,
    *member_work,
    *buyer,
    *school,
    *register,
    *catalogue,
    *demand,
    *quotes,
    *plans,
    *offers,
    *quality,
    *work,
    *shipping,
    *sales,
    *books,
    *years,
    *members_money,
    *member_money,
    *imports,
    *exchange,
    *city,
    *programme,
    *forum,
    *observatory,
    *city_mandate,
    *growth,
    *mentoring,
]

"""Every address of the site."""

from django.urls import include, path

urlpatterns = [path("", include("wadah.web.urls"))]

handler400 = "wadah.web.errors.bad_request"
handler403 = "wadah.web.errors.forbidden"
handler404 = "wadah.web.errors.not_found"
handler500 = "wadah.web.errors.failed"

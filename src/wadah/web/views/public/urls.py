"""Addresses that anybody may open, and those of everybody's own way in: the first page, the door, devices, language."""

from django.urls import path

from wadah.web.views.public import door, door_devices, door_link, door_people, door_second, door_secret, home

urlpatterns = [
    path("", home.home, name="home"),
    path("masuk/", door.sign_in, name="login"),
    path("masuk/minta/", door_link.ask, name="link_ask"),
    path("masuk/minta/terkirim/", door_link.asked, name="link_asked"),
    path("masuk/tautan/", door_link.link_open, name="link_open"),
    path("masuk/tautan/<str:token>/", door_link.link_show, name="link_show"),
    path("masuk/kunci/", door_secret.choose, name="secret_choose"),
    path("masuk/kode/", door_second.verify, name="second_step"),
    path("masuk/kode/pasang/", door_second.setup, name="second_step_setup"),
    path("keluar/", door.sign_out, name="logout"),
    path("perangkat/", door_devices.devices, name="devices"),
    path("perangkat/<int:pk>/keluarkan/", door_devices.end, name="device_end"),
    path("perangkat/keluarkan-lain/", door_devices.end_others, name="devices_end_others"),
    path("perangkat/kunci/", door_secret.change, name="secret_change"),
    path("perangkat/kode/baru/", door_second.codes, name="recovery_codes"),
    path("perangkat/kode/lepas/", door_second.off, name="second_step_off"),
    path("anggota/masuk/", door_people.people, name="sign_in_links"),
    path("anggota/masuk/<int:pk>/buka/", door_people.account_open, name="account_open"),
    path("akun/", door_people.accounts, name="accounts"),
    path("akun/<int:pk>/", door_people.account, name="account"),
    path("akun/<int:pk>/tautan/", door_people.link_hand_over, name="link_hand_over"),
    path("akun/<int:pk>/kode/", door_people.second_step_take, name="second_step_take"),
    path("bahasa/", door.language, name="language"),
    path("health/", door.health, name="health"),
]

"""Addresses of shipments, claims, and where an order is; for managers and for the buyer concerned."""

from django.urls import path

from wadah.web.views.manager.shipping import complaints, papers, shipments

urlpatterns = [
    path("kirim/", shipments.shipments, name="shipments"),
    path("kirim/<str:number>/", shipments.shipment, name="shipment"),
    path("kirim/<str:number>/kemas/", shipments.shipment_pack, name="shipment_pack"),
    path("kirim/<str:number>/kemas-semua/", shipments.shipment_pack_all, name="shipment_pack_all"),
    path("kirim/<str:number>/keluarkan/<int:pk>/", shipments.shipment_take_out, name="shipment_take_out"),
    path("kirim/<str:number>/berangkat/", shipments.shipment_leave, name="shipment_leave"),
    path("kirim/<str:number>/batal/", shipments.shipment_call_off, name="shipment_call_off"),
    path("kirim/<str:number>/terima/", shipments.shipment_sign, name="shipment_sign"),
    path("kirim/<str:number>/surat-jalan.pdf", papers.shipment_note, name="shipment_note"),
    path("kirim/<str:number>/bast.pdf", papers.shipment_receipt, name="shipment_receipt"),
    path("kirim/<str:number>/label.pdf", papers.shipment_labels, name="shipment_labels"),
    path("kirim/<str:number>/klaim/<int:pk>/", complaints.complaint_add, name="complaint_add"),
    path("pesanan/<str:number>/di-mana/", shipments.order_where, name="order_where"),
    path("pesanan/<str:number>/kirim/", shipments.shipment_add, name="shipment_add"),
    path("klaim/", complaints.complaints, name="complaints"),
    path("klaim/<str:number>/", complaints.complaint, name="complaint"),
    path("klaim/<str:number>/jawab/", complaints.complaint_answer, name="complaint_answer"),
    path("klaim/<str:number>/kembali/", complaints.complaint_back, name="complaint_back"),
    path("klaim/<str:number>/selesai/", complaints.complaint_end, name="complaint_end"),
    path("klaim/<str:number>/foto/", complaints.complaint_photo, name="complaint_photo"),
]

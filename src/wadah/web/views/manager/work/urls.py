"""Addresses of the work board, the hub, lots and their trace, milestones, and the papers of work."""

from django.urls import path

from wadah.web.views.manager.work import board, lots, material, milestones, order_acts, papers, store, trace

ORDER = "papan-kerja/<str:number>/"
urlpatterns = [
    path("papan-kerja/", board.work_board, name="board"),
    path("papan-kerja/daftar/", board.work_orders, name="work_orders"),
    path("papan-kerja/baru/", board.work_order_new, name="work_order_new"),
    path(ORDER, board.board_order, name="board_order"),
    path(f"{ORDER}lapor/", order_acts.board_report, name="board_report"),
    path(f"{ORDER}terima/", order_acts.board_counter, name="board_counter"),
    path(f"{ORDER}kurang/", order_acts.board_short, name="board_short"),
    path(f"{ORDER}lebih/", order_acts.board_over, name="board_over"),
    path(f"{ORDER}tahap/", order_acts.board_steps, name="board_steps"),
    path(f"{ORDER}tahap/<int:step>/serahkan/", order_acts.board_step_in, name="board_step_in"),
    path(f"{ORDER}tahap/<int:step>/batal/", order_acts.board_step_out, name="board_step_out"),
    path(f"{ORDER}bahan/", material.material, name="material"),
    path(f"{ORDER}bahan/hitungan/<int:part>/", material.material_into_lot, name="material_into_lot"),
    path(f"{ORDER}bahan/<int:pk>/kembali/", material.material_back, name="material_back"),
    path(f"{ORDER}bahan/<int:pk>/rusak/", material.material_spoilt, name="material_spoilt"),
    path(f"{ORDER}bahan.pdf", papers.material_paper, name="material_paper"),
    path("pekerjaan/<str:number>/spk.pdf", papers.work_order_paper, name="work_order_paper"),
    path("antar/<str:number>/tanda-terima.pdf", papers.hand_over_paper, name="hand_over_paper"),
    path("gudang/", store.store, name="store"),
    path("gudang/keluar-masuk/", store.store_moves, name="store_moves"),
    path("gudang/terima/", store.material_add, name="material_add"),
    path("lot/<str:number>/label.pdf", papers.lot_labels, name="lot_labels"),
    path("lot/<str:number>/", lots.lot, name="lot"),
    path("lot/<str:number>/terima/", lots.lot_receive, name="lot_receive"),
    path("lot/<str:number>/kembalikan/", lots.lot_take_back, name="lot_take_back"),
    path("lot/<str:number>/pisah/", lots.lot_part, name="lot_part"),
    path("lot/<str:number>/gabung/", lots.lot_join, name="lot_join"),
    path("lot/<str:number>/label/", lots.lot_label, name="lot_label"),
    path("lot/<str:number>/kirim-balik/", lots.lot_send_back, name="lot_send_back"),
    path("lot/<str:number>/buang/", lots.lot_scrap, name="lot_scrap"),
    path("cek-lot/<str:number>/<str:code>/", lots.lot_check, name="lot_check"),
    path("jejak/", trace.trace, name="trace"),
    path("jejak/tarik/", trace.recall, name="recall"),
    path("tahap/", milestones.milestones, name="milestones"),
    path("tahap/<int:pk>/", milestones.milestone, name="milestone"),
    path("tahap/<int:pk>/terima/", milestones.milestone_yes, name="milestone_yes"),
    path("tahap/<int:pk>/kembalikan/", milestones.milestone_no, name="milestone_no"),
    path("tahap/<int:pk>/berkas/", milestones.milestone_file, name="milestone_file"),
]

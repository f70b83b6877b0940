"""Addresses of inspection: lots that wait, one inspection, decisions, severity, plans, charts, trials."""

from django.urls import path

from wadah.web.views.buyer import quality as buyer
from wadah.web.views.manager.quality import charts, curves, inspection, lots, makers, plans, severity, terms, trials
from wadah.web.views.member import results

urlpatterns = [
    path("periksa/", lots.quality, name="quality"),
    path("periksa/semua/", lots.inspections, name="inspections"),
    path("periksa/lot/<str:number>/", lots.quality_lot, name="quality_lot"),
    path("periksa/lot/<str:number>/mulai/", lots.inspection_begin, name="inspection_begin"),
    path("periksa/lot/<str:number>/<str:kind>/", lots.disposition_add, name="disposition_add"),
    path("periksa/perbaikan/<int:pk>/kembali/", lots.rework_return, name="rework_return"),
    path("periksa/ketat/", severity.severities, name="severities"),
    path("periksa/ketat/<int:pk>/", severity.severity, name="severity"),
    path("periksa/ketat/<int:pk>/<str:act>/", severity.severity_act, name="severity_act"),
    path("periksa/rencana/", plans.inspection_plans, name="inspection_plans"),
    path("periksa/rencana/baru/", plans.inspection_plan_add, name="inspection_plan_add"),
    path("periksa/rencana/<int:pk>/", plans.inspection_plan, name="inspection_plan"),
    path("periksa/rencana/<int:pk>/akhiri/", plans.inspection_plan_stop, name="inspection_plan_stop"),
    path("periksa/kurva/", curves.curve, name="curve"),
    path("periksa/terukur/", charts.charts, name="charts"),
    path("periksa/terukur/<int:part>/<int:workshop>/", charts.chart, name="chart"),
    path("periksa/no/<str:number>/", inspection.inspection, name="inspection"),
    path("periksa/no/<str:number>/urungkan/", inspection.inspection_undo, name="inspection_undo"),
    path("periksa/no/<str:number>/putuskan/", inspection.inspection_end, name="inspection_end"),
    path("periksa/no/<str:number>/batal/", inspection.inspection_call_off, name="inspection_call_off"),
    path("periksa/no/<str:number>/foto/<int:tranche>/", inspection.inspection_photo, name="inspection_photo"),
    path("periksa/no/<str:number>/laporan.pdf", inspection.inspection_paper, name="inspection_paper"),
    path("uji/", trials.trials, name="trials"),
    path("uji/baru/", trials.trial_add, name="trial_add"),
    path("uji/<str:number>/", trials.trial, name="trial"),
    path("uji/<str:number>/lot/", trials.trial_lot, name="trial_lot"),
    path("uji/<str:number>/unsur/<int:element>/", trials.trial_element, name="trial_element"),
    path("uji/<str:number>/berkas/<int:element>/", trials.trial_file, name="trial_file"),
    path("uji/<str:number>/minta/", trials.trial_ask, name="trial_ask"),
    path("uji/<str:number>/setujui/", trials.trial_pass, name="trial_pass"),
    path("uji/<str:number>/tolak/", trials.trial_fail, name="trial_fail"),
    path("uji/<str:number>/hentikan/", trials.trial_stop, name="trial_stop"),
    path("uji/<str:number>/psw.pdf", trials.trial_paper, name="trial_paper"),
    path("barang/<int:pk>/pembuat/", makers.part_makers, name="part_makers"),
    path("barang/<int:pk>/sertifikat/", makers.part_papers, name="part_papers"),
    path("barang/<int:pk>/pembuat/<int:workshop>/tangguhkan/", makers.maker_suspend, name="maker_suspend"),
    path("cara-kerja/", terms.work_settings_start, name="work_settings_start"),
    path("cara-kerja/<int:pk>/", terms.work_settings, name="work_settings"),
    path("hasil/", results.results, name="results"),
    path("hasil/<str:number>/", results.result, name="result"),
    path("hasil/<str:number>/foto/<int:tranche>/", results.result_photo, name="result_photo"),
    path("hasil/putusan/<int:pk>/foto/", results.result_decision_photo, name="result_decision_photo"),
    path("pembeli/mutu/", buyer.buyer_quality, name="buyer_quality"),
]

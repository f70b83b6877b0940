"""Addresses of sales: invoices, credit notes, payments, bank statements, taxes."""

from django.urls import path

from wadah.web.views.manager.money.sales import invoices, papers, payments, statements, taxes

urlpatterns = [
    path("tagihan/", invoices.invoices, name="invoices"),
    path("tagihan/<str:number>/", invoices.invoice, name="invoice"),
    path("tagihan/<str:number>/faktur.pdf", papers.invoice_paper, name="invoice_paper"),
    path("tagihan/<str:number>/tarik/", invoices.invoice_call_off, name="invoice_call_off"),
    path("tagihan/<str:number>/nota/<int:pk>/", invoices.credit_note_add, name="credit_note_add"),
    path("nota-kredit/<str:number>/nota.pdf", papers.credit_note_paper, name="credit_note_paper"),
    path("pesanan/<str:number>/tagih/", invoices.invoice_add, name="invoice_add"),
    path("pesanan/<str:number>/syarat-jual/", invoices.sale_terms_change, name="sale_terms_change"),
    path("uang-masuk/", payments.payments, name="payments"),
    path("uang-masuk/baru/", payments.payment_add, name="payment_add"),
    path("uang-masuk/<str:number>/", payments.payment, name="payment"),
    path("uang-masuk/<str:number>/kuitansi.pdf", papers.payment_paper, name="payment_paper"),
    path("uang-masuk/<str:number>/pasang/", payments.payment_set, name="payment_set"),
    path("uang-masuk/<str:number>/lepas/<int:pk>/", payments.payment_unset, name="payment_unset"),
    path("uang-masuk/<str:number>/kembalikan/", payments.payment_give_back, name="payment_give_back"),
    path("uang-masuk/<str:number>/kembalikan/<int:pk>/batal/", payments.refund_undo, name="refund_undo"),
    path("uang-masuk/<str:number>/tarik/", payments.payment_undo, name="payment_undo"),
    path("rekening-koran/", statements.statements, name="statements"),
    path("rekening-koran/baru/", statements.statement_add, name="statement_add"),
    path("rekening-koran/<int:pk>/", statements.statement, name="statement"),
    path("rekening-koran/<int:pk>/pasti/", statements.statement_sure, name="statement_sure"),
    path("rekening-koran/<int:pk>/keluarkan/", statements.statement_cancel, name="statement_cancel"),
    path("rekening-koran/baris/<int:pk>/", statements.bank_row, name="bank_row"),
    path("rekening-koran/baris/<int:pk>/bukan/", statements.bank_row_aside, name="bank_row_aside"),
    path("rekening-koran/baris/<int:pk>/lagi/", statements.bank_row_again, name="bank_row_again"),
    path("pajak/", taxes.taxes, name="taxes"),
    path("pajak/status/", taxes.tax_status_add, name="tax_status_add"),
    path("pajak/tahun/", taxes.year_tax_add, name="year_tax_add"),
    path("pajak/tahun/<int:pk>/tarik/", taxes.year_tax_undo, name="year_tax_undo"),
    path("pajak/pph-final/", taxes.income_tax_add, name="income_tax_add"),
]

"""Paid? Double entry, invoices, settlements, savings, and the surplus (docs/ledger.md). Reads work, never writes it."""

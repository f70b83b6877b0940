"""Pure rules of the ledger: no rows, no database."""

"""Writing to the ledger: one transaction each."""

"""Whether the books hold: the laws of docs/ledger.md, read from all rows. Nothing is written. `wadah verify` asks."""

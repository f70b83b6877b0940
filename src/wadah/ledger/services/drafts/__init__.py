"""What each rule of docs/ledger.md makes of its document. A module a family of documents; apps.py imports them all."""

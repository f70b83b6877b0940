"""What follows from lots, samples and measured values alone: no database (docs/quality.md)."""

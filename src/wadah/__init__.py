"""Wadah: a cooperative of small workshops takes an order that none of them could fill alone."""

"""Pieces that a new plan counts on though they don't lie accepted at the hub yet: written by the room of work."""

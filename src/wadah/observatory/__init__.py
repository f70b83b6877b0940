"""Looks at everything and owns nothing: what the city sees of its makers' work, measured, stated or missing.

It has no tables of its own. Its figures are numbered in docs/city.md (O1 …, D1 …).
"""

"""Open exchange: parts as Open Know-How manifests, workshops as Open Know-Where records, out and in.

rules: documents as plain values, without a database; selectors: what a file would hold or would change; services: the
acts that write. docs/exchange.md says which field becomes which column, and what is lost on the way.
"""

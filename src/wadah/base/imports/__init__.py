"""Files into the books, one way for all kinds of things: read, match, compare, show, write all or nothing, take back.

guard, packed, reader, text, reading: bytes → sheets of cells, whatever is sent · layout: where the table stands, what
its columns mean · cells: one cell → one value · kinds: what a room declares · check: rows against what is there now ·
undo: how to put back · files: templates and marked files · write, services, run: the acts. Decision 0006 says why.
"""

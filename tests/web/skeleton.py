"""What axe can judge of a page beside its words: which elements stand in which, with which names, classes and roles.

Two pages with the same skeleton get the same verdict, so one of them is enough. Words, addresses, figures and numbers
in names are left out, and of brothers that are alike one is kept; names that stand twice, names that are missing where
they are pointed at, and the order of headings are kept as they are.
"""

import re
from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KEPT = {"class", "type", "role", "scope", "lang", "name", "id", "for", "rel", "method", "autocomplete", "inputmode"}
POINTING = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list"}
NUMBER = re.compile(r"\d+")


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = ("page", (), [])
        self.open, self.named, self.pointed, self.headings = [self.root], Counter(), set(), []

    def handle_starttag(self, tag, attrs):
        node = (tag, tuple(sorted(sign(*pair) for pair in attrs)), [])
        self.open[-1][2].append(node)
        for name, value in attrs:
            if name == "id":
                self.named[value] += 1
            elif name in POINTING:
                self.pointed |= set((value or "").split())
        if re.fullmatch(r"h[1-6]", tag):
            self.headings += [tag] if self.headings[-1:] != [tag] else []
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        tags = [node[0] for node in self.open]
        if tag in tags[1:]:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data):
        if data.strip():
            self.open[-1][2].append(("words", (), []))


def sign(name, value):
    """Of names and classes the words; of the rest, and of ARIA's states, whether there is anything."""
    if name in KEPT or (name.startswith("aria-") and value in {"true", "false", "page", "polite", "assertive"}):
        return name, NUMBER.sub("0", value or "")
    return name, "+" if value else ""


def shape(node):
    tag, signs, children = node
    return tag, signs, tuple(dict.fromkeys(shape(child) for child in children))


def taken(node, tag):
    """The first element of that tag, taken out of the tree; None where there is none."""
    for child in node[2]:
        if child[0] == tag:
            node[2].remove(child)
            return child
        if (found := taken(child, tag)) is not None:
            return found
    return None


def skeletons(html):
    """Of what surrounds the main part, and of the main part: each may be known from another page."""
    reader = Reader()
    reader.feed(html)
    main = taken(reader.root, "main") or ("main", (), [])
    twice = tuple(sorted(NUMBER.sub("0", name) for name, times in reader.named.items() if times > 1))
    missing = tuple(sorted(NUMBER.sub("0", name) for name in reader.pointed - reader.named.keys()))
    return [hash(shape(reader.root)), hash((shape(main), twice, missing, tuple(reader.headings)))]

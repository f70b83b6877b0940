"""What axe can judge of a page beside its words: which elements stand in which, with which classes and roles.

What axe judges lies close together: an element, what it stands in, whether anything stands in it; a name that stands
twice, or is missing where it is pointed at; one heading after another. So a page is taken apart into such limbs, and
one whose limbs are all known from other pages tells nothing new. Words, addresses, figures and names are left out.
"""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KEPT = {"class", "type", "role", "scope", "lang", "rel", "method", "autocomplete", "inputmode"}
POINTING = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list"}
ASIDE = {
    "name", "action", "src", "loading", "accept", "pattern", "maxlength", "minlength", "min", "max", "step", "rows",
    "cols", "required", "checked", "selected", "width", "height", "viewbox", "points", "transform",
    "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx",
}  # fmt: skip
"""What axe takes no notice of."""
NUMBER = re.compile(r"\d+")


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = ("page", (), [])
        self.open, self.named, self.pointed, self.headings = [self.root], Counter(), set(), []

    def handle_starttag(self, tag, attrs):
        node = (tag, tuple(sorted(sign(*pair) for pair in attrs if pair[0] not in ASIDE)), [])
        self.open[-1][2].append(node)
        for name, value in attrs:
            if name == "id":
                self.named[value] += 1
            elif name in POINTING:
                self.pointed |= set((value or "").split())
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
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
    """Of classes the words; of the rest, and of ARIA's states, whether there is anything."""
    if name in KEPT or (name.startswith("aria-") and value in {"true", "false", "page", "polite", "assertive"}):
        return name, NUMBER.sub("0", value or "")
    return name, "+" if value else ""


def limbs_of(node, above=None):
    """Of an element and all that stand in it: itself, what it stands in, and whether anything stands in it."""
    tag, signs, children = node
    yield above, (tag, signs), bool(children)
    for child in children:
        yield from limbs_of(child, (tag, signs))


def limbs(html):
    """The limbs of a page, as a set of hashes."""
    reader = Reader()
    reader.feed(html)
    twice = {("twice", NUMBER.sub("0", name)) for name, times in reader.named.items() if times > 1}
    missing = {("missing", NUMBER.sub("0", name)) for name in reader.pointed - reader.named.keys()}
    steps = pairwise(["start", *reader.headings])
    return {hash(limb) for limb in {*limbs_of(reader.root), *twice, *missing, *steps}}

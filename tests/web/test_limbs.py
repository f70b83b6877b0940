"""Pages are alike for axe only where it can't tell them apart."""

import pytest
from limbs import limbs

PAGE = '<html lang="{lang}"><body><nav><a href="/">Home</a></nav><main>{main}</main></body></html>'


def known(main, lang="id"):
    return limbs(PAGE.format(main=main, lang=lang))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Satu</p>", "<p>Dua</p>"),
        ("<ul><li>1</li></ul>", "<ul><li>1</li><li>2</li></ul>"),
        ("<p>x</p><ul><li>x</li></ul>", "<ul><li>x</li></ul><p>x</p>"),
        ('<a href="/x/1/">x</a>', '<a href="/y/">y</a>'),
        ('<i id="a-1">x</i>', '<i id="a-2">x</i>'),
        ('<label for="q">x</label><input id="q" value="1">', '<label for="q">x</label><input id="q" value="2">'),
    ],
)
def test_words_numbers_and_more_of_the_same_make_no_other_page(one, other):
    assert known(one) == known(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>x</p>", "<p></p>"),
        ('<a href="/">x</a>', '<a href="/"></a>'),
        ('<img alt="x">', "<img>"),
        ('<img alt="x">', '<img alt="">'),
        ('<p class="hint">x</p>', '<p class="late">x</p>'),
        ('<i id="a">x</i><b id="b">x</b>', '<i id="a">x</i><b id="a">x</b>'),
        ('<label for="q">x</label><input id="q">', '<label for="p">x</label><input id="q">'),
        ("<h1>x</h1><h2>y</h2>", "<h1>x</h1><h3>y</h3>"),
        ("<h2>x</h2><h1>x</h1>", "<h1>x</h1><h2>x</h2>"),
        ('<b aria-expanded="true">x</b>', '<b aria-expanded="false">x</b>'),
        ("<table><tr><th>x</th></tr></table>", "<table><tr><td>x</td></tr></table>"),
        ('<input type="text">', '<input type="checkbox">'),
    ],
)
def test_what_axe_judges_makes_another_page(one, other):
    assert known(other) - known(one)


def test_a_page_made_of_known_limbs_tells_nothing_new():
    table, listed = "<table><tr><th>x</th></tr></table>", "<ul><li><b>x</b></li></ul>"
    assert known(table + listed) <= known(table) | known(listed) | known("<table></table><ul></ul>")
    assert not known("<p>x</p>", lang="en") <= known("<p>x</p>")

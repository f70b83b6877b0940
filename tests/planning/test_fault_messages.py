"""Every fault can be said in both languages, with its place, its value and the way out."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from wadah.planning import columns, errors
from wadah.planning.errors import Fault
from wadah.planning.messages import text
from wadah.planning.sentences import DOCUMENTS, FILES, RULES, SENTENCES, VALUES

SOURCES = sorted(Path(errors.__file__).parent.glob("*.py"))
MAKERS = ("Fault", "refuse", "single_source_fault", "fault")


def codes_in(source: str) -> set[str]:
    """First arguments of the calls that make a fault."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
            *MAKERS,
            "fault",
        ):
            found |= strings(node.args[0]) if node.args else set()
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            found |= strings(node.value.elts[0])
    return found


def codes_yielded(source: str) -> set[str]:
    """First cells of the triples that columns.py yields."""
    yields = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Yield)]
    return set().union(*(strings(value.elts[0]) for value in yields if isinstance(value, ast.Tuple)))


def strings(node: ast.AST) -> set[str]:
    """The texts that an argument may be; of a choice both, but not what the choice is made by."""
    if isinstance(node, ast.IfExp):
        return strings(node.body) | strings(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    used = set().union(*(codes_in(path.read_text()) for path in SOURCES))
    used |= codes_yielded(Path(columns.__file__).read_text())
    used |= {"duplicate_id", "duplicate_pair"}  # chosen by a variable
    assert used - SENTENCES.keys() == set()
    assert SENTENCES.keys() - used == set()


def test_no_code_is_in_two_lists():
    assert len(SENTENCES) == len(VALUES) + len(RULES) + len(DOCUMENTS) + len(FILES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_fill_the_same_fields(code):
    indonesian, english = (
        {name for _, name, _, _ in Formatter().parse(sentence) if name} for sentence in SENTENCES[code]
    )
    assert indonesian <= english | {"value"}
    assert english <= indonesian | {"value"}
    assert SENTENCES[code][0] != SENTENCES[code][1]


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_can_be_said_with_all_its_fields(code):
    fields = {name for sentence in SENTENCES[code] for _, name, _, _ in Formatter().parse(sentence) if name}
    fault = Fault(code, "orders", 2, "due", "V", "o.csv", tuple((name, "H") for name in fields - {"value"}))
    for language in ("id", "en"):
        assert not re.search(r"\?|\{[a-z]", text(fault, language))


def test_numbers_are_written_the_way_of_the_language():
    fault = Fault("too_large", "parts", 0, "max_share", 1234.5, hint=(("most", 1.0),))
    assert text(fault, "id") == "daftar parts baris 1, kolom max_share: 1.234,5 lebih dari 1; paling banyak 1."
    assert text(fault, "en") == "list parts row 1, column max_share: 1,234.5 is above 1; give at most 1."


def test_a_long_value_is_cut_short_and_one_without_a_place_begins_with_a_capital():
    assert text(Fault("not_text", value=["x"] * 99), "en").startswith("“['x', 'x'")
    assert len(text(Fault("not_text", value=["x"] * 99), "en")) < 120
    assert text(Fault("missing"), "en") == "This value is missing; give it."
    assert text(Fault("not_finite", value=10**4000 - 1), "en").startswith("9999")

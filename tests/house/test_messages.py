"""No screen has a word that isn't translated."""

import importlib.util
import re
from pathlib import Path

TOOL = Path(__file__).resolve().parents[2] / "tools" / "messages.py"
spec = importlib.util.spec_from_file_location("messages_tool", TOOL)
tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tool)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")


def test_every_message_has_an_indonesian_translation():
    assert tool.missing() == []


def test_no_translation_is_a_guess():
    assert [message.id for message in tool.stored() if message.id and message.fuzzy] == []


def test_translations_keep_their_placeholders():
    def holders(text):
        return sorted(set(PLACEHOLDER.findall(text)))

    wrong = []
    for message in tool.stored():
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wrong += [message.id for string in strings if message.id and string and holders(ids[-1]) != holders(string)]
    assert wrong == []


def test_gathering_again_changes_nothing(tmp_path, monkeypatch):
    target = tmp_path / "django.po"
    target.write_bytes(tool.CATALOG.read_bytes())
    monkeypatch.setattr(tool, "CATALOG", target)
    tool.write(tool.merged())
    once = target.read_bytes()
    tool.write(tool.merged())
    assert target.read_bytes() == once


def test_gettext_has_no_name_that_the_gatherer_does_not_know():
    alias = re.compile(r"^from django\.utils\.translation import .*\bas (?!_$)\w+", re.MULTILINE)
    assert [path.name for path in tool.SOURCE.rglob("*.py") if alias.search(path.read_text(encoding="utf-8"))] == []

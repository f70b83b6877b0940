"""What the command line says of itself is in the language asked for: help, usage, and each kind of misuse."""

from __future__ import annotations

import argparse
import ast
import inspect
import re

import pytest

from cli.terminal import wadah
from planning.rich import PROBLEM
from wadah.cli import usage
from wadah.cli.database import setting_words
from wadah.cli.main import COMMANDS, main, parser
from wadah.cli.replan_words import say as replan_say
from wadah.cli.usage import Parser, language_asked, speaking
from wadah.cli.usage_words import ARGPARSE, KINDS, TEXTS
from wadah.cli.words import LANGUAGES
from wadah.planning.files import write_plan, write_problem
from wadah.planning.obstacles import obstacle
from wadah.planning.plan import Plan

# argparse's messages that only whoever writes the program can cause, or that Parser.error replaces
PROGRAMMERS = {
    ".__call__() not defined",
    "'required' is an invalid argument for positionals",
    "mutually exclusive arguments must be optional",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "%r is not callable",
    'argument "-" with mode %r',
    "%(prog)s: error: %(message)s\n",
    "subcommands",
}
SAME_IN_BOTH = {"N", "RP", "M2", "CSV", "PORT"}
FIELD = re.compile(r"%\(\w+\)[rs]|%[rs]|\{\w+\}")


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("WADAH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def ends(words, capsys):
    """Exit code, standard output, standard error."""
    with pytest.raises(SystemExit) as stopped:
        main(words)
    out, err = capsys.readouterr()
    return stopped.value.code, out, err


def argparse_messages():
    """What argparse of this Python hands to gettext."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name in ("_", "ngettext"):
            words = node.args[: 2 if name == "ngettext" else 1]
            found |= {n.value for arg in words for n in ast.walk(arg) if isinstance(n, ast.Constant)}
    return found - {"title", "description", None}


def commands_and_options():
    """(command, action) for all of them, with the English texts."""
    with speaking("en"):
        top, commands = parser()
    for name, command in {"": top, **commands}.items():
        yield from ((name, action) for action in command._actions)


def texts_of(action):
    """The help and the placeholder, where it has them; for the list of commands, theirs."""
    found = [action.help, action.metavar] if action.option_strings[-1:] != ["--help"] else []
    if isinstance(action, argparse._SubParsersAction):
        found += [pseudo.help for pseudo in action._choices_actions]
    return {text for text in found if text}


# -- completeness -----------------------------------------------------------------------------------------------------


def test_every_message_of_argparse_that_a_user_can_cause_has_both_languages():
    assert argparse_messages() - ARGPARSE.keys() - PROGRAMMERS == set()


def test_every_help_text_and_placeholder_has_an_indonesian_one():
    used = {(name, text) for name, action in commands_and_options() for text in texts_of(action)}
    assert {pair for pair in used if pair[1] not in TEXTS} == set()
    assert {text for text in TEXTS if TEXTS[text] == text} == SAME_IN_BOTH


def test_every_option_of_every_command_has_a_help_text():
    assert [
        (name, action.dest)
        for name, action in commands_and_options()
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ] == []


def test_translations_keep_their_fields():
    def holders(text):
        return sorted(FIELD.findall(text))

    pairs = [*TEXTS.items(), *((key, text) for key, both in ARGPARSE.items() for text in both), *KINDS.values()]
    assert [pair for pair in pairs if set(holders(pair[0])) != set(holders(pair[1]))] == []


# -- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_the_language_asked_for(command, capsys):
    words = [command, "--help"] if command else ["--help"]
    texts = {}
    for language in LANGUAGES:
        code, texts[language], err = ends([*words, "--lang", language], capsys)
        assert (code, err) == (0, "")
    assert texts["id"].startswith("pemakaian: wadah")
    assert texts["en"].startswith("usage: wadah")
    for text in ("usage", "positional", "options", "show this help", "default"):
        assert text not in texts["id"]
    shown = " ".join(texts["id"].split())
    for name, action in commands_and_options():
        if name == command and not isinstance(action, argparse._SubParsersAction) and action.help in TEXTS:
            choices = ", ".join(action.choices or ())
            assert " ".join((TEXTS[action.help] % {"choices": choices}).split()) in shown


# -- misuse -----------------------------------------------------------------------------------------------------------

MISUSE = {  # words: what is named in both languages, and the way out
    "plan": ("MASALAH", "PROBLEM"),
    "check x.json": ("RENCANA", "PLAN"),
    "fly": ("'fly'", "'plan'"),
    "": ("PERINTAH", "COMMAND"),
    "plan x --time-limit": ("--time-limit",),
    "plan x --time-limit 0": ("--time-limit", "“0”"),
    "plan x --time-limit soon": ("--time-limit", "“soon”", "1234.5"),
    "plan x --time-limit nan": ("--time-limit", "“nan”", "1e+07"),
    "plan x --threads 0": ("--threads", "“0”", "256"),
    "plan x --threads 1.5": ("--threads", "“1.5”", "256"),
    "plan x --seed two": ("--seed", "“two”"),
    "plan x --seed -1": ("--seed", "“-1”"),
    "plan x --json=3": ("--json", "'3'"),
    "plan x --effort 3 --time-limit 5": ("--time-limit", "--effort"),
    "plan x --t 4": ("--time-limit", "--threads"),
    "plan x --sed 4": ("--sed 4", "--seed?"),
    "plan x y z": ("y z",),
    "plan x --lang fr": ("--lang", "'fr'", "'id', 'en'"),
    "serve --port 99999": ("--port", "“99999”", "65535"),
    "generate --workshops 3 --parts 0": ("--parts", "“0”", "1000000"),
    "example atlantis --out x.json": ("'atlantis'", "bekasi-batik"),
    "fairness x --key luck": ("--key", "'luck'", "'equal'"),
    "invest x y --budget -1": ("--budget", "“-1”"),
    "promise x --part P --quantity 0": ("--quantity", "“0”"),
    "replan x": ("--plan",),
    "replan x --plan p --change-cost free": ("--change-cost", "“free”"),
    "why x y --ways 200": ("--ways", "“200”", "100"),
    "prices x y --hours 0": ("--hours", "“0”"),
}
LEFTOVERS = [
    re.compile(re.escape(re.split(r"%[\w(]", message)[0].strip()))
    for message in (*ARGPARSE, *PROGRAMMERS)
    if len(re.split(r"%[\w(]", message)[0].strip()) > 3 and message not in ("positional arguments", "options")
]


@pytest.mark.parametrize("words", MISUSE)
def test_misuse_is_told_in_the_language_asked_for_with_its_place(words, capsys):
    told = {}
    for language in LANGUAGES:
        asked = words.split() + (["--lang", language] if "--lang" not in words else [])
        code, out, told[language] = ends(asked, capsys)
        assert (code, out) == (2, "")
    if "--lang" not in words:
        assert told["en"] != told["id"]
        assert "All options: wadah" in told["en"]
        assert any(named in told["en"] for named in MISUSE[words][-1:])
    assert "Semua pilihan: wadah" in told["id"]
    assert "pemakaian: wadah" in told["id"]
    assert all(named in told["id"] or named in told["en"] for named in MISUSE[words])
    assert [pattern.pattern for pattern in LEFTOVERS if pattern.search(told["id"])] == []


def test_the_message_for_a_value_names_option_value_and_range(capsys):
    assert (
        "wadah: --threads: “0” di luar batas; beri dari 1 sampai 256.\n"
        in ends(["plan", "x", "--threads", "0"], capsys)[2]
    )
    english = ends(["plan", "x", "--threads", "0", "--lang=en"], capsys)[2]
    assert "wadah: --threads: “0” is out of range; give 1 to 256.\n" in english


def test_a_very_long_value_is_cut_short(capsys):
    assert len(ends(["plan", "x", "--seed", "9" * 10_000], capsys)[2]) < 500


# -- files ------------------------------------------------------------------------------------------------------------


def answers(words, capsys):
    """Exit code and all that was printed, by language."""
    found = {}
    for language in LANGUAGES:
        code = main([*map(str, words), "--lang", language])
        out, err = capsys.readouterr()
        found[language] = code, out + err
    return found


NO_FILE = {"generate", "example", "found", "demo", "serve", "verify", "head"}


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in NO_FILE])
def test_a_file_that_is_not_there_is_told_in_both_languages(command, tmp_path, capsys):
    missing = tmp_path / "nothing.json"
    more = {
        "plan": (),
        "fairness": (),
        "promise": ("--part", "P", "--quantity", 1),
        "replan": ("--plan", missing),
        "invest": (missing, "--budget", 1),
        "why": (missing, "--order", "O"),
    }.get(command, (missing,))
    found = answers([command, missing, *more], capsys)
    for language, words in (("id", "tidak ada file atau folder ini"), ("en", "there is no such file or folder")):
        code, said = found[language]
        assert code == 2
        assert words in said
        assert str(missing) in said or missing.name in said


def test_a_folder_that_is_not_there_is_told_in_both_languages(tmp_path, capsys):
    write_problem(PROBLEM, tmp_path / "problem.json")
    found = answers(["plan", tmp_path / "problem.json", "--out", tmp_path / "nowhere" / "plan.json"], capsys)
    assert found["id"][0] == found["en"][0] == 2
    assert "No such file or directory" in found["en"][1]
    assert "No such file" not in found["id"][1]
    assert f"{tmp_path / 'nowhere'}: tidak dapat dibuka atau ditulis" in found["id"][1]


def test_broken_json_is_told_in_both_languages(tmp_path, capsys):
    (tmp_path / "problem.json").write_text('{"format": ')
    found = answers(["plan", tmp_path / "problem.json"], capsys)
    assert "di sini harus ada nilai" in found["id"][1]
    assert "Expecting value" in found["en"][1]
    assert "Expecting" not in found["id"][1]


def test_why_there_is_no_plan_is_told_in_both_languages_with_the_way_out(tmp_path, capsys):
    stopped = "infeasible: " + obstacle("order_short", order="CAR", pieces=1500.5)
    write_problem(PROBLEM, tmp_path / "problem.json")
    write_plan(Plan("infeasible", stopped=stopped), tmp_path / "plan.json")
    found = answers(["why", tmp_path / "problem.json", tmp_path / "plan.json", "--order", "CAR"], capsys)
    assert found["id"][0] == found["en"][0] == 1
    assert (
        "(tidak mungkin): tidak mungkin dipenuhi: pesanan CAR tidak boleh kurang, tetapi kurang 1.500,5 buah; beri"
        in (found["id"][1])
    )
    assert "infeasible: order CAR may not be short, but 1,500.5 pieces are; give it a short_cost" in found["en"][1]


def test_promise_says_in_the_language_why_there_is_no_plan(tmp_path, capsys):
    stopped = "infeasible: " + obstacle("promise_missed", cell="BOLT SARI 0", pieces=2.0)
    write_problem(PROBLEM, tmp_path / "problem.json")
    write_plan(Plan("infeasible", stopped=stopped), tmp_path / "plan.json")
    part = PROBLEM.parts[0].id
    words = ["promise", tmp_path / "problem.json", "--plan", tmp_path / "plan.json", "--part", part, "--quantity", 1]
    found = answers(words, capsys)
    assert found["id"][0] == found["en"][0] == 1
    assert "tidak mungkin dipenuhi: yang disepakati (BOLT SARI 0) tidak dapat dipenuhi" in found["id"][1]
    assert "infeasible: what is committed (BOLT SARI 0) can't be kept" in found["en"][1]
    assert replan_say("id", "no_plan", why="time limit") == "Tidak ada rencana: batas waktu"


# -- which language ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["plan", "x"], None),
        (["--lang", "en", "plan"], "en"),
        (["plan", "x", "--lang=en"], "en"),
        (["plan", "--la", "en"], "en"),
        (["--lang", "id", "plan", "--lang", "en"], "en"),
        (["plan", "x", "--lang"], None),
        (["plan", "--", "--lang", "en"], None),
        (["plan", "--length", "en"], None),
    ],
)
def test_the_language_is_found_before_anything_is_parsed(words, found):
    assert language_asked(words) == found


def test_the_environment_says_the_language_where_the_words_do_not(monkeypatch, capsys):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "missing: COMMAND" in ends([], capsys)[2]
    monkeypatch.setenv("WADAH_LANG", "id")
    assert "belum ada: PERINTAH" in ends([], capsys)[2]
    assert "missing: COMMAND" in ends(["--lang", "en"], capsys)[2]


def test_argparse_has_its_own_words_back_afterwards():
    before = argparse._
    with speaking("id"), pytest.raises(SystemExit):
        assert argparse._("usage: ") == "pemakaian: "
        Parser(prog="x").error("y")
    assert argparse._ is before
    assert usage.told("PLAN") == "RENCANA"


# -- settings and the database ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "indonesian", "english"),
    [
        ("mysql://x/y", "berisi mysql://…; isi dengan sqlite:///PATH atau postgresql://…", "holds mysql://…; give it"),
        ("postgresql://u@127.0.0.1:1/x", "basis data tidak dapat dipakai (", "the database can't be used ("),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_both_languages(setting, indonesian, english, tmp_path):
    for language, words in (("id", indonesian), ("en", english)):
        done = wadah("demo", "--lang", language, WADAH_DATABASE=setting, WADAH_VAR=str(tmp_path))
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert words in done.stderr
        assert "WADAH_DATABASE" in done.stderr


def test_a_setting_of_another_shape_is_told_as_it_is():
    assert setting_words("WADAH_X: what?", "id") == "pengaturan tidak dapat dipakai: WADAH_X: what?"


def test_a_host_that_is_not_known_is_told_in_both_languages(capsys):
    found = answers(["serve", "--host", "no such host.invalid", "--port", 8123], capsys)
    assert found["id"][0] == found["en"][0] == 2
    assert "bukan alamat yang dikenal" in found["id"][1]
    assert "is not a known address" in found["en"][1]

"""`wadah check`, `wadah show` and `wadah generate`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from cli.terminal import COMMAND, PLAIN, wadah
from planning.rich import PLAN, PROBLEM
from wadah.planning.city import generate
from wadah.planning.construct import construct
from wadah.planning.files import read_problem, write_plan, write_problem
from wadah.planning.plan import Plan
from wadah.planning.problem import Lot


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rich")
    write_problem(PROBLEM, folder / "problem.json")
    write_plan(PLAN, folder / "plan.json")
    return folder / "problem.json", folder / "plan.json"


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    problem = generate(1_000, 60, 100, 26, seed=1)
    write_problem(problem, folder / "problem.json.gz")
    write_plan(construct(problem), folder / "plan.json.gz")
    return folder / "problem.json.gz", folder / "plan.json.gz"


def test_check_accepts_a_sound_plan_and_tells_the_costs_by_kind(rich):
    done = wadah("check", *rich)
    assert done.returncode == 0
    assert "Rencana ini mematuhi semua aturan." in done.stdout
    assert "persiapan" in done.stdout
    assert "set-ups" in wadah("check", *rich, "--lang", "en").stdout


def test_check_rejects_a_broken_plan_and_names_the_rule_and_the_numbers(rich, tmp_path):
    document = json.loads(rich[1].read_text())
    part, workshop, period, pieces = document["make"][0]
    document["make"][0] = [part, workshop, period, pieces + 100_000]
    (tmp_path / "plan.json").write_text(json.dumps(document))
    done = wadah("check", rich[0], tmp_path / "plan.json")
    assert done.returncode == 1
    assert "§2" in done.stdout
    assert workshop in done.stdout
    assert "Traceback" not in done.stderr


def test_check_says_so_where_the_file_holds_no_plan(tmp_path):
    problem = generate(3, 2, 2, 2, 0)
    promised = replace(problem, committed=(Lot(problem.parts[0].id, problem.workshops[0].id, 0, 1e9),))
    write_problem(promised, tmp_path / "problem.json")
    write_plan(Plan("infeasible", stopped="infeasible: committed"), tmp_path / "plan.json")
    done = wadah("check", tmp_path / "problem.json", tmp_path / "plan.json")
    assert done.returncode == 0
    assert "tidak mungkin dipenuhi: committed" in done.stdout
    assert "mematuhi" not in done.stdout


def test_check_refuses_a_plan_that_cannot_be_read(rich, tmp_path):
    (tmp_path / "plan.json").write_text('{"format": "wadah-plan/1", "make": [["BOLT"]]}')
    done = wadah("check", rich[0], tmp_path / "plan.json")
    assert done.returncode in (1, 2)
    assert done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_show_tells_orders_work_and_load(rich):
    done = wadah("show", *rich)
    assert done.returncode == 0
    for word in ("CAR", "SARI", "tempo", "terlambat", "kurang", "BOLT"):
        assert word in done.stdout
    assert "late" in wadah("show", *rich, "--lang", "en").stdout


def test_show_refuses_rows_that_make_no_sense(rich, tmp_path):
    document = json.loads(rich[1].read_text())
    document["make"].append(["NUT", "NOBODY", 0, 5])
    (tmp_path / "plan.json").write_text(json.dumps(document))
    done = wadah("show", rich[0], tmp_path / "plan.json")
    assert done.returncode == 1
    assert "NUT" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_show_fits_the_terminal(city, columns):
    done = wadah("show", *city, COLUMNS=str(columns))
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= columns


def test_show_keeps_every_number_on_a_terminal_of_80_columns(city):
    heading = wadah("show", *city, COLUMNS="80").stdout.splitlines()[0]
    assert heading.split() == ["pesanan", "bagian", "diminta", "tempo", "tepat", "terlambat", "kurang"]


def test_show_counts_what_it_leaves_out_of_a_large_plan_unless_all_is_asked_for(city):
    some, every = wadah("show", *city).stdout, wadah("show", *city, "--all").stdout
    assert len(some.splitlines()) < 110
    assert "dan 70 lagi" in some
    assert " lagi (--all" not in every
    assert len(every.splitlines()) > 400


def test_numbers_are_written_as_the_language_writes_them(city):
    problem = read_problem(city[0])
    largest = max(int(order.quantity) for order in problem.orders)
    assert largest >= 1_000
    assert f"{largest:,}".replace(",", ".") in wadah("show", *city, "--all").stdout
    assert f"{largest:,}" in wadah("show", *city, "--all", "--lang", "en").stdout


def test_a_reader_that_goes_away_is_no_mistake(city):
    process = subprocess.Popen(
        [*COMMAND, "show", *map(str, city), "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=PLAIN
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == 0


def test_generate_writes_the_same_file_for_the_same_seed(tmp_path):
    words = ("generate", "--workshops", 9, "--parts", 6, "--orders", 5, "--periods", 4)
    for name in ("a.json.gz", "b.json.gz"):
        assert wadah(*words, "--seed", 3, "--out", tmp_path / name).returncode == 0
    assert (tmp_path / "a.json.gz").read_bytes() == (tmp_path / "b.json.gz").read_bytes()
    assert read_problem(tmp_path / "a.json.gz") == generate(9, 6, 5, 4, 3)


def test_generate_prints_the_problem_where_no_file_is_named(tmp_path):
    done = wadah("generate", "--workshops", 3, "--parts", 2, "--orders", 2, "--periods", 2)
    (tmp_path / "problem.json").write_text(done.stdout)
    assert read_problem(tmp_path / "problem.json") == generate(3, 2, 2, 2, 0)


@pytest.mark.parametrize("name", ["workshops", "parts", "orders", "periods", "seed"])
def test_generate_refuses_a_size_that_makes_no_city(name):
    sizes = {"workshops": 3, "parts": 2, "orders": 2, "periods": 2, "seed": 0} | {name: -1}
    done = wadah("generate", *(word for key, value in sizes.items() for word in (f"--{key}", value)))
    assert done.returncode == 2
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_without_a_database_starts_at_once_and_never_loads_django():
    began = time.monotonic()
    wadah("--help")
    assert time.monotonic() - began < 2.0  # 0.1 s where nothing else runs
    code = "import sys, wadah.cli.main as m\ntry: m.main(['plan', '--help'])\nexcept SystemExit: pass\n"
    loaded = subprocess.run(
        [sys.executable, "-c", code + "print([n for n in ('django', 'numpy', 'scipy') if n in sys.modules])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.rstrip().endswith("[]")

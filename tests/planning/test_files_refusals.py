"""What can't be read is refused with its file, row, column and value, and never with a stack trace."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile

import pytest

from planning.rich import PROBLEM
from wadah.planning import parquet, storage, tables
from wadah.planning.errors import Fault, PlanError, ProblemError
from wadah.planning.files import problem_to_dict, read_plan, read_problem, write_problem
from wadah.planning.messages import text

GOOD = problem_to_dict(PROBLEM)


def refused(path, kind=ProblemError) -> list[Fault]:
    """The faults, each of which can be said in both languages."""
    with pytest.raises(kind) as caught:
        (read_problem if kind is ProblemError else read_plan)(path)
    for fault in caught.value.faults:
        assert "?" not in text(fault, "id") + text(fault, "en")
    return caught.value.faults


def codes(path, kind=ProblemError) -> list[str]:
    return [fault.code for fault in refused(path, kind)]


def saved(tmp_path, document, name="p.json"):
    path = tmp_path / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


# -- JSON -------------------------------------------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path):
    for name in ("p.json", "p.json.gz", "p.zip", "folder", "p.xlsx"):
        (fault,) = refused(tmp_path / name)
        assert (fault.code, fault.file) == ("no_file", str(tmp_path / name))


def test_a_file_of_another_kind_is_refused(tmp_path):
    assert codes(saved(tmp_path, "x", "p.xlsx")) == ["unknown_format"]


def test_a_folder_named_like_a_file_is_read_as_a_folder(tmp_path):
    (tmp_path / "p.json").mkdir()
    assert set(codes(tmp_path / "p.json")) == {"missing_table"}


BROKEN = [
    ('{"format": \n  "wadah-problem/1",, }', "json_broken"),
    ("", "json_broken"),
    ("[" * 100_000, "json_deep"),
    ('{"format": ' + "9" * 5000 + "}", "json_number"),
    ("[]", "not_object"),
    ("null", "not_object"),
    ('{"parts": []}', "no_format"),
]


@pytest.mark.parametrize(("content", "code"), BROKEN)
def test_broken_json_is_refused(tmp_path, content, code):
    assert code in codes(saved(tmp_path, content))


def test_broken_json_is_located(tmp_path):
    (fault,) = refused(saved(tmp_path, '{"format": "wadah-problem/1",\n  "parts": [,]}'))
    assert "p.json, line 2: no proper JSON at column 13" in text(fault, "en")


def test_a_byte_order_mark_is_read_over(tmp_path):
    path = tmp_path / "p.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert read_problem(path) == PROBLEM


def test_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "p.json"
    path.write_bytes(b'{\n"format": "caf\xe9"}')
    (fault,) = refused(path)
    assert (fault.code, dict(fault.hint)["line"]) == ("encoding", 2)


def test_a_gzip_that_is_cut_off_or_none_at_all_is_refused(tmp_path):
    path = tmp_path / "p.json.gz"
    packed = gzip.compress(json.dumps(GOOD).encode())
    for content in (packed[:-20], packed[:100], b"{}", b"", packed[:30] + b"\xff" * 20 + packed[50:]):
        path.write_bytes(content)
        assert codes(path)[0] in ("gzip_broken", "json_broken")


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "LIMIT_BYTES", 2000)
    (tmp_path / "p.json.gz").write_bytes(gzip.compress(b"[" + b"0," * 5000 + b"0]"))
    assert codes(tmp_path / "p.json.gz") == ["too_big"]
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("parts.csv", "orders.csv"):
            archive.writestr(name, "id," * 500)
    assert codes(tmp_path / "p.zip") == ["too_big"]


@pytest.mark.parametrize("key", ["calendar", "parts", "workshops", "capabilities", "orders"])
def test_a_list_that_is_left_out_is_named(tmp_path, key):
    document = {name: value for name, value in GOOD.items() if name != key}
    (fault,) = refused(saved(tmp_path, document))
    assert (fault.code, fault.table) == ("missing_list", key)


def test_another_version_is_refused(tmp_path):
    (fault,) = refused(saved(tmp_path, GOOD | {"format": "wadah-problem/2"}))
    assert (fault.code, fault.value) == ("wrong_format", "wadah-problem/2")


LINE = {"id": "1", "part": "BOLT", "quantity": 1, "due": 0}
SHAPES = [
    ({"colour": 1}, ("unknown_key", None, None, "colour")),
    ({"parts": {}}, ("not_list", "parts", None, None)),
    ({"parts": [["BOLT"]]}, ("not_object", "parts", 0, None)),
    ({"calendar": 26}, ("not_object", "calendar", None, None)),
    ({"calendar": {"start": "2026-12-07", "periods": 4, "weeks": 1}}, ("unknown_key", "calendar", None, "weeks")),
    ({"calendar": {"start": "07/12/2026", "periods": 4}}, ("not_date", "calendar", 0, "start")),
    ({"calendar": {"start": "2026-13-40", "periods": 4}}, ("not_date", "calendar", 0, "start")),
    ({"calendar": {"periods": 4}}, ("missing", "calendar", 0, "start")),
    ({"committed": [["BOLT", "SARI", 1]]}, ("row_length", "committed", 0, None)),
    ({"committed": [{"part": "BOLT"}]}, ("row_length", "committed", 0, None)),
    ({"orders": [LINE]}, ("missing", "orders", 0, "short_cost")),
    (
        {"orders": [{"id": 1, "part": "BOLT", "quantity": 1, "due": 0, "short_cost": 1}]},
        ("not_text", "orders", 0, "id"),
    ),
    ({"workshops": [{"id": "W"}]}, ("missing", "workshops", 0, "hours")),
    ({"workshops": [{"id": "W", "hours": [1, 2]}]}, ("series_length", "workshops", 0, "hours")),
    ({"workshops": [{"id": "W", "hours": "40"}]}, ("not_series", "workshops", 0, "hours")),
    ({"workshops": [{"id": "W", "hours": True}]}, ("not_series", "workshops", 0, "hours")),
    ({"parts": [{"id": "A", "colour": 1}]}, ("unknown_key", "parts", 0, "colour")),
    ({"parts": [{"id": "A", "bom": {"B": 1}}]}, ("not_bom", "parts", 0, "bom")),
    ({"parts": [{"id": "A", "stock": None}]}, ("null", "parts", 0, "stock")),
    ({"parts": [{"id": "A", "stock": float("nan")}]}, ("not_finite", "parts", 0, "stock")),
    ({"parts": [{"id": ["A"]}]}, ("not_text", "parts", 0, "id")),
    ({"parts": [{"id": "A", "bom": [[["B"], 1]]}]}, ("not_text", "parts", 0, "bom")),
    (
        {"orders": [{"id": {}, "part": [], "quantity": {}, "due": "", "short_cost": []}]},
        ("not_text", "orders", 0, "part"),
    ),
    ({"change_cost": "7"}, ("not_number", "change_cost", None, "change_cost")),
    ({"change_cost": -7}, ("too_small", "change_cost", None, "change_cost")),
]


@pytest.mark.parametrize(("changes", "expected"), SHAPES)
def test_a_wrong_shape_is_named_with_its_place(tmp_path, changes, expected):
    found = refused(saved(tmp_path, GOOD | changes))
    assert expected in [(fault.code, fault.table, fault.row, fault.field) for fault in found]
    assert {fault.file for fault in found} == {"p.json"}


def test_a_key_given_twice_is_named_with_its_row(tmp_path):
    document = json.dumps(GOOD).replace('"id": "FISH"', '"id": "FISH", "stock": 1')
    (fault,) = refused(saved(tmp_path, document))
    assert (fault.code, fault.table, fault.row, fault.value) == ("duplicate_key", "parts", 2, "stock")


# -- tables -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    write_problem(PROBLEM, tmp_path / "folder")
    return tmp_path / "folder"


def edited(folder, table, old, new):
    path = folder / f"{table}.csv"
    content = path.read_bytes().decode()
    assert old in content
    path.write_bytes(content.replace(old, new, 1).encode())
    return folder


def test_a_fault_in_a_csv_is_told_with_file_line_row_and_column(folder):
    (fault,) = refused(edited(folder, "orders", "MEAL,FISH,10,", "MEAL,FISH,-10,"))
    assert text(fault, "en") == (
        "folder/orders.csv, line 4, list orders row 3, column quantity: -10 is below 0; give at least 0."
    )
    assert text(fault, "id") == (
        "folder/orders.csv, baris file 4, daftar orders baris 3, kolom quantity: -10 kurang dari 0; sedikitnya 0."
    )


def test_blank_lines_and_lines_within_cells_do_not_shift_the_line(folder):
    edited(folder, "orders", "CAR,", '\r\n"CA\r\nR",')
    (fault,) = refused(edited(folder, "orders", "MEAL,FISH,10,", "MEAL,FISH,ten,"))
    assert (fault.row, dict(fault.hint)["line"], fault.value) == (2, 6, "ten")


CSV_EDITS = [
    ("parts", "lead_time", "leadtime", {"unknown_column"}),
    ("parts", "lead_time", "stock", {"duplicate_column"}),
    ("orders", "short_cost", "late_cost", {"duplicate_column", "missing_column"}),
    ("orders", "CAR,BRACKET", "CAR", {"row_length"}),
    ("orders", "CAR,BRACKET", "CAR,BRACKET,X", {"row_length"}),
    ("orders", "CAR,BRACKET", '"CAR"x,BRACKET', {"csv_broken"}),
    ("orders", "CAR,BRACKET", ",BRACKET", {"missing"}),
    ("parts", '[[""BOLT"", 2]]', '[[""BOLT"", 2]', {"not_bom"}),
    ("parts", '[[""BOLT"", 2]]', "BOLT", {"not_bom"}),
    ("orders", "20,2,0,5", '"20,5",2,0,5', {"not_number"}),
    ("orders", "20,2,0,5", "inf,2,0,5", {"not_finite"}),
    ("orders", "20,2,0,5", "9" * 400 + ",2,0,5", {"not_finite"}),
    ("calendar", "2026-12-07", "7 Dec", {"not_date"}),
    ("calendar", ",4,7\r\n", ",4,7\r\n2027-01-04,week,4,7\r\n", {"one_row"}),
    ("calendar", "2026-12-07,week,4,7\r\n", "", {"one_row"}),
    ("committed", "BRACKET,TINI,1,2", "BRACKET,TINI,,2", {"missing"}),
    ("committed", "BRACKET,TINI,1,2", "BRACKET,TINI,null,2", {"null"}),
]


@pytest.mark.parametrize(("table", "old", "new", "expected"), CSV_EDITS)
def test_a_wrong_table_is_refused(folder, table, old, new, expected):
    found = refused(edited(folder, table, old, new))
    assert {fault.code for fault in found} == expected
    assert {fault.file for fault in found} == {f"folder/{table}.csv"}


def test_an_empty_table_and_one_with_semicolons_say_what_to_do(folder):
    (folder / "orders.csv").write_text("")
    (folder / "parts.csv").write_text("id;integer;bom\nBOLT;true;[]\n")
    assert sorted(codes(folder)) == ["csv_empty", "csv_semicolon"]


def test_a_spreadsheet_writes_true_and_false_in_capitals(folder):
    edited(folder, "parts", "FILM,false", "FILM,FALSE")
    assert read_problem(folder) == PROBLEM


def test_an_empty_cell_is_left_out_and_null_is_null(folder):
    edited(folder, "orders", "CAR,BRACKET,20,2,0,5,500,true,false", "CAR,BRACKET,20,2,,,null,,")
    order = read_problem(folder).order["CAR"]
    assert (order.earliest, order.late_cost, order.short_cost, order.partial) == (0, 0.0, None, True)


def test_tables_that_are_missing_unknown_or_twice_are_named(folder):
    (folder / "orders.csv").rename(folder / "ordrs.csv")
    (folder / "parts.parquet").write_bytes(b"")
    assert sorted(codes(folder)) == ["missing_table", "table_twice", "unknown_table"]


def test_committed_and_previous_may_be_left_out(folder):
    (folder / "committed.csv").unlink()
    (folder / "previous.csv").unlink()
    (folder / "read me.txt").write_text("other files are left alone")
    problem = read_problem(folder)
    assert (problem.committed, problem.previous) == ((), ())


def test_a_zip_of_a_folder_is_read_like_the_folder(tmp_path, folder):
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("__MACOSX/orders.csv", "rubbish")
        for path in folder.iterdir():
            archive.write(path, f"problem/{path.name}")
    assert read_problem(tmp_path / "p.zip") == PROBLEM


def test_a_zip_that_is_none_or_is_broken_is_refused(tmp_path):
    write_problem(PROBLEM, tmp_path / "p.zip")
    whole = (tmp_path / "p.zip").read_bytes()
    for content in (b"", b"PK", b"{}", whole[:-30], whole[:60] + b"\xff" * 40 + whole[100:]):
        (tmp_path / "p.zip").write_bytes(content)
        assert codes(tmp_path / "p.zip") == ["zip_broken"]


# -- Parquet ----------------------------------------------------------------------------------------------------------


def test_a_broken_parquet_table_is_refused(tmp_path):
    write_problem(PROBLEM, tmp_path / "folder", "parquet")
    for content in (b"", b"PAR1", (tmp_path / "folder" / "parts.parquet").read_bytes()[:-40]):
        (tmp_path / "folder" / "parts.parquet").write_bytes(content)
        assert codes(tmp_path / "folder") == ["parquet_broken"]


def test_without_pyarrow_the_way_out_is_told(tmp_path, monkeypatch):
    write_problem(PROBLEM, tmp_path / "folder", "parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert set(codes(tmp_path / "folder")) == {"no_pyarrow"}
    with pytest.raises(ProblemError) as caught:
        write_problem(PROBLEM, tmp_path / "other.zip", "parquet")
    assert caught.value.faults[0].code == "no_pyarrow"


def test_parquet_reads_native_lists_and_nulls(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    write_problem(PROBLEM, tmp_path / "folder", "parquet")
    lines = pa.struct([("component", pa.string()), ("quantity", pa.float64())])
    columns = {
        "id": pa.array(["A", "B"]),
        "bom": pa.array([[{"component": "B", "quantity": 2.0}], None], pa.list_(lines)),
        "shelf_life": pa.array([3, None]),
        "stock": pa.array([None, 4]),
    }
    pq.write_table(pa.table(columns), tmp_path / "folder" / "parts.parquet")
    for table in ("capabilities", "orders"):
        sheet = next(s for s in parquet_sheets() if s.name == table)
        (tmp_path / "folder" / f"{table}.parquet").write_bytes(parquet.parquet_bytes(sheet, []))
    for table in ("committed", "previous"):
        (tmp_path / "folder" / f"{table}.parquet").unlink()
    first, second = read_problem(tmp_path / "folder").parts
    assert (first.bom, first.shelf_life, first.stock) == ((("B", 2.0),), 3, 0.0)
    assert (second.bom, second.shelf_life, second.stock) == ((), None, 4.0)


def parquet_sheets() -> tuple[tables.Sheet, ...]:
    from wadah.planning.sheets import PROBLEM_SHEETS

    return PROBLEM_SHEETS


# -- plans ------------------------------------------------------------------------------------------------------------

PLAN = {"format": "wadah-plan/1", "status": "feasible", "objective": 1.0}

PLAN_SHAPES = [
    ({"colour": 1}, ("unknown_key", None, None, "colour")),
    ({"format": "wadah-plan/9"}, ("wrong_format", None, None, "format")),
    ({"status": 1}, ("not_text", None, None, "status")),
    ({"objective": "1"}, ("not_number", None, None, "objective")),
    ({"bound": None}, ("not_number", None, None, "bound")),
    ({"make": 1}, ("not_list", "make", None, None)),
    ({"make": [["A", "W", 1]]}, ("row_length", "make", 0, None)),
    ({"make": [["A", "W", 1, "2"]]}, ("not_number", "make", 0, "quantity")),
    ({"make": [["A", 7, 1, 2]]}, ("not_text", "make", 0, "workshop")),
    ({"make": [["A", "W", True, 2]]}, ("not_number", "make", 0, "period")),
    ({"cost": []}, ("not_object", "cost", None, None)),
    ({"cost": {"make": None}}, ("not_number", "cost", None, "make")),
    ({"prices": {"wages": []}}, ("unknown_key", "prices", None, "wages")),
    ({"prices": {"hours": [["W", 1]]}}, ("row_length", "prices.hours", 0, None)),
]


@pytest.mark.parametrize(("changes", "expected"), PLAN_SHAPES)
def test_a_plan_of_the_wrong_shape_is_refused(tmp_path, changes, expected):
    found = refused(saved(tmp_path, PLAN | changes), PlanError)
    assert [(fault.code, fault.table, fault.row, fault.field) for fault in found] == [expected]


def test_a_plan_needs_a_status(tmp_path):
    assert codes(saved(tmp_path, {"format": "wadah-plan/1"}), PlanError) == ["missing"]


def test_a_plan_of_senseless_rows_is_read_for_the_referee_to_judge(tmp_path):
    rows = [["NUT", "W", 1.5, 2], ["NUT", "W", -1, -2], ["NUT", "W", -1, float("inf")]]
    plan = read_plan(saved(tmp_path, PLAN | {"make": rows, "status": "wonderful"}))
    assert plan.make == (("NUT", "W", 1.5, 2), ("NUT", "W", -1, -2), ("NUT", "W", -1, float("inf")))


def test_a_period_written_with_a_decimal_point_is_a_period(tmp_path):
    plan = read_plan(saved(tmp_path, PLAN | {"make": [["A", "W", 3.0, 2]]}))
    assert repr(plan.make) == "(('A', 'W', 3, 2),)"


def test_a_plan_in_tables_is_refused_with_its_line(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("plan.csv", "status,objective\r\nfeasible,dear\r\n")
        archive.writestr("make.csv", "part,workshop,period,quantity\r\nA,W,1,two\r\n")
    (tmp_path / "p.zip").write_bytes(stream.getvalue())
    found = refused(tmp_path / "p.zip", PlanError)
    assert [(fault.file, dict(fault.hint)["line"], fault.field) for fault in found] == [
        ("p.zip/plan.csv", 2, "objective"),
        ("p.zip/make.csv", 2, "quantity"),
    ]

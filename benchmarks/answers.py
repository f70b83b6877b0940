"""`python -m benchmarks.answers`: how quick and how good `wadah promise` and `wadah replan` are beside a city's plan.

A plan is made first, or read (--keep). Then seeded questions and changes (answer_cases.py) are answered within a
second and two, from the moment problem and plan are read and indexed. Every answer is refereed, whole; a row that was
committed and is lost, a broken rule or a bound above a plan ends the run with exit code 3. What replanning costs is set
against the bound that it claims, and for the first --full changes against a plan of the changed problem from nothing,
with the plan's own seconds. Rows go to benchmarks/results/<version>-answers.csv. --processor counts seconds of the
processor (busy.py), for a machine that has other work.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import median

from benchmarks import results_file
from benchmarks.answer_cases import committed, happenings, questions, told
from benchmarks.busy import processor_clock
from benchmarks.case import number
from benchmarks.measure import Refused
from wadah.planning.files import read_plan, read_problem, write_plan
from wadah.planning.plan import row_violations, violations
from wadah.planning.promise import Book, accepted, promise, warm
from wadah.planning.repair import difference, replan
from wadah.planning.solve import solve

SEED = 20261124
PROMISE_SECONDS, REPLAN_SECONDS, PLAN_SECONDS = 1.0, 2.0, 60.0
COLUMNS = ["date", "version", "commit", "cores", "memory_gb", "clock", "instance", "draw_seed", "kind", "case", "what"]
COLUMNS += ["change_cost", "limit", "seconds", "status", "proven", "asked", "most", "most_bound", "whole", "no_earlier"]
COLUMNS += ["cost", "least_cost", "stop", "moved_most", "moved_bound", "moved_whole", "moved_cost", "displaced"]
COLUMNS += ["before", "objective", "bound", "to_bound", "full", "to_full", "lots", "workshops"]


def main(argv=None) -> int:
    args = parsed(argv)
    path = args.out or results_file.path_of("answers")
    counting = processor_clock if args.processor else wall_clock
    try:
        for name in args.city or ["city-1k", "city-10k"]:
            measure(args, name, path, counting)
    except Refused as error:
        print(f"answers: {error}", file=sys.stderr)
        return 3
    print(f"written to {path}")
    return 0


def parsed(argv):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--city", action="append", help="may be given several times; else city-1k and city-10k")
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), help="folder of the problem files")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep each plan made, and read it the next time")
    parser.add_argument("--questions", type=int, default=30, help="orders that might be taken, for each city")
    parser.add_argument("--changes", type=int, default=12, help="things that happen, for each city")
    parser.add_argument("--full", type=int, default=0, help="of them, how many are planned from nothing as well")
    parser.add_argument("--change-cost", type=float, action="append", help="rupiah a piece; else the problem's own")
    parser.add_argument("--plan-seconds", type=float, default=PLAN_SECONDS)
    parser.add_argument("--threads", type=int, default=2, help="of plans from nothing")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processor", action="store_true", help="count seconds of the processor")
    parser.add_argument("--out", type=Path, help="else benchmarks/results/<version>-answers.csv")
    return parser.parse_args(argv)


@contextlib.contextmanager
def wall_clock(threads=1):
    yield time.monotonic


def measure(args, name, path, counting) -> None:
    """All rows of one city."""
    problem = read_problem(args.bench / f"{name}.json.gz")
    plan = plan_in_force(args, name, problem, counting)
    common = results_file.here() | {"instance": name, "draw_seed": args.seed}
    common |= {"clock": "processor" if args.processor else "wall"}
    warm()
    rows = []
    for row in chain(promised(args, problem, plan, counting), replanned(args, name, problem, plan, counting)):
        rows.append(row)
        results_file.append(path, common | row, COLUMNS)
    summary(name, rows)


def plan_in_force(args, name, problem, counting):
    """The plan of a city, refereed."""
    plan = full(args, name, problem, counting)
    refuse(name, violations(problem, plan))
    print(f"{name}: plan {number(plan.objective)}, bound {number(plan.bound)}", flush=True)
    return plan


def full(args, name, problem, counting):
    """A plan from nothing: read where it was kept, else made."""
    file = args.keep and args.keep / f"{name}.plan.json"
    if file and file.exists():
        return read_plan(file)
    with counting(args.threads):
        plan = solve(problem, time_limit=args.plan_seconds, threads=args.threads, seed=args.seed % 1000)
    if file:
        write_plan(plan, file)
    return plan


def refuse(what, faults) -> None:
    if faults:
        raise Refused(f"{what}: " + "; ".join(str(fault) for fault in faults[:3]))


# ---- promise


def promised(args, problem, plan, counting):
    """A row for each question."""
    book = Book(problem, plan)
    for case, order in enumerate(questions(problem, args.questions, args.seed)):
        with counting() as clock:
            start = clock()
            answer = promise(book, order, time_limit=PROMISE_SECONDS)
            seconds = clock() - start
        for offers in (answer.firm, answer.moved):
            for offer in () if offers is None else {id(row): row for row in (offers.most, offers.whole)}.values():
                if offer is not None:
                    refuse(f"promise {case}", row_violations(*accepted(answer, offer, order)))
        row = {"kind": "promise", "case": case, "what": f"{order.quantity:g} {order.part} by {order.due}"}
        row |= {"limit": PROMISE_SECONDS, "seconds": round(seconds, 3), "asked": order.quantity}
        row |= answer_figures(answer)
        show(row, ["seconds", "proven", "most", "most_bound", "whole", "no_earlier", "cost", "least_cost"], MOVED)
        yield row


MOVED = ["moved_most", "moved_bound", "moved_whole", "moved_cost", "displaced"]


def answer_figures(answer) -> dict:
    firm, moved = answer.firm, answer.moved
    row = offers_figures(firm, "") | {"proven": firm.proven, "status": answered(firm, answer.order)}
    row["stop"] = answer.stop and f"{answer.stop.code} {answer.stop.part}"
    if moved is not None:
        row |= {f"moved_{key}": value for key, value in offers_figures(moved, "").items()}
        row["moved_bound"] = moved.most_bound
        row["displaced"] = len(answer.displaced(moved.most)) if moved.most else None
    return row


def answered(answers, order) -> str:
    """all: by the date; later: all, but later; some: not all; none."""
    if answers.most is not None and answers.most.quantity >= order.quantity:
        return "all"
    return "later" if answers.whole is not None else "some" if answers.most is not None else "none"


def offers_figures(answers, _start) -> dict:
    offer = answers.most or answers.whole
    return {
        "most": answers.most.quantity if answers.most else 0.0,
        "most_bound": answers.most_bound,
        "whole": answers.whole.period if answers.whole else None,
        "no_earlier": answers.no_earlier,
        "cost": offer and round(offer.cost),
        "least_cost": offer and round(offer.least_cost),
    }


# ---- replan


def replanned(args, name, problem, plan, counting):
    """A row for each change and cost of change; the first ones against a plan from nothing."""
    held = committed(problem, plan, args.seed)
    book = Book(held, plan)
    for case, change in enumerate(happenings(held, plan, args.changes, args.seed)):
        for change_cost in args.change_cost or [problem.change_cost]:
            with counting() as clock:
                start = clock()
                answer = replan(held, plan, [change], time_limit=REPLAN_SECONDS, change_cost=change_cost, book=book)
                seconds = clock() - start
            refuse(told(change), violations(answer.problem, answer.plan))
            if answer.plan.objective is None:
                raise Refused(f"{told(change)}: no plan, {answer.plan.stopped}")
            if answer.problem.committed != held.committed:
                raise Refused(f"{told(change)}: a committed row is lost")
            row = {"kind": "replan", "case": case, "what": told(change), "change_cost": change_cost}
            row |= {"limit": REPLAN_SECONDS, "seconds": round(seconds, 3), "before": plan.objective}
            row |= plan_figures(answer, plan)
            if case < args.full:
                free = replace(answer.problem, committed=problem.committed)
                row |= against(full(args, f"{name}.{case}.{change_cost:g}", free, counting), answer, free)
            show(row, ["seconds", "objective", "bound", "to_bound"], ["full", "to_full", "lots", "workshops"])
            yield row


def plan_figures(answer, before) -> dict:
    plan, moved = answer.plan, counts(difference(answer.problem, before, answer.plan))
    row = {"status": plan.status, "objective": plan.objective, "bound": plan.bound}
    return row | moved | {"to_bound": plan.objective / plan.bound if plan.bound > 0 else None}


def counts(found) -> dict:
    return {"lots": len(found.lots), "workshops": len(found.workshops)}


def against(plan, answer, free) -> dict:
    """The plan from nothing of the changed problem, free of the commitments drawn here: that can only be cheaper.

    It must obey the rules, and cost no less than the bound that replanning claims.
    """
    refuse("plan from nothing", violations(free, plan))
    if plan.objective is None:
        return {}
    if plan.objective < answer.plan.bound * (1 - 1e-9) and free.committed == answer.problem.committed:
        raise Refused(f"bound {answer.plan.bound}, but a plan costs {plan.objective}")
    return {"full": plan.objective, "to_full": answer.plan.objective / plan.objective}


# ---- telling


def show(row, always, where) -> None:
    words = [f"{key}={number(row.get(key))}" for key in always]
    words += [f"{key}={number(row[key])}" for key in where if row.get(key) is not None]
    print(f"  {row['what']}: " + "  ".join(words), flush=True)


def summary(name, rows) -> None:
    """The sums: seconds, proofs, ratios."""
    for kind in ("promise", "replan"):
        mine = [row for row in rows if row["kind"] == kind]
        if not mine:
            continue
        seconds = [row["seconds"] for row in mine]
        line = f"{name} {kind}: {len(mine)} cases, seconds median {median(seconds):.2f}, most {max(seconds):.2f}"
        if kind == "promise":
            asked = [row for row in mine if "moved_most" in row]
            helped = sum(row["moved_most"] > row["most"] for row in asked)
            line += f", proven {sum(row['proven'] for row in mine)}; moved asked {len(asked)}, more than firm {helped}"
        for key in ("to_bound", "to_full"):
            ratios = [row[key] for row in mine if row.get(key)]
            if ratios:
                line += f", {key} most {max(ratios):.4f} of {len(ratios)}"
        print(line)


if __name__ == "__main__":
    sys.exit(main())

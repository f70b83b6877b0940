"""`python -m benchmarks.programme`: whether the package that Wadah chooses saves as much as those of simpler rules.

For each seeded city (programme_cases.py): a plan without any package (kept in --keep), the package of `best_package`,
then the packages of three rules of thumb and of random draws under the same budget, m² and fairness floor. Each of them
is planned again by the same searches, one member after another; each search ends after so much counted work, so that a
gain doesn't depend on the machine, but for the chosen package, which has so many seconds. A gain is the objective of
the plan without less that of the plan with the package; its interval comes from the objectives and bounds of both
plans. Each package's plan is refereed; a broken rule ends the run with exit code 3. Rows go to
benchmarks/results/<version>-programme.csv; what has a row isn't measured again, so the run goes on where it was
stopped. Exit code 1 where a package saved more than the chosen one, by more than both plans' gaps.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks import results_file
from benchmarks.measure import Refused
from benchmarks.programme_cases import SIZES, case_of, city_of, random_order
from wadah.planning.files import read_plan, write_plan
from wadah.planning.growth import with_prices
from wadah.planning.invest import best_package
from wadah.planning.invest.candidate import with_candidates
from wadah.planning.invest.city import bound_with
from wadah.planning.invest.near import Nearby, objective
from wadah.planning.invest.orders import by_bottleneck, by_price, by_turns
from wadah.planning.invest.promise import promised
from wadah.planning.invest.trail import Trail
from wadah.planning.plan import priced, row_violations
from wadah.planning.solve import solve
from wadah.planning.solver import lease
from wadah.planning.stop import Clock
from wadah.planning.warm import warm
from wadah.planning.why.cutting import counting

SEEDS = (101,)
RANDOM = {300: 200, 1_000: 20}
PLAN_SECONDS = {300: 20.0, 1_000: 40.0}
PACKAGE_SECONDS = {300: 240.0, 1_000: 360.0}
BOUND_SECONDS = 30.0
CHOSEN = "wadah"
RULES = {"biggest price first": by_price, "equal split": by_turns, "dearest bottleneck first": by_bottleneck}
COLUMNS = ["date", "version", "commit", "cores", "memory_gb", "city", "workshops", "seed", "method", "draw"]
COLUMNS += ["members", "cost", "space", "budget", "floor", "gain", "gain_least", "gain_most", "before", "before_bound"]
COLUMNS += ["after", "after_bound", "by_prices", "most", "plans", "seconds", "chosen"]


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.programme", description=__doc__)
    parser.add_argument("--workshops", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--random", type=int, help="random packages a city, else 200 at 300 workshops and 20 at 1,000")
    parser.add_argument(
        "--keep", type=Path, default=Path("var/programme"), help="folder of the plans without a package"
    )
    parser.add_argument("--package-seconds", type=float, help="for the chosen package, else 240 and 360")
    parser.add_argument("--out", type=Path, help="else benchmarks/results/<version>-programme.csv")
    args = parser.parse_args(argv)
    path = args.out or results_file.path_of("programme")
    warm()  # before any clock
    try:
        for workshops in args.workshops:
            for seed in args.seeds:
                measure(args, workshops, seed, path)
    except Refused as error:
        print(f"programme: {error}", file=sys.stderr)
        return 3
    return told(results_file.read_rows(path))


def measure(args, workshops, seed, path) -> None:
    """All rows of one city that aren't there yet, the chosen package first."""
    done = {(row["method"], int(row["draw"])) for row in results_file.read_rows(path) if of_city(row, workshops, seed)}
    count = RANDOM.get(workshops, 20) if args.random is None else args.random
    wanted = [(CHOSEN, 0), *((name, 0) for name in RULES), *(("random", draw) for draw in range(count))]
    left = [key for key in wanted if key not in done]
    if not left:
        return
    problem = city_of(workshops, seed)
    case = case_of(problem, plan_without(args.keep, problem, workshops, seed), seed)
    tried = Tried(args, case, workshops, seed)
    for method, draw in left:
        began = time.monotonic()
        row = tried.chosen() if method == CHOSEN else tried.packed(method, draw)
        row |= {"method": method, "draw": draw, "seconds": round(time.monotonic() - began, 1)}
        results_file.append(path, row, COLUMNS)
        if method != "random" or draw % 20 == 19:
            print(f"{workshops} workshops, seed {seed}, {method} {draw}: {million(row['gain'])} million", flush=True)


def of_city(row, workshops, seed) -> bool:
    return (int(row["workshops"]), int(row["seed"])) == (workshops, seed)


def plan_without(keep, problem, workshops, seed):
    """The plan without a package, with prices; made once."""
    keep.mkdir(parents=True, exist_ok=True)
    file = keep / f"{workshops}-{seed}.plan.json"
    if not file.exists():
        made = solve(problem, time_limit=PLAN_SECONDS.get(workshops, 10.0), seed=0)
        write_plan(with_prices(problem, made, BOUND_SECONDS), file)
    plan = read_plan(file)
    return replace(priced(problem, plan), bound=plan.bound, prices=plan.prices)


@dataclass
class Tried:
    """One city's packages, planned again by one set of searches."""

    args: argparse.Namespace
    case: object
    workshops: int
    seed: int

    def __post_init__(self) -> None:
        case = self.case
        self.price = [promised(case.problem, case.plan, one) for one in case.candidates]
        self.known = {}

    def chosen(self) -> dict:
        case, limits = self.case, self.case.limits
        seconds = self.args.package_seconds or PACKAGE_SECONDS.get(self.workshops, 60.0)
        words = {"budget": limits.budget, "space": limits.space, "floor": limits.floor, "plan": case.plan}
        found = best_package(case.problem, case.candidates, time_limit=seconds, **words)
        numbers = [i for i, one in enumerate(case.candidates) if one.id in found.chosen]
        return self.row(numbers, found.before, found.plan, most=found.most, plans=found.plans)

    def packed(self, method, draw) -> dict:
        count = len(self.case.candidates)
        if method == "random":
            order = random_order(Random(f"{self.case.name} {draw}"), count)
        else:
            order = by_rule(method, self.case.candidates, self.price)
        numbers = fitting(order, self.case)
        with lease(work := counting(Clock(1e9))) as session:
            trail = Trail(
                self.case.problem, self.case.candidates, self.case.plan, self.case.limits, Nearby(session, work)
            )
            trail.known = self.known
            step = trail.taken(sorted(numbers, key=lambda i: (-self.price[i], i)), always=True)
        return self.row(sorted(step.chosen), objective(self.case.plan) - step.idle, step.plan, plans=trail.count)

    def row(self, numbers, before, plan, *, most="", plans) -> dict:
        """One line of the results; the plan is refereed. Raises Refused."""
        case = self.case
        picked = [case.candidates[i] for i in numbers]
        if broken := row_violations(with_candidates(case.problem, picked), plan):
            raise Refused(f"{case.name}: a plan with {[one.id for one in picked]} breaks a rule: {broken[0]}")
        if not case.limits.fits(picked) or not case.limits.floor.met(picked):
            raise Refused(f"{case.name}: {[one.id for one in picked]} is beyond the limits")
        after, bound = objective(plan), bound_with(case.problem, tuple(picked), case.plan, Clock(5 * BOUND_SECONDS))
        return results_file.here() | {
            "city": case.name, "workshops": self.workshops, "seed": self.seed, "members": len(picked),
            "cost": round(sum(one.cost for one in picked)), "space": round(sum(one.space for one in picked)),
            "budget": round(case.limits.budget), "floor": round(case.limits.space),
            "gain": round(before - after), "gain_least": round(case.plan.bound - after),
            "gain_most": round(before - bound), "before": round(before), "before_bound": round(case.plan.bound),
            "after": round(after), "after_bound": round(bound),
            "by_prices": round(sum(self.price[i] for i in numbers)), "most": "" if most == "" else round(most),
            "plans": plans, "chosen": " ".join(one.id for one in picked),
        }  # fmt: skip


def by_rule(method, candidates, price) -> list[int]:
    rule = RULES[method]
    return rule(price) if rule is by_price else rule(candidates, price)


def fitting(order, case) -> list[int]:
    """What a rule takes in its order, as long as it fits and leaves the floor within reach; unseen by any plan."""
    chosen: list[int] = []
    for i in order:
        if case.limits.completed(case.candidates, frozenset((*chosen, i))) is not None:
            chosen.append(i)
    return chosen


# ---- what it came to


def told(rows) -> int:
    """Print a table a city; 1 where the chosen package fell behind by more than the gaps of both plans."""
    behind = 0
    for name in dict.fromkeys(row["city"] for row in rows):
        mine = [row for row in rows if row["city"] == name]
        chosen = next((row for row in mine if row["method"] == CHOSEN), None)
        if chosen is None:
            continue
        others = best_by_method(mine)
        print(f"\n{name}: budget {million(chosen['budget'])} million, {chosen['floor']} m², no package saves more than")
        print(f"  {million(chosen['most'])} million (proven). Millions of rupiah: gain [least, most], by prices, cost")
        for label, row in [(CHOSEN, chosen), *others.items()]:
            parts = [million(row[key]) for key in ("gain", "gain_least", "gain_most", "by_prices", "cost")]
            print("  {:26} {:>9} [{}, {}] {:>9} {:>9}".format(label, *parts))
        best = max(others.values(), key=lambda row: float(row["gain"]), default=None)
        if best is None:
            continue
        allowance = gap_of(chosen) + gap_of(best)
        ahead = float(chosen["gain"]) - float(best["gain"])
        behind += ahead < -allowance
        print(f"  {'ahead' if ahead >= 0 else 'behind'} of the best other by {million(abs(ahead))} million, "
              f"both plans' gaps {million(allowance)} million")  # fmt: skip
    return 1 if behind else 0


def best_by_method(rows) -> dict[str, dict]:
    """The row that gained most of each other method; random with how many there are."""
    found: dict[str, dict] = {}
    for method in dict.fromkeys(row["method"] for row in rows if row["method"] != CHOSEN):
        same = [row for row in rows if row["method"] == method]
        label = f"best of {len(same)} random" if method == "random" else method
        found[label] = max(same, key=lambda row: float(row["gain"]))
    return found


def gap_of(row) -> float:
    return float(row["after"]) - float(row["after_bound"])


def million(amount) -> str:
    return f"{float(amount or 0) / 1e6:,.3f}"


if __name__ == "__main__":
    sys.exit(main())

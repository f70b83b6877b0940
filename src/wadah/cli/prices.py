"""`wadah prices PROBLEM PLAN`: what an hour of each skill is worth by week, and what a few hours more would do."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.asking import NO_ANSWER, data, print_json, read_both
from wadah.cli.kinds import SECONDS, SEED, amount_between, whole_between
from wadah.cli.prices_words import say
from wadah.cli.tables import table, terminal_width
from wadah.cli.words import number, percent, rupiah, whole

if TYPE_CHECKING:
    import argparse

    from wadah.planning.growth import Growth, SkillPrice

NEEDS_DATABASE = False
ROWS_MAX = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("prices", help="what an hour of each skill is worth")
    parser.add_argument("problem", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument("plan", type=Path, help=".json, .json.gz, .zip or folder")
    parser.add_argument(
        "--skills", type=whole_between(0, 10_000), default=3, metavar="N", help="skills to plan again with (default 3)"
    )
    parser.add_argument(
        "--hours",
        type=amount_between(0, 1e6, above=True),
        default=8.0,
        metavar="H",
        help="hours more a period (default 8)",
    )
    parser.add_argument("--time-limit", type=SECONDS, default=60.0, metavar="S", help="for planning again (default 60)")
    parser.add_argument("--seed", type=SEED, default=0, metavar="N", help="the same number gives the same answer")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 with the prices, 1 where the plan is none, breaks rules, or no prices could be worked out."""
    from wadah.planning.growth import grow, skill_prices, with_prices

    both = read_both(args.problem, args.plan, args.lang)
    if both is None:
        return NO_ANSWER
    problem, plan = both
    began = time.monotonic()
    plan = with_prices(problem, plan, args.time_limit / 2)
    skills = skill_prices(problem, plan)
    scarce = tuple(skill for skill in skills if skill.mean > 0)[: args.skills]
    left = max(1.0, args.time_limit - (time.monotonic() - began))
    grown = grow(problem, plan, scarce, hours=args.hours, time_limit=left, seed=args.seed)
    if args.json:
        print_json({"prices": data(plan.prices), "skills": data(skills), "growth": data(grown)})
        return 0
    if not any(skill.mean > 0 for skill in skills):
        print(say(args.lang, "free"))
        return 0
    tell_skills(args.lang, [skill for skill in skills if skill.mean > 0][:ROWS_MAX])
    if grown:
        tell_growth(args.lang, grown)
    missing = [skill.part for skill in scarce if skill.part not in {row.part for row in grown}]
    if missing:
        print(say(args.lang, "untried", skills=", ".join(missing)))
    return 0


def tell_skills(language: str, skills: list[SkillPrice]) -> None:
    print(say(language, "skills"))
    rows = [[say(language, key) for key in ("skill", "makers", "load", "mean", "best", "period")]]
    for skill in skills:
        best = max(range(len(skill.by_period)), key=lambda t: skill.by_period[t])
        load = percent(sum(skill.used) / sum(skill.hours) if sum(skill.hours) > 0 else 0.0, language)
        figures = (rupiah(skill.mean), rupiah(skill.by_period[best]), whole(best, language))
        rows.append([skill.part, whole(skill.makers, language), load, *figures])
    print("\n".join(table(rows, 1, terminal_width())))
    print(say(language, "weeks"))
    for skill in skills:
        print(f"  {skill.part}: {' '.join(number(price / 1000, language, 1) for price in skill.by_period)}")


def tell_growth(language: str, grown: tuple[Growth, ...]) -> None:
    print(say(language, "growth", hours=number(grown[0].hours, language)))
    rows = [
        [say(language, key) for key in ("skill", "saved", "most", "price", "late", "short", "worked", "jobs")],
        *(
            [
                row.part,
                rupiah(row.saved) if row.settled else say(language, "not settled"),
                *(rupiah(amount) for amount in (row.most, row.price)),
                *(number(amount, language, 1) for amount in (row.late, row.short, row.worked)),
                number(row.jobs, language, 2),
            ]
            for row in grown
        ),
    ]
    print("\n".join(table(rows, 1, terminal_width())))
    if not all(row.settled for row in grown):
        print(say(language, "not settled means"))
    if not all(row.whole for row in grown):
        print(say(language, "near"))

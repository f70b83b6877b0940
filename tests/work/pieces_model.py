"""A plain reference model of work: one work order, its lots, one batch of material, counted by place.

It shares nothing with the rules or the services: each step moves pieces from one place to another, or is refused
(None). Places: "todo", "done" (at the workshop), "given_up", (lot, bucket); "extra" counts pieces made beyond those
asked. steps(seed) are random ones, many of them not allowed.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

PIECES, MATERIAL = 40, 60
HUB = ("waiting", "accepted", "rejected")
MOVES = {
    "accept": ("waiting", "accepted"),
    "reject": ("waiting", "rejected"),
    "rework": ("rejected", "rework"),
    "rework_back": ("rework", "waiting"),
    "scrap": ("rejected", "scrapped"),
    "return": ("rejected", "returned"),
    "sort_accept": ("rejected", "accepted"),
}


@dataclass
class Model:
    at: Counter = field(default_factory=lambda: Counter(todo=PIECES))
    lots: list[dict] = field(default_factory=list)  # announced: on its way; made: handed over by the member
    material: Counter = field(default_factory=lambda: Counter(accepted=MATERIAL))
    issues: list[Counter] = field(default_factory=list)
    extra: int = 0
    over: int = 0

    @property
    def handed_over(self) -> int:
        """All that lies in made lots, but for what was taken back."""
        return sum(lot["quantity"] - lot["taken_back"] for lot in self.lots if lot["made"])

    @property
    def asked(self) -> int:
        return PIECES - self.at["given_up"]

    @property
    def reported(self) -> int:
        return self.at["done"] + self.handed_over

    def step(self, name: str, *numbers: int):
        """True where it is done; None where it isn't allowed, then nothing has changed."""
        return getattr(self, f"do_{name}")(*numbers)

    def do_report(self, pieces):
        if pieces == 0 or self.asked == 0 == self.handed_over:
            return None
        if pieces > 0 and self.reported + pieces > self.asked + self.over:
            return None
        if pieces < 0 and -pieces > self.at["done"]:
            return None
        self.at["done"] += pieces
        self.at["todo"] -= pieces
        return True

    def do_all(self):
        more = max(0, self.asked - self.reported)
        return self.do_report(more) if more else None

    def do_hand_over(self, pieces, announced=0, beyond=0):
        if pieces <= 0 or self.asked == 0:
            return None
        if not beyond and self.handed_over + pieces > self.asked + self.over:
            return None
        fresh = max(0, pieces - self.at["done"])
        self.at["done"] -= pieces - fresh
        self.at["todo"] -= fresh  # below zero: made beyond those asked
        lot = {"quantity": pieces, "taken_back": 0, "made": True, "announced": bool(announced), "seen": False}
        self.lots.append(lot | {"at": Counter(waiting=pieces)})
        self.over = max(self.over, self.handed_over - self.asked)
        return True

    def do_receive(self, which, missing):
        lot = self.lot(which)
        if lot is None or not lot["announced"] or not lot["made"]:
            return None
        missing = min(missing, lot["at"]["waiting"])
        self.take_back(lot, missing)
        lot["announced"] = False
        return True

    def do_cancel(self, which, pieces):
        lot = self.lot(which)
        if lot is None or not lot["made"] or not 0 < pieces <= lot["at"]["waiting"]:
            return None
        self.take_back(lot, pieces)
        if lot["at"]["waiting"] == 0:
            lot["announced"] = False
        return True

    def take_back(self, lot, pieces):
        lot["at"]["waiting"] -= pieces
        lot["at"]["returned"] += pieces
        lot["taken_back"] += pieces
        self.at["done"] += pieces

    def do_give_up(self, pieces):
        left = self.asked - self.reported
        if not 0 < pieces <= left:
            return None
        self.at["todo"] -= pieces
        self.at["given_up"] += pieces
        return True

    def do_move(self, which, kind, pieces):
        lot, (source, target) = self.lot(which), list(MOVES.values())[kind % len(MOVES)]
        if lot is None or not 0 < pieces <= lot["at"][source]:
            return None
        lot["at"][source] -= pieces
        lot["at"][target] += pieces
        return True

    def do_split(self, which, bucket, pieces):
        lot, place = self.lot(which), HUB[bucket % 3]
        if lot is None or lot["announced"] or not 0 < pieces < lot["at"][place]:
            return None
        self.lot_from([(lot, pieces)], place)
        return True

    def do_merge(self, which, other, bucket):
        one, two, place = self.lot(which), self.lot(other), HUB[bucket % 3]
        if one is None or one is two or one["announced"] or two["announced"]:
            return None
        if not one["at"][place] or not two["at"][place]:
            return None
        self.lot_from([(lot, lot["at"][place]) for lot in (one, two)], place)
        return True

    def lot_from(self, parents, place):
        total = sum(pieces for _lot, pieces in parents)
        for lot, pieces in parents:
            lot["at"][place] -= pieces
            lot["at"]["moved"] += pieces
        made = {"quantity": total, "taken_back": 0, "made": False, "announced": False}
        self.lots.append(made | {"at": Counter({place: total})})

    def do_issue(self, pieces):
        ended = self.asked <= self.handed_over
        if ended or not 0 < pieces <= self.material["accepted"]:
            return None
        self.material["accepted"] -= pieces
        self.issues.append(Counter(kept=pieces))
        return True

    def do_bring(self, which, pieces):
        return self.issue_end(which, pieces, "accepted")

    def do_spoil(self, which, pieces):
        return self.issue_end(which, pieces, "scrapped")

    def issue_end(self, which, pieces, place):
        issue = self.issues[which % len(self.issues)] if self.issues else None
        if issue is None or not 0 < pieces <= issue["kept"]:
            return None
        issue["kept"] -= pieces
        issue[place] += pieces
        self.material[place] += pieces
        return True

    def lot(self, which):
        return self.lots[which % len(self.lots)] if self.lots else None


def steps(seed: int, count: int):
    """`count` random steps: (name, numbers)."""
    chance = random.Random(seed)
    few = lambda most: chance.randint(0, most)  # noqa: E731
    ways = {
        "report": lambda: (chance.choice([1, 10, 3, -1, -4, 0, PIECES]),),
        "all": lambda: (),
        "hand_over": lambda: (few(15), few(1), chance.random() < 0.1),
        "receive": lambda: (few(9), chance.choice([0, 0, 1, 3, 99])),
        "cancel": lambda: (few(9), few(6)),
        "give_up": lambda: (few(8),),
        "move": lambda: (few(9), few(6), few(12)),
        "split": lambda: (few(9), few(2), few(8)),
        "merge": lambda: (few(9), few(9), few(2)),
        "issue": lambda: (few(20),),
        "bring": lambda: (few(4), few(8)),
        "spoil": lambda: (few(4), few(5)),
    }
    often = ["report", "hand_over", "hand_over", "move", "move", "receive"]
    for _ in range(count):
        name = chance.choice([*ways, *often])
        yield name, tuple(int(number) for number in ways[name]())

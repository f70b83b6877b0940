"""Why a plan is as it is, and what would change it: an order late or short, a member's hours, a part that is scarce.

In: a problem and a plan that obeys it. Out: data (chain.py, member.py, part.py) and ways out, each a change of the
problem that was planned again (changes.py, ways.py). The words for people are the command line's.
"""

from __future__ import annotations

from wadah.planning.why.candidates import Prices
from wadah.planning.why.chain import Link, chain
from wadah.planning.why.changes import Change, Way
from wadah.planning.why.member import Member, member
from wadah.planning.why.part import Scarcity, scarcity
from wadah.planning.why.ways import WaysOut, ways_out

__all__ = [
    "Change",
    "Link",
    "Member",
    "Prices",
    "Scarcity",
    "Way",
    "WaysOut",
    "chain",
    "member",
    "scarcity",
    "ways_out",
]

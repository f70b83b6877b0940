"""Multi-level capacitated lot sizing, 10 items × 4 periods × 3 resources: class A of Tempelmeier & Derstroff 1996.

Figures from Simon-Thevenin/StochasticMRP. Optima: proved by HiGHS, to four decimals.
"""

# the structure that they share: 10 items, 4 of them end items
G0 = """\
10
1 0 1 0 0 1 1 1 0
2 0 1 0 0 1 1 1 0
3 0 1 0 0 1 1 1 0
4 0 1 0 0 1 1 1 0
5 0 1 1 1 2 1 1 0
6 0 1 1 1 2 1 1 0
7 0 1 1 1 2 1 1 0
8 0 1 2 2 3 1 1 0
9 0 1 2 2 3 1 1 0
10 0 1 2 2 3 1 1 0
1 5 1 0
2 5 1 0
2 6 1 0
3 6 1 0
3 7 1 0
4 7 1 0
5 8 1 0
5 9 1 0
6 9 1 0
6 10 1 0
7 10 1 0
0
"""

# means, then period and demands: G_041___.DT1
DEMAND_041_1 = """\
70 30 50 100
1 66 29 44 99
2 68 25 56 101
3 64 32 46 86
4 82 34 54 114
"""

# optimum 2201.7777
G0041111 = """\
Problem instance: G0041111
Periods 4 Products 10 Resources 3
Setup costs (rows = products, col = resources)
35 0 0
15 0 0
25 0 0
50 0 0
0 50 0
0 40 0
0 75 0
0 0 50
0 0 90
0 0 115
Holding costs (rows = products)
4
7
6
3
3
3
2
1
1
1
Capacities (rows = resources, col = periods)
277.7778 277.7778 277.7778 277.7778
366.6667 366.6667 366.6667 366.6667
566.6667 566.6667 566.6667 566.6667
"""

# optimum 11038.1109
G0041151 = """\
Problem instance: G0041151
Periods 4 Products 10 Resources 3
Setup costs (rows = products, col = resources)
560 0 0
240 0 0
400 0 0
800 0 0
0 200 0
0 160 0
0 300 0
0 0 50
0 0 90
0 0 115
Holding costs (rows = products)
4
7
6
3
3
3
2
1
1
1
Capacities (rows = resources, col = periods)
277.7778 277.7778 277.7778 277.7778
366.6667 366.6667 366.6667 366.6667
566.6667 566.6667 566.6667 566.6667
"""

# optimum 13022.1428
G0041241 = """\
Problem instance: G0041241
Periods 4 Products 10 Resources 3
Setup costs (rows = products, col = resources)
35 0 0
15 0 0
25 0 0
50 0 0
0 200 0
0 160 0
0 300 0
0 0 800
0 0 1440
0 0 1840
Holding costs (rows = products)
4
7
6
3
3
3
2
1
1
1
Capacities (rows = resources, col = periods)
357.1429 357.1429 357.1429 357.1429
471.4286 471.4286 471.4286 471.4286
728.5714 728.5714 728.5714 728.5714
"""

OPTIMA = (
    (G0, G0041111, DEMAND_041_1, 2201.7777),
    (G0, G0041151, DEMAND_041_1, 11038.1109),
    (G0, G0041241, DEMAND_041_1, 13022.1428),
)

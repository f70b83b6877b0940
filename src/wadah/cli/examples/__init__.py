"""The example tables of examples/ turned into rows: one path for `wadah example` and `wadah demo`.

tables: reading · city: places, holidays, trades · makers: firms, workshops, weeks · batik, vehicle: the two examples ·
accounts: people to sign in as. Loading is all or nothing, in bulk, and loading again adds nothing.
"""

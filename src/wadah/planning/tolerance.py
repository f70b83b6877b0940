"""How far a number may be off before the referee objects (docs/model.md §12)."""

LIMIT = 1e-6  # whole pieces and limits; hours times max(1, hours used)
STOCK = 1e-5  # pieces in stock
MONEY = 1e-6  # relative

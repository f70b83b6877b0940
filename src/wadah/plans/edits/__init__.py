"""A manager's edits of a plan: a draft beside it, worked out in the background, applied as a new draft or dropped."""

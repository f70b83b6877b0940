"""Answers about a plan that take a while: worked out in the background, kept with the run, shown and made drafts of."""

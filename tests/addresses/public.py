"""Pages that anybody may open."""

from addresses import EVERYBODY, Rule

RULES = {
    "home": Rule(EVERYBODY),
    "login": Rule(EVERYBODY),
    "logout": Rule(EVERYBODY, method="post"),
    "language": Rule(EVERYBODY, method="post", form={"language": "en"}),
    "health": Rule(EVERYBODY),
    "coverage": Rule(EVERYBODY),
}

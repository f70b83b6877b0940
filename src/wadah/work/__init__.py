"""Who says yes, who has made what, whether it passed, where it went: from an offer to a delivered, inspected lot."""

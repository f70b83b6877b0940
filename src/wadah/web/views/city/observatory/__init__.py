"""The city officer's pages: summary, map, report, data quality; and what of them everybody may see."""

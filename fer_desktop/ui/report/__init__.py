"""The report of a lesson on paper: one page, as PDF."""

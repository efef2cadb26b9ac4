"""The report of a lesson: one page of HTML that needs nothing beside itself."""

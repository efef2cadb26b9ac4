"""From analyses to the record of a session."""

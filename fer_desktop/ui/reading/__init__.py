"""A recording that is read as fast as that goes, and becomes a lesson."""

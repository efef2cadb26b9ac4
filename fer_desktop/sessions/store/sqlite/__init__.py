"""The file under the store: its tables, lock, copies and faults."""

"""Files of stored lessons, for the commands and the window: exports, reports, backups, imports."""

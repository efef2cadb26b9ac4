"""The whole program for half an hour, with all that a day brings, and what is left of its memory, files and rows."""

"""Where the window opens: her lessons, and the way to the next one."""

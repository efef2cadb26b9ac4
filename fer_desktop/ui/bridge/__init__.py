"""What joins the window to the rest of the program: services, threads, signals."""

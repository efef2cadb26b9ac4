"""What is read and answered before anything is captured, and what the class is told."""

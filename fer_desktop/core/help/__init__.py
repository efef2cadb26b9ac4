"""What the program explains of itself: first steps, words, and a page for everything that can go wrong."""

"""Finding faces in a frame and reading their expressions."""

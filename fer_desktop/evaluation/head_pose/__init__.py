"""Faces at known angles: pictures of people bent over heads of random shapes, and what is found and read on them."""

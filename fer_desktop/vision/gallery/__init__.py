"""The tiles of a call's gallery, and the faces in them."""

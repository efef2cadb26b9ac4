"""Recordings read on a cluster of Dask: each of its workers reads parts, and this computer joins them."""

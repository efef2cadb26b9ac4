"""Runs that are measured."""

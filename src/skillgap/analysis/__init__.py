"""Profiles -> answers. Pure functions."""

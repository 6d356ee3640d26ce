"""Benchmarks of the whole platform over HTTP: ``script/bench [group…]``."""

"""Benchmarks: what the work of a desk costs, beside a physical limit or a peer of the same run. See `make bench`."""

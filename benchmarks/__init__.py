"""This project against pandas, Polars and the bare scan, at the size of a city and of a country.

Run by hand: python -m benchmarks. Nothing here is asserted by a timed test.
"""

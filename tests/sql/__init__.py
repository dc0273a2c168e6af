"""Specs of the SQL: input tables drawn as text, the expected table drawn beside them."""

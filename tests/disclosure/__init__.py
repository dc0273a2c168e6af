"""Specs of the step between mart and pub."""

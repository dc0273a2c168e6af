"""Profiles: which foreign column, code and date is which of ours; drafted, checked, applied."""

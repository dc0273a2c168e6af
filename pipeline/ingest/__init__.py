"""Delivery → stg: what was delivered is read, typed, judged and counted; no row is lost."""

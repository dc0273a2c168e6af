"""Random small deliveries, on which the product must agree with the oracle row by row."""

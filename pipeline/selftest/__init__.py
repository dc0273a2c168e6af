"""Does the check catch what it should? Clean deliveries are damaged and judged."""

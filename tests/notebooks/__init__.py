"""The notebooks run on a small made-up delivery and are committed without output."""

"""The documentation is held against the code: complete, current, with links that resolve."""

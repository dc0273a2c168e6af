"""Integration quotas of women and men in a Jobcenter (SGB II), from delivery to report."""

__version__ = "0.1.0"

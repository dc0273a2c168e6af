"""The memory that a process and those it started take together, measured from outside."""

import subprocess
import time
from contextlib import suppress

import psutil

# Seconds between two looks. A shorter peak than this is missed.
EVERY = 0.02


def largest_together(process: "subprocess.Popen[str]") -> float:
    """The largest memory of a process tree at one time, in MB (10^6 bytes), when it has ended.

    Each page counts once, whoever shares it (proportional set size); mapped files count.
    """
    root = psutil.Process(process.pid)
    largest = 0
    while process.poll() is None:
        together = 0
        with suppress(psutil.NoSuchProcess):
            for one in (root, *root.children(recursive=True)):
                # A process that ends while it is looked at holds nothing.
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    together += one.memory_full_info().pss
        largest = max(largest, together)
        time.sleep(EVERY)
    return largest / 1e6

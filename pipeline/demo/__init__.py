"""A synthetic demo delivery: made-up people with documented true effects.

Calibrated to published rates; docs/demo.md says which.

    write_demo(Path("data/raw/demo"))                      the delivery, as files
    history = demo_history(bestand=3000, seed=2)           everything that happens
    demo_tables(history, as_of=date(2015, 9, 30))          what was known that day, as Arrow tables
    write_delivery(history, folder, as_of=...)             one of several monthly deliveries
    true_effects()                                         what really drives the made-up take-ups
"""

from pipeline.demo.effects import true_effects
from pipeline.demo.write import DemoInfo, demo_history, demo_tables, write_delivery, write_demo

__all__ = [
    "DemoInfo",
    "demo_history",
    "demo_tables",
    "true_effects",
    "write_delivery",
    "write_demo",
]

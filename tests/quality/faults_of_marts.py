"""Faults of the finished figures: rule, statement, findings."""

from tests.quality.small import MAY

K2_ALL = (
    "kennzahl = 'K2' and schnitt = 'insgesamt' "
    "and geschlecht = 'insgesamt' and berichtsmonat = '2024-12'"
)
M1_ALL = K2_ALL.replace("K2", "M1")
K3E1_ALL = K2_ALL.replace("K2", "K3E1")

JANUARY = "update mart_quote set quote = 10.0 where " + K2_ALL.replace("2024-12", "2025-01")
# So many people that chance moves K2 by less than the limit.
HUGE = "update mart_quote set nenner = 100000"
BEFORE = "update mart_quote set quote = {} where " + K2_ALL
P1 = (
    "insert into mart_quote from (select * replace ('P1' as kennzahl, {} as zaehler, {} as nenner) "
    f"from mart_quote where {K2_ALL})"
)

FAULTS = [
    ("MQ-21", f"update mart_quote set zaehler = bestand_monate where {K2_ALL}", 0),
    ("MQ-21", f"update mart_quote set zaehler = bestand_monate + 1 where {K2_ALL}", 1),
    ("MQ-22", "delete from mart_quote where schnitt = 'bg_typ' and geschlecht = 'w'", 0),
    (
        "MQ-22",
        "update mart_quote set bestand_monate = 1 where auspraegung_1 = 'unbekannt' "
        "and geschlecht = 'w' and berichtsmonat = '2024-12'",
        1,
    ),
    ("MQ-23", f"update mart_quote set zaehler = zaehler + 1 where {K2_ALL}", 1),
    ("MQ-23", "delete from mart_quote where geschlecht = 'd' and auspraegung_1 = 'unbekannt'", 2),
    ("MQ-24", f"update mart_quote set quote = 9.99 where {K2_ALL}", 1),
    ("MQ-24", f"update mart_quote set quote = 10 where {K2_ALL}", 0),
    ("MQ-24", f"update mart_quote set quote = 70 where {K2_ALL}", 0),
    ("MQ-24", f"update mart_quote set quote = 70.01 where {K2_ALL}", 1),
    ("MQ-24", f"update mart_quote set quote = null where {K2_ALL}", 0),
    ("MQ-25", f"update mart_quote set quote = quote + 0.001 where {K2_ALL}", 1),
    ("MQ-25", f"update mart_quote set quote = null where {K2_ALL}", 1),
    ("MQ-25", "update mart_quote set quote = 0 where auspraegung_1 = 'unbekannt'", 12),
    ("MQ-27", "update mart_quote set zaehler = nenner where kennzahl = 'M1'", 0),
    ("MQ-27", f"update mart_quote set zaehler = nenner + 1 where {M1_ALL}", 1),
    ("MQ-28", f"update mart_quote set quote = quote + 0.001 where {M1_ALL}", 1),
    ("MQ-28", f"update mart_quote set quote = null where {M1_ALL}", 1),
    ("MQ-28", f"update mart_quote set nenner = 0 where {M1_ALL}", 1),
    ("MQ-29", f"update mart_quote set zaehler = zaehler + 1 where {K3E1_ALL}", 1),
    ("MQ-29", f"update mart_quote set bestand_monate = 0 where {K3E1_ALL}", 1),
    ("MQ-30", f"update mart_quote set nenner = nenner + 1 where {M1_ALL}", 1),
    ("MQ-31", "update mart_quote set nenner = 8 where kennzahl = 'FQ' and geschlecht = 'w'", 1),
    ("MQ-31", "update mart_quote set nenner = 13 where kennzahl = 'FQ'", 1),
    ("MQ-26", f"update core_personenmonat set integriert = 1 - integriert where {MAY}", 2),
    ("MQ-26", f"delete from core_personenmonat where {MAY}", 2),
    ("MQ-32", f"update mart_quote set quote = 20 where {K2_ALL}; {HUGE}", 1),
    ("MQ-32", f"{HUGE}; {JANUARY}; {BEFORE.format(11.5)}", 0),
    ("MQ-32", f"{HUGE}; {JANUARY}; {BEFORE.format(11.6)}", 1),
    ("MQ-32", f"update mart_quote set quote = quote + 5 where {K2_ALL}", 0),
    ("MQ-33", f"update mart_quote set zaehler = bestand_monate where {K3E1_ALL}", 0),
    ("MQ-33", f"update mart_quote set zaehler = bestand_monate + 1 where {K3E1_ALL}", 1),
    ("MQ-34", f"{P1.format('zaehler', 'nenner')}", 0),
    ("MQ-34", f"{P1.format('zaehler + 1', 'nenner')}", 1),
    ("MQ-34", f"{P1.format('zaehler', 'nenner - 1')}", 1),
]

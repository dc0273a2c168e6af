"""Faults that show over time: rule, statement, findings."""

from tests.quality.small import MAY

NEWEST = "monat = date '2025-01-01'"
# 10 000 persons a month, 5 000 of them women, so that chance moves a share by little.
LARGE = (
    "delete from core_monatsbild; insert into core_monatsbild by name select 'bestand' as "
    "tabelle, monat, 'geschlecht' as merkmal, g as auspraegung, n as zeilen "
    "from (values ('w', 5000), ('m', {}), ('u', {})) as t (g, n) "
    "cross join (select distinct monat from core_bestand)"
)
SHARE = LARGE.format(5000, 0) + "; update core_monatsbild set zeilen = "
SHARE += "case auspraegung when 'w' then {} when 'm' then {} else 0 end " + f"where {NEWEST}"
UNKNOWN = LARGE.format(4000, 1000) + "; update core_monatsbild set zeilen = "
UNKNOWN += "case auspraegung when 'w' then 5000 when 'm' then {} else {} end " + f"where {NEWEST}"
TAKE_UPS = (
    "insert into core_monatsbild by name select 'beschaeftigungen' as tabelle, monat, "
    "'art' as merkmal, 'sv' as auspraegung, {} as zeilen from "
    "(select distinct monat from core_bestand); update core_monatsbild set zeilen = {} "
    f"where tabelle = 'beschaeftigungen' and {NEWEST}"
)
# Sex was not delivered at all until the newest month.
GIVEN_LATE = (
    "delete from core_monatsbild; insert into core_monatsbild by name select 'bestand' as tabelle, "
    f"monat, 'geschlecht' as merkmal, if({NEWEST}, 'w', 'u') as auspraegung, 100 as zeilen "
    "from (select distinct monat from core_bestand)"
)
BEV = "update core_bestandsvergleich set {} where " + NEWEST
EVT = "update core_ereignisvergleich set {} where tabelle = 'teilnahmen'"
MONTH = "update core_monatswechsel set {} where " + NEWEST

FAULTS = [
    ("BES-25", f"delete from core_bestand where {MAY}", 0),
    ("BES-25", "delete from core_bestand where month(monat) = 5 and person_nr <= 2", 2),
    ("MB-21", "delete from core_monatsbild where month(monat) = 5", 1),
    ("MB-21", "delete from core_monatsbild where monat <= '2024-05-01'", 0),
    ("MB-22", SHARE.format(5500, 4500), 0),
    ("MB-22", SHARE.format(5502, 4498), 2),
    ("MB-22", "update core_monatsbild set zeilen = 2 * zeilen", 0),
    ("MB-23", UNKNOWN.format(3800, 1200), 0),
    ("MB-23", UNKNOWN.format(3799, 1201), 1),
    (
        "MB-23",
        GIVEN_LATE,
        0,
    ),
    ("MB-22", GIVEN_LATE, 0),
    ("MB-24", GIVEN_LATE, 0),
    ("MB-24", f"{LARGE.format(15, 1)}; delete from core_monatsbild where auspraegung = 'm' "
     f"and {NEWEST}", 1),
    ("MB-24", f"{LARGE.format(14, 1)}; delete from core_monatsbild where auspraegung = 'm' "
     f"and {NEWEST}", 0),
    ("MB-25", TAKE_UPS.format(20, 5), 0),
    (
        "MB-25",
        TAKE_UPS.format(20, 4) + "; update core_lieferung set datenstand = date '2025-01-30'",
        0,
    ),
    (
        "MB-25",
        TAKE_UPS.format(20, 4) + "; update core_lieferung set datenstand = date '2025-01-31'",
        1,
    ),
    ("MB-25", TAKE_UPS.format(20, 4), 1),
    ("MB-25", TAKE_UPS.format(19, 4), 0),
    ("MB-25", TAKE_UPS.format(12, 0), 1),
    ("MB-25", TAKE_UPS.format(11, 0), 0),
    ("MW-21", MONTH.format("personen_zuvor = 20, geblieben = 10"), 0),
    ("MW-21", MONTH.format("personen_zuvor = 20, geblieben = 9"), 1),
    ("MW-21", MONTH.format("personen_zuvor = 19, geblieben = 9"), 0),
    ("MW-22", MONTH.format("personen_zuvor = 100, geblieben = 85"), 0),
    ("MW-22", MONTH.format("personen_zuvor = 100, geblieben = 84"), 1),
    ("MW-22", MONTH.format("personen_zuvor = 49, geblieben = 41"), 0),
    ("MW-23", MONTH.format("geblieben = 800, geschlecht_anders = 4"), 0),
    ("MW-23", MONTH.format("geblieben = 799, geschlecht_anders = 4"), 1),
    ("MW-23", MONTH.format("geblieben = 10, geschlecht_anders = 3"), 0),
    ("MW-24", MONTH.format("geblieben = 800, geburtsjahr_anders = 4"), 0),
    ("MW-24", MONTH.format("geblieben = 799, geburtsjahr_anders = 4"), 1),
    ("MW-24", MONTH.format("geblieben = 10, geburtsjahr_anders = 3"), 0),
    ("MW-26", MONTH.format("geblieben = 300, berufsabschluss_anders = 6"), 0),
    ("MW-26", MONTH.format("geblieben = 299, berufsabschluss_anders = 6"), 1),
    ("MW-26", MONTH.format("geblieben = 10, berufsabschluss_anders = 5"), 0),
    ("EV-23", EVT.format("beginn_anders = 1"), 1),
    ("EV-23", EVT.format("beginn_anders = 0"), 0),
    ("MW-25", MONTH.format("geblieben = 20, geschlecht_anders = 4"), 0),
    ("MW-25", MONTH.format("geblieben = 20, geschlecht_anders = 5"), 1),
    ("MW-25", MONTH.format("geblieben = 19, geschlecht_anders = 5"), 0),
    ("BV-21", BEV.format("gemeinsam = 800, geschlecht_anders = 4"), 0),
    ("BV-21", BEV.format("gemeinsam = 799, geschlecht_anders = 4"), 1),
    ("BV-21", BEV.format("gemeinsam = 799, geburtsjahr_anders = 4"), 1),
    ("BV-21", BEV.format("gemeinsam = 10, geburtsjahr_anders = 3"), 0),
    (
        "BV-21",
        BEV.format("gemeinsam = 99, geburtsjahr_anders = 4")
        + "; update core_lieferung set art = 'korrektur'",
        0,
    ),
    ("BV-22", BEV.format("zuvor = 250, weggefallen = 5"), 0),
    ("BV-22", BEV.format("zuvor = 249, weggefallen = 5"), 1),
    ("BV-22", BEV.format("zuvor = 100, weggefallen = 4"), 0),
    ("BV-23", BEV.format("gemeinsam = 100, geaendert = 10"), 0),
    ("BV-23", BEV.format("gemeinsam = 99, geaendert = 10"), 1),
    ("BV-23", BEV.format("gemeinsam = 80, geaendert = 9"), 0),
    (
        "BV-23",
        BEV.format("geaendert = 10") + "; update core_lieferung set art = 'korrektur'",
        0,
    ),
    ("BV-24", BEV.format("zuvor = 20, weggefallen = 10"), 0),
    ("BV-24", BEV.format("zuvor = 20, weggefallen = 11"), 1),
    ("BV-24", BEV.format("zuvor = 19, weggefallen = 11"), 0),
    ("EV-21", EVT.format("zuvor = 250, weggefallen = 5"), 0),
    ("EV-21", EVT.format("zuvor = 249, weggefallen = 5"), 1),
    ("EV-21", EVT.format("zuvor = 100, weggefallen = 4"), 0),
    ("EV-22", EVT.format("geaendert = 20"), 1),
    ("EV-22", EVT.format("geaendert = 19"), 0),
    (
        "EV-22",
        "insert into core_teilnahme select core_teilnahme.* from core_teilnahme "
        "cross join range(66) as r (i) where person_nr < 4; " + EVT.format("geaendert = 20"),
        0,
    ),
    ("EV-22", EVT.format("geaendert = 20") + "; update core_lieferung set art = 'korrektur'", 0),
]

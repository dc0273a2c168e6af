"""Small clean tables that satisfy every rule, and the means to spoil and judge them."""

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb

from pipeline.quality.engine import Session
from pipeline.quality.rules import Rule
from pipeline.quality.suite import suite
from pipeline.quality.tables import checked_tables
from pipeline.quality.verdict import RuleResult

FIRST_MONTH = "2023-12-01"
MONTHS = 14
# Persons 1 to 11; person 1 (a woman) and person 5 (a man) are integrated once, in May 2024.
SEXES = ("w", "w", "w", "w", "m", "m", "m", "m", "d", "o", "u")

# One person-month, to be spoiled.
MAY = "monat = date '2024-05-01' and person_nr = 1"

CLEAN = {
    "core_bestand": """
        select
            p as person_nr, 'P' || p as person_id, monat, monat + 14 as stichtag,
            geschlecht, 1980 as geburtsjahr, 'alleinstehend' as bg_typ,
            null as juengstes_kind_alter, 'deutsch' as staatsangehoerigkeit,
            'ohne' as berufsabschluss, 'arbeitslos' as arbeitsmarktstatus,
            date '2020-01-01' as leistungsbezug_seit, 'ja' as lzb, 'nein' as hilfe_67,
            'Mitte' as stadtbezirk, 'L1' as lieferung, 'bestand.csv' as datei,
            row_number() over (order by monat, p) as zeile
        from person cross join monat
    """,
    "core_beschaeftigung": """
        select
            p as person_nr, 'B' || p as beschaeftigung_id, 'P' || p as person_id,
            date '2024-05-02' as beginn, date '2024-05-02' as ende, 'sv' as art,
            'keine' as foerderung, 'A1' as arbeitgeber_id, 38.5 as wochenstunden,
            date '2024-05-10' as erfasst_am, 'L1' as lieferung,
            'beschaeftigungen.csv' as datei, p as zeile
        from person where p in (1, 5)
    """,
    "core_teilnahme": """
        select
            p as person_nr, 'T' || p as teilnahme_id, 'P' || p as person_id,
            'MAT' as instrument, 'M1' as massnahme_id, 'TR1' as traeger_id,
            date '2024-02-01' as eintritt, date '2024-02-01' as austritt_geplant,
            date '2024-02-01' as austritt, 'regulaer' as austrittsgrund, 0 as kosten_eur,
            date '2024-02-02' as erfasst_am, 'L1' as lieferung, 'teilnahmen.csv' as datei,
            p as zeile
        from person where p <= 3
    """,
    "core_personenmonat": f"""
        select
            person_nr, monat, stichtag,
            case when monat < date '{FIRST_MONTH}' + interval {MONTHS - 1} month
                then strftime(monat + interval 1 month, '%Y-%m') end as berichtsmonat,
            geschlecht, '3_bis_unter_4_jahre' as bezugsdauer, 'keine' as massnahme,
            'keine' as instrument, '35_bis_unter_45' as alter, bg_typ, 'nein' as kind_unter_3,
            staatsangehoerigkeit, berufsabschluss, arbeitsmarktstatus, lzb, hilfe_67,
            stadtbezirk,
            case when berichtsmonat is not null
                then (berichtsmonat = '2024-05' and person_nr in (1, 5))::int end as integriert,
            if(berichtsmonat is null, null, 0) as eintritt_geringfuegig,
            if(berichtsmonat is null, null, 0) as eintritt_gefoerdert
        from core_bestand
    """,
    "core_integration": """
        select
            person_nr, monat, berichtsmonat, 2024 * 12 + 4 as monat_nr,
            date '2024-05-02' as beginn, 'sv' as art, 0 as kontinuierlich,
            1 as bestand_verlassen
        from core_personenmonat where integriert = 1
    """,
    "core_austritt": """
        select
            teilnahme_id, person_nr, 2024 * 12 + 1 as monat_nr, austritt, geschlecht,
            'aktivierung' as massnahme, instrument, massnahme_id, traeger_id,
            'unter_1_monat' as massnahmedauer
        from core_teilnahme inner join person on person_nr = p
    """,
    "core_zeilenbilanz": """
        select 'L1' as lieferung, tabelle, tabelle || '.csv' as datei, zeilen as geliefert,
            zeilen as uebernommen, 0 as abgewiesen, 0 as zusammengefuehrt
        from (values
            ('bestand', (select count(*) from core_bestand)),
            ('beschaeftigungen', (select count(*) from core_beschaeftigung)),
            ('teilnahmen', (select count(*) from core_teilnahme))
        ) as zahlen (tabelle, zeilen)
    """,
    "core_lieferung": """
        select 1 as rang, lieferung, date '2025-02-28' as datenstand, 'voll' as art,
            date '2023-12-15' as erster_stichtag, date '2025-01-15' as letzter_stichtag,
            date '2023-12-15' as zeitraum_von, tabelle, datei, geliefert, 0 as abgewiesen,
            0 as doppelt, geliefert as angegeben, sha256(tabelle) as sha256
        from core_zeilenbilanz
    """,
    "core_befund": "select 'L1' as lieferung where false",
    "core_monatsbild": """
        select 'bestand' as tabelle, monat, 'geschlecht' as merkmal, geschlecht as auspraegung,
            count(*) as zeilen
        from core_bestand group by monat, geschlecht
    """,
    "core_monatswechsel": """
        select monat, count(*) as personen_zuvor, count(*) as geblieben, 0 as geschlecht_anders,
            0 as geburtsjahr_anders, 0 as berufsabschluss_anders
        from core_bestand where monat > (select min(monat) from core_bestand) group by monat
    """,
    "core_bestandsvergleich": """
        select 'L1' as lieferung, monat, count(*) as zeilen, count(*) as zuvor,
            count(*) as gemeinsam, 0 as geaendert, 0 as weggefallen, 0 as geschlecht_anders,
            0 as geburtsjahr_anders
        from core_bestand group by monat
    """,
    "core_ereignisvergleich": """
        select lieferung, tabelle, geliefert as zeilen, geliefert as zuvor,
            geliefert as gemeinsam, 0 as geaendert, 0 as weggefallen, 0 as beginn_anders
        from core_zeilenbilanz where tabelle <> 'bestand'
    """,
    "mart_quote": """
        with cell as (
            select 'insgesamt' as schnitt, 'insgesamt' as auspraegung_1
            union all select 'bg_typ', 'alleinstehend'
            union all select 'bg_typ', 'unbekannt'
            union all select 'lzb', 'ja'
        ),
        counted as (
            select t.berichtsmonat, cell.schnitt, cell.auspraegung_1,
                coalesce(pm.geschlecht, 'insgesamt') as geschlecht,
                sum(pm.integriert)::bigint as zaehler,
                count(*)::bigint as bestand_monate
            from (values ('2024-12', '2024-01'), ('2025-01', '2024-02'))
                as t (berichtsmonat, erster)
            cross join cell
            inner join core_personenmonat as pm
                on pm.berichtsmonat between t.erster and t.berichtsmonat
            where cell.auspraegung_1 <> 'unbekannt'
            group by grouping sets (
                (t.berichtsmonat, cell.schnitt, cell.auspraegung_1, pm.geschlecht),
                (t.berichtsmonat, cell.schnitt, cell.auspraegung_1)
            )
            union all
            select t, 'bg_typ', 'unbekannt', g, 0, 0
            from (values ('2024-12'), ('2025-01')) as m (t)
            cross join (values ('w'), ('m'), ('d'), ('o'), ('u'), ('insgesamt')) as s (g)
        )
        select 'K2' as kennzahl, berichtsmonat, schnitt, auspraegung_1, '' as auspraegung_2,
            geschlecht, zaehler, bestand_monate, bestand_monate / 12 as nenner,
            1200 * zaehler / nullif(bestand_monate, 0)::double as quote
        from counted
        union all
        select 'K3E1', berichtsmonat, 'insgesamt', 'insgesamt', '', geschlecht, zaehler,
            bestand_monate, bestand_monate / 12, 1200 * zaehler / bestand_monate::double
        from counted where schnitt = 'lzb'
        union all
        select 'M1', berichtsmonat, schnitt, auspraegung_1, '', geschlecht, zaehler,
            null, zaehler, if(zaehler = 0, null, 100)
        from counted where schnitt = 'insgesamt'
        union all
        select 'FQ', '2024-12', 'insgesamt', 'insgesamt', '', geschlecht, personen, null, 12,
            100 * personen / 12::double
        from (values ('w', 8), ('m', 4), ('d', 0), ('o', 0), ('u', 0), ('insgesamt', 12))
            as t (geschlecht, personen)
    """,
}


FINDING = """
    insert into core_befund by name
    select 'L1' as lieferung, 'bestand' as tabelle, 'bestand.csv' as datei, 7 as zeile,
        'BES-08' as regel, 'bg_typ' as spalte
"""


def clean_tables() -> duckdb.DuckDBPyConnection:
    """A database with all checked tables, every rule satisfied."""
    con = duckdb.connect(":memory:")
    sexes = ", ".join(f"({number}, '{sex}')" for number, sex in enumerate(SEXES, start=1))
    con.execute(f"create table person as from (values {sexes}) as person (p, geschlecht)")
    con.execute(
        "create table monat as select (date "
        f"'{FIRST_MONTH}' + to_months(i::int))::date as monat from range({MONTHS}) as r (i)"
    )
    for name, sql in CLEAN.items():
        columns = checked_tables()[name].columns
        con.execute(f"create table {name} ({', '.join(f'{c.name} {c.typ}' for c in columns)})")
        con.execute(f"insert into {name} by name {sql}")
    return con


def export(con: duckdb.DuckDBPyConnection, folder: Path, names: Iterable[str]) -> dict[str, Path]:
    """The named tables as Parquet files in `folder`."""
    paths = {name: folder / f"{name}.parquet" for name in sorted(names)}
    for name, path in paths.items():
        con.execute(f"copy {name} to '{path}' (format parquet)")
    return paths


@cache
def rules_by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in suite()}


def rule(rule_id: str) -> Rule:
    return rules_by_id()[rule_id]


def judge(con: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> dict[str, RuleResult]:
    """The outcome of `rules` on the tables they read, by rule id."""
    rules = list(rules)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = export(con, folder, {table for r in rules for table in r.reads})
        with Session([folder], temp=folder / "temp", threads=1, memory_limit="500MB") as session:
            for table, path in paths.items():
                session.add(table, path)
            return {result.rule.id: result for result in session.judge(rules)}

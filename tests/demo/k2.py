"""A second, independent calculation of K2 for the demo, in plain SQL on the delivered tables.

One row per person and Stichtag in stock; integriert = a countable start in the following window, or
in the one before for people who entered in it; Wartezeit of 3 months; no follow-up contract at the
same employer. Only the codes m and w are looked at; d, o and u are few.
"""

import duckdb
import pyarrow as pa

PERSONENMONAT = """
create table monat as
select row_number() over (order by stichtag) as nr, stichtag
from (select distinct stichtag from bestand);

create table stock as select distinct b.*, m.nr from bestand b join monat m using (stichtag);
create index stock_key on stock (person_id, nr);

create table jobs as select distinct * from beschaeftigungen;

create table starts as
select j.person_id, j.beginn, j.erfasst_am, m.nr
from jobs j
join monat m on j.beginn <= m.stichtag
join monat v on v.nr = m.nr - 1 and j.beginn > v.stichtag
where j.art in ('sv', 'ausbildung', 'selbstaendig')
  and not exists (
    select 1 from jobs f
    where f.person_id = j.person_id and f.arbeitgeber_id = j.arbeitgeber_id
      and f.beginn < j.beginn and f.art in ('sv', 'ausbildung', 'selbstaendig')
      and (f.ende is null or f.ende >= j.beginn - interval 1 day));

-- Booked to month nr: from the regular window, or for entrants from the window before.
create table gezaehlt as
select distinct s.person_id, s.nr from starts s join monat m using (nr)
join stock p on p.person_id = s.person_id and p.nr = s.nr - 1
where s.erfasst_am is null or s.erfasst_am <= m.stichtag + interval 3 month
union
select distinct s.person_id, s.nr + 1 from starts s join monat m on m.nr = s.nr + 1
join stock p on p.person_id = s.person_id and p.nr = s.nr
where s.nr >= 2
  and not exists (select 1 from stock q where q.person_id = s.person_id and q.nr = s.nr - 1)
  and (s.erfasst_am is null or s.erfasst_am <= m.stichtag + interval 3 month);

create table personenmonat as
select p.*, m.stichtag as ende_monat, g.person_id is not null as integriert,
  p.leistungsbezug_seit as seit
from stock p join monat m on m.nr = p.nr + 1
left join gezaehlt g on g.person_id = p.person_id and g.nr = p.nr + 1;
"""


def person_months(tables: dict[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    """A connection with the table `personenmonat` (and stock, monat, jobs, teilnahmen)."""
    con = duckdb.connect(config={"threads": 2})
    for name, table in tables.items():
        con.register(f"{name}_arrow", table)
        con.execute(f"create table {name} as select * from {name}_arrow")
    con.execute(PERSONENMONAT)
    return con


def k2(con: duckdb.DuckDBPyConnection, month: str, sex: str, where: str = "true") -> float:
    """K2 in percent of the 12 months up to `month` (YYYY-MM)."""
    row = con.execute(
        f"""select 1200.0 * count(*) filter (integriert) / count(*) from personenmonat
        where geschlecht = ? and ({where})
          and ende_monat > (select max(stichtag) from monat
                            where stichtag < ?::date - interval 11 month)
          and ende_monat <= last_day(?::date)""",
        [sex, f"{month}-01", f"{month}-01"],
    ).fetchone()
    assert row is not None
    return float(row[0])

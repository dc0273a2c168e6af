"""Deliberate misreadings of the rules: (module of the oracle, its text, the text exchanged).

They belong to `test_generator_is_sharp.py`: each must change what some generated case comes to.
"""

Mutant = tuple[str, str, str]

DELIVERIES: list[Mutant] = [
    ("merging", "first <= key[1] <= last", "first <= key[1] < last"),
    ("merging", "first <= key[1] <= last", "first < key[1] <= last"),
    ("merging", 'one.art == "voll" and days', 'one.art != "voll" and days'),
    ("merging", "located.row[start] >= min(days)", "located.row[start] > min(days)"),
    ("merging", "located.row[start] >= min(days)", "located.row[start] <= max(days)"),
    ("merging", "return min(newest)", "return max(newest)"),
    (
        "merging",
        "orphans = _reject_orphans(jobs, merged) | _reject_orphans(measures, merged)",
        "orphans = _reject_orphans(measures, merged)",
    ),
    ("merging", "one.datenstand <= as_of", "one.datenstand < as_of"),
    ("checking", "greatest = max(", "greatest = min("),
    ("checking", "value > datenstand", "value >= datenstand"),
    ("checking", "column.required or column.name in REJECTING_IF_BAD", "column.required"),
    ("checking", 'value = "u"', 'value = "o"'),
    ("checking", 'values["art"] == "sv"', "False"),
    ("checking", "if is_category else", "if False else"),
]

SPELLS: list[Mutant] = [
    ("spells", 'spell["von"] <= day', 'spell["von"] < day'),
    ("spells", 'day <= spell["bis"]', 'day < spell["bis"]'),
    ("spells", 'row["von"],\n', "0,\n"),
    ("spells", '(row["bis"] is None, row["bis"] or date.max),', "0,"),
    ("spells", '(row["bis"] is None, row["bis"] or date.max),', 'row["bis"] or date.min,'),
    ("spells", 'canonical_text("bezug", row)', "-row.line"),
    ("spells", "start <= day <= datenstand", "start < day <= datenstand"),
    ("spells", "start <= day <= datenstand", "start <= day < datenstand"),
    ("spells", "if raw.stichtage is not None", "if False"),
    ("rules", '"stichtag_tag": 15', '"stichtag_tag": 14'),
    (
        "merging",
        "in rows.items()}, set(days)",
        'in rows.items()}, {r["stichtag"] for r in rows.values()}',
    ),
]

PERSON_MONTHS: list[Mutant] = [
    ("person_months", "stock_day < start <= this_day", "stock_day <= start <= this_day"),
    ("person_months", "stock_day < start <= this_day", "stock_day < start < this_day"),
    ("person_months", "earlier_day < start <= stock_day", "earlier_day <= start <= stock_day"),
    ("person_months", "earlier_day < start <= stock_day", "earlier_day < start < stock_day"),
    ("person_months", "and month - 2 not in merged.stock[person_id]", ""),
    (
        "person_months",
        "and earlier_day is not None",
        "and (earlier_day := earlier_day or date.min)",
    ),
    ("person_months", "recorded <= add_months", "recorded < add_months"),
    ("person_months", 'this_day, rules.at("wartezeit', 'date(1, 1, 1), rules.at("wartezeit'),
    ("person_months", 'other["beginn"] < row["beginn"]', "other is not row"),
    ("person_months", '>= row["beginn"] - ONE_DAY', '>= row["beginn"]'),
    ("person_months", '>= row["beginn"] - ONE_DAY', '>= row["beginn"] - 2 * ONE_DAY'),
    ("person_months", 'other["ende"] is None or ', 'other["ende"] is not None and '),
    ("person_months", 'if other["art"] in COUNTABLE_ARTS', "if True"),
    ("person_months", 'row["arbeitgeber_id"] is not None and ', ""),
    ("features", "since > stichtag", "since >= stichtag"),
    ("features", "if months <= reached", "if months < max(reached, 1)"),
    ("features", "if years <= age", "if years < age"),
    ("features", "youngest < 3", "youngest <= 3"),
    ("features", '"nein" if bg_typ in', '"unbekannt" if bg_typ in'),
    ("features", 'if one["instrument"] in ONE_OFF', "if False"),
    ("features", 'one["eintritt"] > stichtag', 'one["eintritt"] >= stichtag'),
    ("features", ' or one["eintritt"] > stichtag', ""),
    ("features", "left >= stichtag\n", "left > stichtag\n"),
    (
        "features",
        "add_months(left, after_run) >= stichtag",
        "add_months(left, after_run) > stichtag",
    ),
    ("features", "(left is None, left or date.max),", ""),
    ("features", "(left is None, left or date.max),", "left or date.min,"),
    ("features", '                one["eintritt"],\n', ""),
    ("features", 'one["teilnahme_id"].encode("utf-8")', 'one["instrument"]'),
    ("features", 'one["teilnahme_id"].encode("utf-8")', 'int("0" + one["teilnahme_id"][1:])'),
    ("integrations", "rules.at(wait, day)) <= merged", "rules.at(wait, day)) < merged"),
    ("integrations", "range(WINDOW + 1)", "range(WINDOW)"),
    ("quotas", "digest()[0] % 2 == 0", "digest()[-1] % 2 == 0"),
    ("integrations", "for back in range(months)", "for back in reversed(range(months))"),
    ("integrations", "window_of(k2, month, so_far)", "window_of(k2, month)"),
    # The Wartezeit and the continuation rule beyond K2.
    (
        "person_months",
        "and recorded_in_time(row, this_day, rules)",
        'and (row["art"] not in COUNTABLE_ARTS or recorded_in_time(row, this_day, rules))',
    ),
    (
        "person_months",
        "and recorded_in_time(row, this_day, rules)",
        """and recorded_in_time(row, this_day, rules)
        and is_new_job(row, merged.take_ups[person_id], this_day, rules)""",
    ),
    ("integrations", 'entered("geringfuegig")', 'entered("oeffentlich_gefoerdert")'),
    (
        "integrations",
        "row.features[column] == value",
        "(merged.stock[row.person_id].get(row.month) or row.features)[column] == value",
    ),
]

OUTCOMES: list[Mutant] = [
    ("quality", "MONTHS_EMPLOYED = 6", "MONTHS_EMPLOYED = 5"),
    ("quality", "MONTHS_EMPLOYED = 6", "MONTHS_EMPLOYED = 7"),
    ("quality", "for months in range(1, ", "for months in range(MONTHS_EMPLOYED, "),
    (
        "quality",
        "add_months(beginn, months)",
        "beginn.fromordinal(beginn.toordinal() + 30 * months)",
    ),
    ("quality", "return min(", "return max("),
    (
        "quality",
        'start["beschaeftigung_id"].encode("utf-8")',
        'int(start["beschaeftigung_id"][1:])',
    ),
    ("quality", '["art"] == "sv"', '["art"] in {"sv", "ausbildung"}'),
    (
        "quality",
        'deciding_start(row)["art"] == "sv"',
        'any(start["art"] == "sv" for start in row.starts)',
    ),
    ("quality", 'months), {"sv"})', 'months), {"sv", "ausbildung"})'),
    ("quality", "add_months(day, K2E3_AFTER) <= merged", "add_months(day, K2E3_AFTER) < merged"),
    ("quality", "K2E3_AFTER = 9", "K2E3_AFTER = 8"),
    ("quality", "MONTHS_LATER = 3", "MONTHS_LATER = 2"),
    ("quality", "add_months(day, M1_AFTER) <= merged", "add_months(day, M1_AFTER) < merged"),
    ("quality", "M1_AFTER = 6", "M1_AFTER = 5"),
    ("quality", "if followed and ", "if "),
    ("employment", 'row["beginn"] <= day', 'row["beginn"] < day'),
    ("employment", 'row["ende"] >= day', 'row["ende"] > day'),
    ("employment", 'row["ende"] is None or', 'row["ende"] is not None and'),
    ("exits", '{"sv", "ausbildung"} if', '{"sv"} if'),
    ("exits", '{"sv", "ausbildung"} if', '{"sv", "ausbildung", "selbstaendig"} if'),
    ("exits", "add_months(left, months)", "left.fromordinal(left.toordinal() + 30 * months)"),
    (
        "exits",
        "return employed_on(merged,",
        """return any(
        row["beginn"] > left for row in merged.take_ups.get(one.person_id, ())
    ) and employed_on(merged,""",
    ),
    (
        "exits",
        "exits.setdefault(month_of(left), []).append(unit)",
        """if all(other.person_id != one.person_id for other in exits.get(month_of(left), ())):
                exits.setdefault(month_of(left), []).append(unit)""",
    ),
    ("exits", "for back in range(WINDOW)", "for back in range(WINDOW - 1)"),
    ("exits", "min(merged.stichtage) + WINDOW - 1", "min(merged.stichtage) + WINDOW"),
    ("exits", "last_day_of(month), months_after", "last_day_of(month - 1), months_after"),
    ("exits", "months_after) <= merged.daten", "months_after) < merged.daten"),
    (
        "merging",
        "return min(max(carrying), _datenstand_of_run(deliveries)) if",
        "return _datenstand_of_run(deliveries) if",
    ),
    (
        "merging",
        "return min(max(carrying), _datenstand_of_run(deliveries)) if",
        "return max(carrying) if",
    ),
    ("participations", 'if row["instrument"] not in ONE_OFF', ""),
    ("participations", 'row["stichtag"] <= eintritt', 'row["stichtag"] < eintritt'),
    ("participations", "before[-1] if before else rows[0]", "rows[-1]"),
    ("participations", "before[-1] if before else rows[0]", "before[-1] if before else rows[-1]"),
    ("participations", "austritt + timedelta(days=1)", "austritt"),
    ("participations", "months <= max(reached, 0)", "months < max(reached, 1)"),
    ("slices", "for row in rows\n", 'for row in rows if row["instrument"] != "VB"\n'),
    ("marts", "(in_detail and cut.public)", "in_detail"),
]

ACCESS: list[Mutant] = [
    ("participations", "self.eintritt <= day", "self.eintritt < day"),
    ("participations", "self.austritt >= day", "self.austritt > day"),
    ("participations", "self.austritt is None or", "self.austritt is not None and"),
    (
        "access",
        "if one.runs_on(day)",
        "if one.runs_on(day) and month in merged.stock[one.person_id]",
    ),
    ("access", "add_day(by_sex[ALL], by_sex[sex])", "add_day(by_sex[sex], by_sex[sex])"),
    (
        "access",
        "by_sex[ALL].add(one.person_id)",
        'by_sex[ALL].add(one.person_id + one.features.get("instrument", ""))',
    ),
    (
        "access",
        "one.sex, one.features)\n",
        """(merged.stock[one.person_id].get(month) or {"geschlecht": one.sex})["geschlecht"],
                    one.features)\n""",
    ),
    (
        "access",
        "for back in range(WINDOW))\n        and known",
        "for back in range(WINDOW + 1))\n        and known",
    ),
    ("access", "and day <= known", ""),
    ("access", "and day <= known", "and day < known"),
    (
        "access",
        'row["arbeitsmarktstatus"] == "arbeitslos"',
        'row["arbeitsmarktstatus"] is not None',
    ),
]

MUTANTS = [*DELIVERIES, *SPELLS, *PERSON_MONTHS, *OUTCOMES, *ACCESS]

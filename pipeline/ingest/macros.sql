-- How a cell is read: trimmed text in, typed value out, null when it cannot be read.
create temp macro zelle(inhalt) as
    nullif(trim(inhalt, chr(32) || chr(9) || chr(10) || chr(13) || chr(160)), '');

-- Only existing days from 1900 on, written YYYY-MM-DD or DD.MM.YYYY. 9999-12-31, which some
-- systems write for an open end, is a day like any other.
create temp macro lies_datum(inhalt) as
    case
        when regexp_full_match(inhalt, '(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}')
            then cast(try_strptime(inhalt, '%Y-%m-%d') as date)
        when regexp_full_match(inhalt, '[0-9]{2}[.][0-9]{2}[.](19|[2-9][0-9])[0-9]{2}')
            then cast(try_strptime(inhalt, '%d.%m.%Y') as date)
    end;

-- Digits only; the ",0" or ".0" that a column of decimals adds is dropped.
create temp macro lies_ganzzahl(inhalt) as
    case
        when regexp_full_match(inhalt, '[0-9]+([.,]0+)?')
            then try_cast(regexp_extract(inhalt, '^[0-9]+') as integer)
    end;

-- No thousands separators; comma or point before the decimals.
create temp macro lies_dezimal(inhalt) as
    case
        when regexp_full_match(inhalt, '-?[0-9]+([.,][0-9]+)?')
            then try_cast(replace(inhalt, ',', '.') as decimal(18, 4))
    end;

-- A decimal as plain text without trailing zeros.
create temp macro dezimal_text(wert) as
    regexp_replace(cast(wert as varchar), '[.]?0+$', '');

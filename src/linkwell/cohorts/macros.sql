-- What a value of an activity file means. Loaded into each connection that reads files.
create or replace temp macro lw_text(x) as nullif(trim(replace(x, chr(0), '')), '');

create or replace temp macro lw_code(x) as
  case when lw_text(x) in ('-', 'NULL', 'null') then null
       when regexp_full_match(lw_text(x), '\d+\.0') then split_part(lw_text(x), '.', 1)
       else lw_text(x) end;

-- Ten digits of which the last is the check digit of the nine before it.
create or replace temp macro lw_is_nhs_number(x) as
  case when regexp_full_match(x, '\d{10}') then
    (11 - list_sum(list_transform(range(1, 10), lambda place: (11 - place) * substr(x, place, 1)::int)) % 11) % 11
    = substr(x, 10, 1)::int else false end;

create or replace temp macro lw_together(x) as regexp_replace(x, '[^0-9]', '', 'g');

-- An NHS number is one however its digits are grouped. What only looks like one is left as it is.
create or replace temp macro lw_person(x) as
  case when strlen(lw_text(x)) between 11 and 24
        and regexp_full_match(lw_text(x), '(\d[\s.\x{00a0}\x{2000}-\x{2015}\x{202f}\x{feff}-]*){9}\d')
        and lw_is_nhs_number(lw_together(lw_text(x)))
       then lw_together(lw_text(x)) else lw_text(x) end;

-- A number that a spreadsheet has rounded names nobody any more.
create or replace temp macro lw_rounded(x) as regexp_full_match(trim(x), '\d([.,]\d+)?[eE]\+?\d+');

-- SQL Server writes seven decimals of a second, one more than a time can have here.
create or replace temp macro lw_parsed(x) as
  case when regexp_matches(x, '\d[T ]\d.*(Z|[+-](0\d|1[0-4]):?[0-5]\d)$')
       then try_cast(regexp_replace(x, '\s*([+-]\d\d):?(\d\d)$', '\1:\2') as timestamptz) at time zone 'Europe/London'
       when right(x, 1) in ('M', 'm') then try_strptime(regexp_replace(x, '\s*([AaPp][Mm])$', ' \1'), [
         '%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %I:%M %p', '%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p',
         '%d-%b-%Y %I:%M:%S %p', '%d-%b-%Y %I:%M %p', '%d %b %Y %I:%M:%S %p', '%d %b %Y %I:%M %p'])
       else try_strptime(case when contains(x, '.') then regexp_replace(x, '(:\d\d\.\d{6})\d+$', '\1') else x end, [
         '%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M',
         '%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%dT%H:%M:%S.%f',
         '%Y%m%d', '%Y%m%d%H%M%S', '%Y%m%d%H%M', '%Y-%m-%d %H%M', '%d/%m/%Y %H%M', '%d-%b-%Y', '%d %b %Y'])
  end;

-- HES writes 1800-01-01 where nothing was sent and 1801-01-01 where what was sent is no date.
create or replace temp macro lw_known(x) as case when year(x) in (1800, 1801) then null else x end;

create or replace temp macro lw_unreadable(x, parsed) as
  lw_text(x) is not null and (parsed is null or year(parsed) not between 1900 and 2100)
  and not coalesce(year(parsed) in (1800, 1801), false);

create or replace temp macro lw_yes(x) as
  case when lower(lw_text(x)) in ('1', 'y', 'yes', 'true', 't') then true
       when lower(lw_text(x)) in ('0', 'n', 'no', 'false', 'f') then false end;

-- ECDS discharge status: left before, or after, the first assessment and before being seen. HES: 12.
create or replace temp macro lw_left(x) as
  case when lw_text(x) in ('1066301000000103', '1066311000000101', '12') then true
       when regexp_full_match(lw_text(x), '\d{2,}') then false
       else lw_yes(x) end;

-- Under the heading of HES A&E a 1 is 01, admitted, that has lost its zero: no yes, and 0 no no.
create or replace temp macro lw_disposed(x) as
  case when regexp_full_match(lw_code(x), '\d+') then ltrim(lw_code(x), '0') = '12' end;

create or replace temp macro lw_icd(x) as
  nullif(regexp_extract(upper(replace(x, '.', '')), '^([A-Z]\d\d\d?)X?', 1), '');

create or replace temp macro lw_system(x) as
  case when regexp_matches(upper(x), '^\s*ICD') then 'ICD10' when regexp_matches(upper(x), '^\s*(SNOMED|SCT)') then 'SNOMED'
       else upper(trim(x)) end;

create or replace temp macro lw_items(x) as
  list_transform(
    list_filter(string_split(replace(x, ',', ';'), ';'), lambda each: trim(each) not in ('', '-')),
    lambda each: {'system': case when contains(each, ':') then lw_system(split_part(each, ':', 1)) else 'ICD10' end,
                  'code': replace(trim(case when contains(each, ':') then split_part(each, ':', 2) else each end), '.', '')});

create or replace temp macro lw_icd_of(items) as
  list_sort(list_distinct(list_filter(
    list_transform(items, lambda each: case when each.system = 'ICD10' then lw_icd(each.code) end),
    lambda code: code is not null)));

-- The check digit of SNOMED CT (Verhoeff): a number that a spreadsheet has rounded has a wrong one.
create or replace temp macro lw_is_snomed(x) as
  case when regexp_full_match(x, '[1-9]\d{5,17}') then
    list_reduce(
      list_prepend(0, list_transform(range(0, length(x)), lambda place: substr(
        '01234567891576283094580379614289160435279453126870428657390127938064157046913258',
        (place % 8) * 10 + substr(x, length(x) - place, 1)::int + 1, 1)::int)),
      lambda so_far, digit: substr(
        '0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210',
        so_far * 10 + digit + 1, 1)::int) = 0
  else false end;

-- Whether all that stands in the place of one diagnosis is read. Two in one place are read as the first of them.
create or replace temp macro lw_understood(system, code) as
  case when code in ('', '-', 'NULL', 'null') then true
       when system = 'ICD10' then lw_icd(code) is not null and not regexp_matches(upper(code), '[^A-Z0-9][A-Z]\d\d')
       when system = 'SNOMED' then lw_is_snomed(code)
       else false end;

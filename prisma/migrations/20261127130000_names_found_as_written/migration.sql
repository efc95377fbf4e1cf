-- A word is found by its stems or as it was typed, word by word: names of senders and receivers have no stems in the index, so that «alice»
-- found nobody of that name, and «alice refunds» has to find the name beside another form of the other word.
create function app.any_form_of(word text) returns tsquery language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when typed = english and typed = german then typed when english = german then typed || english else typed || english || german end
    from (select to_tsquery('app.words', word) typed, to_tsquery('app.english', word) english, to_tsquery('app.german', word) german) forms
$$;

-- What is searched for. `stems` and `notStems` are words, of which each is found in any form, `exact` and `notExact` phrases, beginnings and
-- words of one part; each null for none. A process of the version before gives all its stems as one text.
create or replace function app.search_query(words jsonb) returns tsquery language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  sought tsquery;
  part text;
begin
  for part in select jsonb_array_elements_text(case jsonb_typeof(words -> 'stems')
      when 'array' then words -> 'stems' when 'string' then jsonb_build_array(words -> 'stems') else '[]' end) loop
    sought := coalesce(sought && app.any_form_of(part), app.any_form_of(part));
  end loop;
  part := words ->> 'exact';
  if part is not null then sought := coalesce(sought && to_tsquery('app.words', part), to_tsquery('app.words', part)); end if;
  select string_agg('''' || replace(replace(marks.mark, '\', '\\'), '''', '''''') || '''', ' & ') into part
    from jsonb_array_elements_text(words -> 'marks') as marks (mark);
  if part is not null then sought := coalesce(sought && part::tsquery, part::tsquery); end if;
  if sought is null then return null; end if;
  for part in select jsonb_array_elements_text(case jsonb_typeof(words -> 'notStems')
      when 'array' then words -> 'notStems' when 'string' then jsonb_build_array(words -> 'notStems') else '[]' end) loop
    sought := sought && !!app.any_form_of(part);
  end loop;
  part := words ->> 'notExact';
  if part is not null then sought := sought && !!to_tsquery('app.words', part); end if;
  return sought;
end $$;

revoke all on function app.any_form_of(text) from public;

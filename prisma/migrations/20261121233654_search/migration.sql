-- CreateTable
CREATE TABLE "desk"."search_document" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "lexemes" tsvector NOT NULL,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."search_filling" (
    "workspace_id" UUID NOT NULL,
    "after_id" UUID NOT NULL,

    CONSTRAINT "search_filling_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "search_document_workspace_id_at_id_idx" ON "desk"."search_document"("workspace_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "search_document_workspace_id_ticket_id_idx" ON "desk"."search_document"("workspace_id", "ticket_id");

-- AddForeignKey
ALTER TABLE "desk"."search_document" ADD CONSTRAINT "search_document_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A workspace's own entries and a lexeme's are walked together, so that a small workspace does not read the hits of a large one.
create extension if not exists btree_gin;
CREATE INDEX "search_document_lexemes" ON "desk"."search_document" USING GIN ("workspace_id" uuid_ops, "lexemes");
-- What waits to be sorted into the index is read by every search that asks it, 4 MB in a millisecond or two; a shorter list costs each mail more.
alter index desk.search_document_lexemes set (fastupdate = on, gin_pending_list_limit = 4096);
-- Rows are read by the thousand, newest first: their words stay beside them.
alter table desk.search_document set (toast_tuple_target = 8160);
alter table desk.search_document alter lexemes set storage main;

-- Words come folded and apart, so every kind of token is a word. No stop words: what somebody searches for is there.
create text search configuration app.words (parser = pg_catalog.default);
create text search dictionary app.english_stem (template = pg_catalog.snowball, language = english);
create text search dictionary app.german_stem (template = pg_catalog.snowball, language = german);
create text search configuration app.english (parser = pg_catalog.default);
create text search configuration app.german (parser = pg_catalog.default);
do $$
declare kinds text := 'asciiword, word, numword, int, uint, float, sfloat, version, host, url, url_path, file, email, numhword, asciihword, hword, hword_part, hword_numpart, hword_asciipart';
begin
  execute format('alter text search configuration app.words add mapping for %s with pg_catalog.simple', kinds);
  execute format('alter text search configuration app.english add mapping for %s with app.english_stem', kinds);
  execute format('alter text search configuration app.german add mapping for %s with app.german_stem', kinds);
end $$;

-- Words with their places for phrases: subject A, sender B, receivers C, text D. Stems beside them, without places: of subject and text, or of
-- what the caller gives instead, each word once.
create function app.lexemes_of(subject text, sender text, receivers text, body text, stemmed text default null) returns tsvector
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select setweight(to_tsvector('app.words', subject), 'A') || setweight(to_tsvector('app.words', sender), 'B')
    || setweight(to_tsvector('app.words', receivers), 'C') || to_tsvector('app.words', body)
    || strip(to_tsvector('app.english', coalesce(stemmed, concat_ws(' ', subject, body))))
    || strip(to_tsvector('app.german', coalesce(stemmed, concat_ws(' ', subject, body))))
$$;

-- What is searched for. `stems` and `not_stems` are words, `exact` and `not_exact` phrases, beginnings and words of one part; each null for none.
create function app.search_query(words jsonb) returns tsquery language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  sought tsquery;
  part text;
begin
  part := words ->> 'stems';
  if part is not null then sought := to_tsquery('app.english', part) || to_tsquery('app.german', part); end if;
  part := words ->> 'exact';
  if part is not null then sought := coalesce(sought && to_tsquery('app.words', part), to_tsquery('app.words', part)); end if;
  select string_agg('''' || replace(replace(marks.mark, '\', '\\'), '''', '''''') || '''', ' & ') into part
    from jsonb_array_elements_text(words -> 'marks') as marks (mark);
  if part is not null then sought := coalesce(sought && part::tsquery, part::tsquery); end if;
  if sought is null then return null; end if;
  part := words ->> 'notStems';
  if part is not null then sought := sought && !!(to_tsquery('app.english', part) || to_tsquery('app.german', part)); end if;
  part := words ->> 'notExact';
  if part is not null then sought := sought && !!to_tsquery('app.words', part); end if;
  return sought;
end $$;

-- The tickets of this workspace that a search finds: by their newest document that matches, newest first, after a place. Row-level
-- security would keep the words out of the index, so this reads as the owner and looks at nothing but the transaction's workspace.
-- First the newest documents are walked, which is all that a common word needs. By how often it came up there, what is rarer is taken from
-- the index of words, where every hit is read; else the walk goes on, ends at `far` documents (what is ranked: as many as a thousand hits
-- may take), and tells its place, where the next page goes on.
create function app.find_tickets(words jsonb, wanted jsonb, place_at timestamptz, place_id uuid, most int, ranked boolean) returns jsonb
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off as $$
declare
  near constant int := 1000;
  far constant int := 10000;
  ws uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
  sought tsquery := app.search_query(words);
  statuses text[] := (select array_agg(v) from jsonb_array_elements_text(wanted -> 'statuses') v);
  priorities text[] := (select array_agg(v) from jsonb_array_elements_text(wanted -> 'priorities') v);
  categories text[] := (select array_agg(v) from jsonb_array_elements_text(wanted -> 'categories') v);
  people uuid[] := (select array_agg(v::uuid) from jsonb_array_elements_text(wanted -> 'people') v);
  nobody boolean := coalesce((wanted ->> 'nobody')::boolean, false);
  snoozed boolean := coalesce((wanted ->> 'snoozed')::boolean, false);
  attached boolean := coalesce((wanted ->> 'attached')::boolean, false);
  tagged text[] := (select array_agg(v) from jsonb_array_elements_text(wanted -> 'tags') v);
  within uuid[] := (select array_agg(v::uuid) from jsonb_array_elements_text(wanted -> 'within') v);
  voids text := coalesce(wanted ->> 'voids', 'none');
  since timestamptz := coalesce((wanted ->> 'since')::timestamptz, '-infinity');
  until timestamptz := coalesce((wanted ->> 'until')::timestamptz, 'infinity');
  from_at timestamptz := coalesce(place_at, 'infinity');
  from_id uuid := coalesce(place_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  hits jsonb;
  found_count int;
  matching int;
  chunk int := case when sought is null then far else near end;
  end_at timestamptz;
  end_id uuid;
  rows_known float8;
  by_index boolean := within is not null;
begin
  if ws is null then return '{"hits": [], "place": null}'; end if;
  if wanted ? 'within' and within is null then return '{"hits": [], "place": null}'; end if;
  if within is null then
    loop
      select coalesce(jsonb_agg(jsonb_build_object('ticketId', h.ticket_id, 'documentId', h.id, 'at', h.at) order by h.at desc, h.id desc), '[]') into hits from (
        select d.ticket_id, d.id, d.at from (
          select s.ticket_id, s.id, s.at, s.lexemes from desk.search_document s
          where s.workspace_id = ws and (s.at, s.id) < (from_at, from_id) and s.at < until and s.at >= since
          order by s.at desc, s.id desc limit chunk) d
        cross join lateral (
          select from desk.ticket t where t.workspace_id = ws and t.id = d.ticket_id
            and case voids when 'all' then true when 'none' then t.void_reason is null when 'any' then t.void_reason is not null else t.void_reason = voids end
            and (statuses is null or t.status = any(statuses)) and (priorities is null or t.priority = any(priorities))
            and (categories is null or lower(t.category) = any(categories)) and (people is null or t.assignee_id = any(people))
            and (not nobody or t.assignee_id is null) and (not snoozed or t.snoozed_until is not null) and (tagged is null or t.tags @> tagged) offset 0) t
        where (sought is null or d.lexemes @@ sought)
          and (not attached or exists (select from desk.attachment a where a.workspace_id = ws and a.message_id = d.id and not a.inline))
          and not exists (select from desk.search_document n where n.workspace_id = ws and n.ticket_id = d.ticket_id
            and (n.at, n.id) > (d.at, d.id) and n.at < until and (sought is null or n.lexemes @@ sought)
            and (not attached or exists (select from desk.attachment a where a.workspace_id = ws and a.message_id = n.id and not a.inline)) offset 0)
        order by d.at desc, d.id desc limit most) h;
      found_count := jsonb_array_length(hits);
      exit when found_count >= most;
      select s.at, s.id into end_at, end_id from desk.search_document s
        where s.workspace_id = ws and (s.at, s.id) < (from_at, from_id) and s.at < until and s.at >= since
        order by s.at desc, s.id desc offset chunk - 1 limit 1;
      exit when end_id is null;
      exit when sought is null or chunk > near;
      matching := found_count;
      if wanted <> '{}' then -- of what did not pass, the index would read every hit as well
        select count(*) into matching from (
          select s.lexemes from desk.search_document s where s.workspace_id = ws and (s.at, s.id) < (from_at, from_id) and s.at < until and s.at >= since
          order by s.at desc, s.id desc limit near) d where d.lexemes @@ sought;
      end if;
      select c.reltuples into rows_known from pg_class c where c.oid = 'desk.search_document'::regclass;
      by_index := matching * (rows_known / near) < far;
      exit when by_index;
      chunk := case when ranked then least(4 * far, greatest(far, 3 * most * near / (2 * greatest(found_count, 1)))) else far end;
    end loop;
  end if;
  if by_index then
    end_id := null;
    select coalesce(jsonb_agg(jsonb_build_object('ticketId', h.ticket_id, 'documentId', h.id, 'at', h.at) order by h.at desc, h.id desc), '[]') into hits from (
      with hit as materialized (
        select s.ticket_id, s.id, s.at from desk.search_document s
        where s.workspace_id = ws and (sought is null or s.lexemes @@ sought) and (within is null or s.ticket_id = any(within))
          and s.at < until and s.at >= since
          and (not attached or exists (select from desk.attachment a where a.workspace_id = ws and a.message_id = s.id and not a.inline))),
      newest as (select distinct on (hit.ticket_id) hit.ticket_id, hit.id, hit.at from hit order by hit.ticket_id, hit.at desc, hit.id desc)
      select d.ticket_id, d.id, d.at from (
        select * from newest where (newest.at, newest.id) < (from_at, from_id) order by newest.at desc, newest.id desc offset 0) d
      cross join lateral (
        select from desk.ticket t where t.workspace_id = ws and t.id = d.ticket_id
          and case voids when 'all' then true when 'none' then t.void_reason is null when 'any' then t.void_reason is not null else t.void_reason = voids end
          and (statuses is null or t.status = any(statuses)) and (priorities is null or t.priority = any(priorities))
          and (categories is null or lower(t.category) = any(categories)) and (people is null or t.assignee_id = any(people))
          and (not nobody or t.assignee_id is null) and (not snoozed or t.snoozed_until is not null) and (tagged is null or t.tags @> tagged) offset 0) t
      order by d.at desc, d.id desc limit most) h;
  end if;
  if ranked and sought is not null then
    select coalesce(jsonb_agg(r.hit order by r.rank desc, r.place), '[]') into hits from (
      select h.hit, h.place, ts_rank_cd(s.lexemes, sought) as rank from jsonb_array_elements(hits) with ordinality as h (hit, place)
      join desk.search_document s on s.workspace_id = ws and s.id = (h.hit ->> 'documentId')::uuid) r;
  end if;
  return jsonb_build_object('hits', hits, 'place', case when end_id is not null and found_count < most then jsonb_build_object('at', end_at, 'id', end_id) end);
end $$;

-- Which workspaces have older messages to be read; only their ids come out.
create function app.unfilled_workspaces() returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select workspace_id from desk.search_filling order by workspace_id $$;
insert into desk.search_filling (workspace_id, after_id)
  select distinct workspace_id, '00000000-0000-0000-0000-000000000000'::uuid from desk.message;

revoke all on function app.lexemes_of(text, text, text, text, text), app.search_query(jsonb),
  app.find_tickets(jsonb, jsonb, timestamptz, uuid, int, boolean), app.unfilled_workspaces() from public;
grant execute on function app.lexemes_of(text, text, text, text, text), app.find_tickets(jsonb, jsonb, timestamptz, uuid, int, boolean) to desk_app;
grant execute on function app.unfilled_workspaces() to desk_app, desk_jobs;

do $$
declare name text;
begin
  foreach name in array array['search_document', 'search_filling'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
  -- The functions above read as the owner of the tables, who is no superuser everywhere.
  foreach name in array array['search_document', 'search_filling', 'ticket', 'attachment'] loop
    execute format('create policy searched on desk.%I for select to current_user using (true)', name);
  end loop;
end $$;

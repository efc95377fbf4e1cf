-- CreateTable
CREATE TABLE "desk"."lake_note" (
    "workspace_id" UUID NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lake_note_pkey" PRIMARY KEY ("workspace_id","transaction_id","kind","key")
);

-- CreateTable
CREATE TABLE "desk"."action_line" (
    "workspace_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "action_line_pkey" PRIMARY KEY ("workspace_id","action_id","position")
);

-- CreateIndex
CREATE INDEX "lake_note_transaction_id_idx" ON "desk"."lake_note"("transaction_id");

-- CreateIndex
CREATE INDEX "lake_note_workspace_id_noted_at_idx" ON "desk"."lake_note"("workspace_id", "noted_at");

-- CreateIndex
CREATE INDEX "action_line_workspace_id_product_id_idx" ON "desk"."action_line"("workspace_id", "product_id");

-- AddForeignKey
ALTER TABLE "desk"."action_line" ADD CONSTRAINT "action_line_workspace_id_action_id_fkey" FOREIGN KEY ("workspace_id", "action_id") REFERENCES "desk"."combined_action"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever writes the desk notes what changed; the lake reads the notes of all workspaces.
grant select, insert, delete on desk.lake_note to desk_app;
grant select, insert, update, delete on desk.action_line to desk_app;
grant select on desk.lake_note to desk_lake;
grant select (workspace_id, action_id, position, product_id, variant_id, quantity, minor, currency) on desk.action_line to desk_lake;
do $$
declare name text;
begin
  foreach name in array array['lake_note', 'action_line'] loop
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format('create policy own_workspace on desk.%I to desk_app
      using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
      with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
    execute format('create policy every_workspace on desk.%I for select to desk_lake using (true)', name);
  end loop;
  -- A migration that writes rows of these tables notes them as their owner.
  execute format('create policy of_migrations on desk.lake_note to %I using (true) with check (true)', current_user);
end $$;

-- One note for each thing that a statement changed. `changed` are the rows as they are, or were when they are gone; `earlier` as an update
-- found them. The second argument says what the thing is called by.
create function app.note_for_lake() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
    select distinct workspace_id, pg_current_xact_id()::text::bigint, %L, (%s)::text, statement_timestamp() from changed on conflict do nothing',
    tg_argv[0], tg_argv[1]);
  if tg_op = 'UPDATE' then
    execute format('insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
      select distinct workspace_id, pg_current_xact_id()::text::bigint, %L, (%s)::text, statement_timestamp() from earlier on conflict do nothing',
      tg_argv[0], tg_argv[1]);
  end if;
  return null;
end $$;

do $$
declare
  followed record;
begin
  for followed in select * from (values
    ('combined_action', 'action', 'id'),
    ('action_step', 'action', 'action_id'),
    ('action_line', 'action', 'action_id'),
    ('gift_card_issue', 'gift_card', 'id'),
    ('shop_gift_card', 'card_balance', 'shop_id || '':'' || shopify_id'),
    ('compensation', 'compensation', 'shop_id || '':'' || source || '':'' || kind'),
    ('work_session', 'session', 'id'),
    ('work_break', 'break', 'id'),
    ('shift', 'shift', ''''''),
    ('leave', 'leave', '''''')) as t (name, kind, key) loop
    execute format('create trigger note_inserted after insert on desk.%I referencing new table as changed
      for each statement execute function app.note_for_lake(%L, %L)', followed.name, followed.kind, followed.key);
    execute format('create trigger note_updated after update on desk.%I referencing new table as changed old table as earlier
      for each statement execute function app.note_for_lake(%L, %L)', followed.name, followed.kind, followed.key);
    execute format('create trigger note_deleted after delete on desk.%I referencing old table as changed
      for each statement execute function app.note_for_lake(%L, %L)', followed.name, followed.kind, followed.key);
  end loop;
  -- These are written to all the time for other reasons.
  for followed in select * from (values ('staff'), ('mailbox')) as t (name) loop
    execute format('create trigger note_inserted after insert on desk.%I referencing new table as changed
      for each statement execute function app.note_for_lake(%L, %L)', followed.name, followed.name, '''''');
    execute format('create trigger note_deleted after delete on desk.%I referencing old table as changed
      for each statement execute function app.note_for_lake(%L, %L)', followed.name, followed.name, '''''');
  end loop;
end $$;

create function app.note_staff_for_lake() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
  values (new.workspace_id, pg_current_xact_id()::text::bigint, 'staff', '', statement_timestamp()) on conflict do nothing;
  return null;
end $$;
create trigger note_updated after update of role, state, started_on on desk.staff for each row
  when ((old.role, old.state, old.started_on) is distinct from (new.role, new.state, new.started_on)) execute function app.note_staff_for_lake();

-- AlterTable
ALTER TABLE "desk"."ticket" ADD COLUMN     "forgotten_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "desk"."retention_setting" (
    "workspace_id" UUID NOT NULL,
    "months" SMALLINT,
    "mode" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."legal_hold" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "reason" BYTEA NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by_id" UUID,

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."forgetting_run" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "customer_id" UUID,
    "reason" TEXT,
    "by_kind" TEXT NOT NULL,
    "by_id" UUID,
    "before" TIMESTAMPTZ(3),
    "stage" TEXT NOT NULL,
    "place_at" TIMESTAMPTZ(3),
    "place_id" TEXT,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "failed" INTEGER NOT NULL DEFAULT 0,
    "failures" JSONB NOT NULL DEFAULT '[]',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "forgetting_run_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."forgotten_mail" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "forgotten_mail_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "desk"."forgetting_key" (
    "workspace_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "forgetting_key_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."customer_export" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "size" BIGINT,

    CONSTRAINT "customer_export_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."customer_export_part" (
    "workspace_id" UUID NOT NULL,
    "export_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "customer_export_part_pkey" PRIMARY KEY ("workspace_id","export_id","position")
);

-- CreateIndex
CREATE INDEX "legal_hold_workspace_id_at_id_idx" ON "desk"."legal_hold"("workspace_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "forgetting_run_workspace_id_started_at_id_idx" ON "desk"."forgetting_run"("workspace_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "customer_export_workspace_id_asked_at_id_idx" ON "desk"."customer_export"("workspace_id", "asked_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "customer_export_workspace_id_customer_id_idx" ON "desk"."customer_export"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "message_reference_workspace_id_ticket_id_idx" ON "desk"."message_reference"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "action_draft_workspace_id_ticket_id_idx" ON "desk"."action_draft"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "reminder_workspace_id_ticket_id_idx" ON "desk"."reminder"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "handover_ticket_workspace_id_ticket_id_idx" ON "desk"."handover_ticket"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "left_ticket_workspace_id_ticket_id_idx" ON "desk"."left_ticket"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "gift_card_issue_workspace_id_ticket_id_idx" ON "desk"."gift_card_issue"("workspace_id", "ticket_id");

-- AddForeignKey
ALTER TABLE "desk"."customer_export_part" ADD CONSTRAINT "customer_export_part_workspace_id_export_id_fkey" FOREIGN KEY ("workspace_id", "export_id") REFERENCES "desk"."customer_export"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Closed sets are text with CHECK, as everywhere.
alter table desk.retention_setting add check (mode in ('delete', 'anonymise')), add check (months between 1 and 240);
alter table desk.legal_hold
  add check (about in ('ticket', 'customer')),
  add check ((lifted_at is null) = (lifted_by_id is null));
alter table desk.forgetting_run
  add check (kind in ('retention', 'erasure')),
  add check (mode in ('delete', 'anonymise')),
  add check (state in ('running', 'done', 'stopped')),
  add check (stage in ('tickets', 'loose_mails', 'customer', 'loose_words', 'end')),
  add check (reason in ('customer_asked', 'authority', 'not_needed')),
  add check ((kind = 'erasure') = (customer_id is not null and reason is not null)),
  add check ((state = 'running') = (ended_at is null)),
  add check (by_kind in ('staff', 'key', 'system'));
alter table desk.customer_export
  add check (state in ('waiting', 'ready', 'failed', 'gone')),
  add check (state <> 'ready' or (ready_at is not null and ends_at is not null and size is not null));

-- One hold of a subject at a time, and one round of a kind: two would do the same work twice.
create unique index legal_hold_open on desk.legal_hold (workspace_id, subject_id) where lifted_at is null;
create unique index forgetting_run_open on desk.forgetting_run (workspace_id, kind, coalesce(customer_id, '00000000-0000-0000-0000-000000000000'))
  where state = 'running';
create index customer_export_kept on desk.customer_export (workspace_id, ends_at) where state = 'ready';

-- Finished work whose words are still here, the oldest first. The condition repeats what the query says, word for word.
create index ticket_to_forget on desk.ticket (workspace_id, last_message_at, id)
  where (status = 'closed' or void_reason is not null) and (forgotten_at is null or last_message_at > forgotten_at);
-- Mails that became no message and whose bytes are still here.
create index mailbox_mail_loose on desk.mailbox_mail (workspace_id, received_at, mailbox_id, gmail_id)
  where state = 'ended' and message_id is null and raw_id is not null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.legal_hold alter reason set storage external;

do $$
declare name text;
begin
  foreach name in array array['retention_setting', 'legal_hold', 'forgetting_run', 'forgotten_mail', 'forgetting_key', 'customer_export', 'customer_export_part'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;
-- Who held what, and what was forgotten, is never taken out of the books.
revoke delete on desk.legal_hold, desk.forgetting_run from desk_app;

-- Changes of settings are only ever added to. Whoever was named in one and asks to be forgotten is the one exception: the words are written
-- anew, and who changed what and when stays.
create function app.rewrite_setting_changes(rewritten jsonb) returns int language sql volatile security definer
set search_path = pg_catalog, pg_temp as $$
  with done as (
    update desk.setting_change c set content = decode(r.content, 'base64')
    from jsonb_to_recordset(rewritten) as r (id uuid, content text)
    where c.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid and c.id = r.id
    returning 1)
  select count(*)::int from done
$$;

-- Messages of this workspace that name somebody, by the words of an address or a name. Row-level security would keep the words out of the
-- index, so this reads as the owner and looks at nothing but the transaction's workspace.
create function app.messages_naming(sought text, after_id uuid, most int) returns setof uuid language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off set jit = off as $$
declare
  ws uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
begin
  return query select f.id from (
      select d.id from desk.search_document d where d.workspace_id = ws and d.lexemes @@ phraseto_tsquery('app.words', sought) offset 0) f
    where f.id > after_id order by f.id limit most;
end $$;
revoke all on function app.rewrite_setting_changes(jsonb), app.messages_naming(text, uuid, int) from public;
grant execute on function app.rewrite_setting_changes(jsonb), app.messages_naming(text, uuid, int) to desk_app;

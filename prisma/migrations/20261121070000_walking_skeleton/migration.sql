-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "desk";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "directory";

-- CreateTable
CREATE TABLE "desk"."customer" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."customer_address" (
    "workspace_id" UUID NOT NULL,
    "email_key" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_address_pkey" PRIMARY KEY ("workspace_id","email_key")
);

-- CreateTable
CREATE TABLE "directory"."workspace" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "directory"."domain" (
    "domain" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,

    CONSTRAINT "domain_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "directory"."mailbox" (
    "address" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "directory"."api_key" (
    "key_hash" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "api_key_id" UUID NOT NULL,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("key_hash")
);

-- CreateTable
CREATE TABLE "desk"."saved_reply" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_reply_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."mailbox" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "archive_address" TEXT NOT NULL,
    "access" TEXT NOT NULL,
    "secret" BYTEA,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "cursor" TEXT,
    "resync_page" TEXT,
    "watch_ends_at" TIMESTAMPTZ(3),
    "synced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."mailbox_mail" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "gmail_id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "thread_id" TEXT,
    "accepted_at" TIMESTAMPTZ(3),
    "labels" TEXT[],
    "raw_id" UUID,
    "raw_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "reason" TEXT,
    "message_id" UUID,
    "historical" BOOLEAN NOT NULL DEFAULT false,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mailbox_mail_pkey" PRIMARY KEY ("workspace_id","mailbox_id","gmail_id")
);

-- CreateTable
CREATE TABLE "desk"."raw_mail" (
    "workspace_id" UUID NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "size" INTEGER NOT NULL,
    "content" BYTEA,
    "object_key" TEXT,

    CONSTRAINT "raw_mail_pkey" PRIMARY KEY ("workspace_id","stored_at","id")
) PARTITION BY RANGE ("stored_at");

-- CreateTable
CREATE TABLE "desk"."event" (
    "workspace_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "version" SMALLINT NOT NULL DEFAULT 1,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "ticket_id" UUID,
    "payload" JSONB NOT NULL,
    "historical" BOOLEAN NOT NULL DEFAULT false,
    "row_xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT "event_pkey" PRIMARY KEY ("workspace_id","recorded_at","id")
) PARTITION BY RANGE ("recorded_at");

-- CreateTable
CREATE TABLE "desk"."journal_entry" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "ticket_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "request" BYTEA NOT NULL,
    "result" BYTEA,
    "refusal" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."idempotency_key" (
    "workspace_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER,
    "reply" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("workspace_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "desk"."data_key" (
    "workspace_id" UUID NOT NULL,
    "version" SMALLINT NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("workspace_id","version")
);

-- CreateTable
CREATE TABLE "desk"."workspace" (
    "workspace_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "next_ticket_number" INTEGER NOT NULL DEFAULT 1,
    "effects_paused" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspace_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."domain" (
    "workspace_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "domain_pkey" PRIMARY KEY ("workspace_id","domain")
);

-- CreateTable
CREATE TABLE "desk"."staff" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "google_sub" TEXT,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."api_key" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."ticket" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "mailbox_id" UUID,
    "status" TEXT NOT NULL,
    "priority" TEXT NOT NULL DEFAULT 'normal',
    "category" TEXT,
    "tags" TEXT[],
    "assignee_id" UUID,
    "void_reason" TEXT,
    "follows_id" UUID,
    "queue_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "first_response_at" TIMESTAMPTZ(3),
    "first_response_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."message" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "direction" TEXT NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" UUID,
    "mail_key" TEXT,
    "automatic" BOOLEAN NOT NULL DEFAULT false,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "envelope" BYTEA NOT NULL,
    "excerpt" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,
    "raw_id" UUID,
    "raw_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."message_reference" (
    "workspace_id" UUID NOT NULL,
    "mail_key" TEXT NOT NULL,
    "ticket_id" UUID NOT NULL,

    CONSTRAINT "message_reference_pkey" PRIMARY KEY ("workspace_id","mail_key","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."attachment" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "name" BYTEA NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content_id" TEXT,
    "inline" BOOLEAN NOT NULL DEFAULT false,
    "object_key" TEXT NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "customer_address_workspace_id_customer_id_idx" ON "desk"."customer_address"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "domain_workspace_id_idx" ON "directory"."domain"("workspace_id");

-- CreateIndex
CREATE INDEX "saved_reply_workspace_id_title_idx" ON "desk"."saved_reply"("workspace_id", "title");

-- CreateIndex
CREATE UNIQUE INDEX "mailbox_workspace_id_archive_address_key" ON "desk"."mailbox"("workspace_id", "archive_address");

-- CreateIndex
CREATE INDEX "mailbox_mail_workspace_id_mailbox_id_received_at_idx" ON "desk"."mailbox_mail"("workspace_id", "mailbox_id", "received_at");

-- CreateIndex
CREATE INDEX "mailbox_mail_workspace_id_message_id_idx" ON "desk"."mailbox_mail"("workspace_id", "message_id");

-- CreateIndex
CREATE INDEX "event_workspace_id_ticket_id_occurred_at_id_idx" ON "desk"."event"("workspace_id", "ticket_id", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "event_row_xid_idx" ON "desk"."event"("row_xid");

-- CreateIndex
CREATE INDEX "journal_entry_workspace_id_ticket_id_created_at_idx" ON "desk"."journal_entry"("workspace_id", "ticket_id", "created_at");

-- CreateIndex
CREATE INDEX "idempotency_key_workspace_id_created_at_idx" ON "desk"."idempotency_key"("workspace_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "staff_workspace_id_email_key_key" ON "desk"."staff"("workspace_id", "email_key");

-- CreateIndex
CREATE UNIQUE INDEX "staff_workspace_id_google_sub_key" ON "desk"."staff"("workspace_id", "google_sub");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_workspace_id_key_hash_key" ON "desk"."api_key"("workspace_id", "key_hash");

-- CreateIndex
CREATE INDEX "ticket_workspace_id_customer_id_last_message_at_idx" ON "desk"."ticket"("workspace_id", "customer_id", "last_message_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ticket_workspace_id_number_key" ON "desk"."ticket"("workspace_id", "number");

-- CreateIndex
CREATE INDEX "message_workspace_id_ticket_id_sent_at_id_idx" ON "desk"."message"("workspace_id", "ticket_id", "sent_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "message_workspace_id_mail_key_key" ON "desk"."message"("workspace_id", "mail_key");

-- CreateIndex
CREATE INDEX "attachment_workspace_id_message_id_position_idx" ON "desk"."attachment"("workspace_id", "message_id", "position");

-- AddForeignKey
ALTER TABLE "desk"."customer_address" ADD CONSTRAINT "customer_address_workspace_id_customer_id_fkey" FOREIGN KEY ("workspace_id", "customer_id") REFERENCES "desk"."customer"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."mailbox_mail" ADD CONSTRAINT "mailbox_mail_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."ticket" ADD CONSTRAINT "ticket_workspace_id_customer_id_fkey" FOREIGN KEY ("workspace_id", "customer_id") REFERENCES "desk"."customer"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."ticket" ADD CONSTRAINT "ticket_workspace_id_assignee_id_fkey" FOREIGN KEY ("workspace_id", "assignee_id") REFERENCES "desk"."staff"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."message" ADD CONSTRAINT "message_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."attachment" ADD CONSTRAINT "attachment_workspace_id_message_id_fkey" FOREIGN KEY ("workspace_id", "message_id") REFERENCES "desk"."message"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Closed sets are text with CHECK: an enum's operators cannot use an index under forced row-level security.
alter table desk.staff add check (role in ('agent', 'supervisor', 'finance', 'admin', 'read-only')), add check (state in ('invited', 'active', 'deactivated'));
alter table desk.mailbox add check (access in ('refresh_token', 'service_account')), add check (state in ('connected', 'needs_access', 'paused'));
alter table desk.mailbox_mail
  add check (state in ('received', 'ended')),
  add check (outcome in ('ticket', 'joined', 'duplicate', 'ignored', 'suspected_spam', 'quarantined')),
  add check ((state = 'ended') = (outcome is not null));
alter table desk.ticket
  add check (status in ('new', 'open', 'pending', 'on_hold', 'solved', 'closed')),
  add check (priority in ('low', 'normal', 'high', 'urgent')),
  add check (void_reason in ('spam', 'not_a_ticket', 'duplicate'));
alter table desk.message
  add check (direction in ('in', 'out', 'note')),
  add check (author_kind in ('customer', 'staff', 'key', 'system', 'unknown'));
alter table desk.event add check (actor_kind in ('customer', 'staff', 'key', 'system', 'unknown'));
alter table desk.journal_entry add check (state in ('planned', 'running', 'done', 'refused', 'unknown'));

-- One index for every list. The conditions repeat what the queries say, word for word.
create index ticket_open_of_assignee on desk.ticket (workspace_id, assignee_id, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null;
create index ticket_open_unassigned on desk.ticket (workspace_id, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and assignee_id is null;
create index ticket_open on desk.ticket (workspace_id, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null;
create index ticket_solved on desk.ticket (workspace_id, last_message_at desc, id desc) where status = 'solved' and void_reason is null;
create index ticket_closed on desk.ticket (workspace_id, last_message_at desc, id desc) where status = 'closed' and void_reason is null;
create index ticket_void on desk.ticket (workspace_id, last_message_at desc, id desc) where void_reason is not null;
create index ticket_follower on desk.ticket (workspace_id, follows_id) where follows_id is not null;
create index mailbox_mail_received on desk.mailbox_mail (workspace_id, mailbox_id, seq) where state = 'received';
create index journal_entry_undecided on desk.journal_entry (workspace_id, updated_at) where state in ('planned', 'running', 'unknown');

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.message alter envelope set storage external, alter excerpt set storage external, alter body set storage external;
alter table desk.raw_mail alter content set storage external;

-- Group roles; logins are made by whoever deploys and are granted one of these.
do $$
declare role text;
begin
  foreach role in array array['desk_app', 'desk_jobs', 'desk_lake'] loop
    begin
      execute format('create role %I nologin', role);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;

create schema app;
grant usage on schema app to desk_app, desk_jobs, desk_lake;
grant usage on schema desk to desk_app, desk_lake;
grant select, insert, update, delete on all tables in schema desk to desk_app;
revoke update, delete on desk.event from desk_app;
grant usage on all sequences in schema desk to desk_app;
grant select on desk.event to desk_lake;

-- Without the setting a query sees no row; with it, one workspace.
do $$
declare name text;
begin
  for name in select c.relname from pg_class c where c.relnamespace = 'desk'::regnamespace and c.relkind in ('r', 'p') loop
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;
create policy every_workspace on desk.event for select to desk_lake using (true);

-- Partitions live in a schema that nobody but the owner may enter: rows are reached through the parent and its policy.
create schema desk_parts;

-- Starters and the daily job wait for each other. A month whose rows are already in the default part stays there, with a warning:
-- everything can be read and written all the same.
create function app.ensure_partitions(at timestamptz) returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  parent text;
  month timestamptz;
  part text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('app.ensure_partitions'));
  foreach parent in array array['event', 'raw_mail'] loop
    for ahead in 0..3 loop
      month := (date_trunc('month', at at time zone 'UTC') + make_interval(months => ahead)) at time zone 'UTC';
      part := format('%s_%s', parent, to_char(month at time zone 'UTC', 'YYYYMM'));
      if to_regclass(format('desk_parts.%I', part)) is null then
        begin
          execute format('create table desk_parts.%I partition of desk.%I for values from (%L) to (%L)', part, parent, month, month + interval '1 month');
          made := made + 1;
        exception when check_violation then
          raise warning 'rows of % are in the default part of %', to_char(month at time zone 'UTC', 'YYYY-MM'), parent;
        end;
      end if;
    end loop;
  end loop;
  return made;
end $$;

create table desk_parts.event_other partition of desk.event default;
create table desk_parts.raw_mail_other partition of desk.raw_mail default;

-- The directory: only ids come out, and rows go in for the transaction's own workspace.
create function app.workspace_ids() returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select id from directory.workspace order by id $$;
create function app.workspace_of_domain(wanted text) returns uuid language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select workspace_id from directory.domain where domain = wanted $$;
create function app.mailbox_of_address(wanted text, out workspace_id uuid, out mailbox_id uuid) language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select workspace_id, mailbox_id from directory.mailbox where address = wanted $$;
create function app.api_key_of_hash(wanted text, out workspace_id uuid, out api_key_id uuid) language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select workspace_id, api_key_id from directory.api_key where key_hash = wanted $$;
create function app.add_workspace(at timestamptz) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ insert into directory.workspace (id, created_at) values (nullif(current_setting('app.workspace_id', true), '')::uuid, at) $$;
create function app.add_domain(wanted text) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ insert into directory.domain (domain, workspace_id) values (wanted, nullif(current_setting('app.workspace_id', true), '')::uuid) $$;
create function app.remove_domain(wanted text) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ delete from directory.domain where domain = wanted and workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid $$;
create function app.add_mailbox(wanted text, id uuid) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ insert into directory.mailbox (address, workspace_id, mailbox_id) values (wanted, nullif(current_setting('app.workspace_id', true), '')::uuid, id) $$;
create function app.add_api_key(hash text, id uuid) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ insert into directory.api_key (key_hash, workspace_id, api_key_id) values (hash, nullif(current_setting('app.workspace_id', true), '')::uuid, id) $$;

-- The app role may enqueue for its own workspace and nothing else; delays count from now, so that a travelled clock agrees.
create function app.enqueue(jobs jsonb) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
begin
  if workspace is null then raise exception 'a job belongs to a workspace'; end if;
  perform graphile_worker.add_job(
    wanted.job, json_build_object('workspaceId', workspace, 'body', wanted.payload), queue_name => wanted.queue,
    run_at => clock_timestamp() + make_interval(secs => wanted."delayMs" / 1000.0), max_attempts => wanted."maxAttempts", job_key => wanted.key)
  from jsonb_to_recordset(jobs) as wanted (job text, payload json, queue text, key text, "delayMs" float8, "maxAttempts" int);
end $$;

-- A job that was replaced while it ran, and whose worker then died, is nobody's: the queue keeps it for ever as if given up.
create function app.forget_superseded_jobs() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from graphile_worker._private_jobs
  where key is null and attempts >= max_attempts and last_error is null and locked_at is null and updated_at < clock_timestamp() - interval '1 hour';
end $$;

revoke all on all functions in schema app from public;
grant execute on all functions in schema app to desk_app;
grant execute on function app.ensure_partitions(timestamptz), app.workspace_ids() to desk_jobs;

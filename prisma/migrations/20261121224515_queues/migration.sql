-- AlterTable
ALTER TABLE "desk"."ticket" ADD COLUMN     "thanks_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "desk"."saved_view" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "drive" TEXT NOT NULL,
    "statuses" TEXT[],
    "priorities" TEXT[],
    "categories" TEXT[],
    "channels" TEXT[],
    "tag" TEXT,
    "assignee" TEXT NOT NULL,
    "assignee_id" UUID,
    "mailbox_id" UUID,
    "due_minutes" INTEGER,
    "wait_minutes" INTEGER,
    "created_days" INTEGER,
    "active_days" INTEGER,
    "order_by" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."ticket_tag" (
    "workspace_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "queue_at" TIMESTAMPTZ(3) NOT NULL,
    "ticket_id" UUID NOT NULL,

    CONSTRAINT "ticket_tag_pkey" PRIMARY KEY ("workspace_id","tag","due_at","queue_at","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."reminder" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "remind_at" TIMESTAMPTZ(3) NOT NULL,
    "words" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."bulk_act" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "by_kind" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "wish" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_act_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."bulk_act_ticket" (
    "workspace_id" UUID NOT NULL,
    "bulk_act_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "ticket_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "bulk_act_ticket_pkey" PRIMARY KEY ("workspace_id","bulk_act_id","position")
);

-- CreateIndex
CREATE INDEX "saved_view_workspace_id_owner_id_name_idx" ON "desk"."saved_view"("workspace_id", "owner_id", "name");

-- CreateIndex
CREATE INDEX "ticket_tag_workspace_id_ticket_id_idx" ON "desk"."ticket_tag"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "bulk_act_workspace_id_by_id_created_at_id_idx" ON "desk"."bulk_act"("workspace_id", "by_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "bulk_act_ticket_workspace_id_bulk_act_id_ticket_id_key" ON "desk"."bulk_act_ticket"("workspace_id", "bulk_act_id", "ticket_id");

-- Closed sets are text with CHECK, as everywhere.
alter table desk.saved_view
  add check (drive in ('open', 'assignee', 'tag', 'solved', 'closed')),
  add check (assignee in ('any', 'nobody', 'reader', 'person')),
  add check ((assignee = 'person') = (assignee_id is not null)),
  add check (order_by in ('due', 'waiting', 'newest', 'oldest', 'priority', 'active'));
alter table desk.bulk_act
  add check (by_kind in ('staff', 'key')),
  add check (state in ('running', 'done', 'undoing', 'undone'));
alter table desk.bulk_act_ticket
  add check (outcome in ('planned', 'done', 'unchanged', 'failed', 'undone', 'left'));

-- Open work, by whom, status and category: what is due first, then who waits longest. A snoozed ticket is out of it until it comes back.
-- The conditions repeat what the queries say, word for word. The first one carries what saved views filter by, so that they read it alone.
drop index desk.ticket_open_of_assignee, desk.ticket_open_unassigned, desk.ticket_open;
create index ticket_open on desk.ticket (workspace_id, snoozed_until, due_at, queue_at, id)
  include (status, priority, category, assignee_id, mailbox_id, channel, created_at, last_message_at)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null;
create index ticket_open_by_assignee on desk.ticket (workspace_id, assignee_id, snoozed_until, due_at, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null;
create index ticket_open_by_status on desk.ticket (workspace_id, status, snoozed_until, due_at, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null;
create index ticket_open_by_category on desk.ticket (workspace_id, category, snoozed_until, due_at, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and category is not null;
create index ticket_unanswered on desk.ticket (workspace_id, queue_at, id)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and snoozed_until is null and first_response_at is null;
create index ticket_spam on desk.ticket (workspace_id, last_message_at desc, id desc) where void_reason = 'spam';
create index ticket_thanks on desk.ticket (workspace_id, thanks_at desc, id desc) where thanks_at is not null and void_reason is null;
create index reminder_waiting on desk.reminder (workspace_id, staff_id, remind_at, id) where done_at is null;
create index reminder_of_ticket on desk.reminder (workspace_id, ticket_id, remind_at, id) where done_at is null;
create index bulk_act_planned on desk.bulk_act_ticket (workspace_id, bulk_act_id, position) where outcome = 'planned';

-- Row-level security keeps array operators out of indexes, so tags of open work have rows of their own, kept as an index is kept.
create function app.index_ticket_tags() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from desk.ticket_tag where workspace_id = old.workspace_id and ticket_id = old.id;
  end if;
  if tg_op <> 'DELETE' and new.status in ('new', 'open', 'pending', 'on_hold') and new.void_reason is null and new.snoozed_until is null then
    insert into desk.ticket_tag (workspace_id, tag, due_at, queue_at, ticket_id)
      select distinct new.workspace_id, tag, new.due_at, new.queue_at, new.id from unnest(new.tags) tag;
  end if;
  return null;
end $$;
revoke all on function app.index_ticket_tags() from public;
grant execute on function app.index_ticket_tags() to desk_app;
create trigger ticket_tags_made after insert on desk.ticket for each row
  when (cardinality(new.tags) > 0) execute function app.index_ticket_tags();
create trigger ticket_tags_changed after update of tags, status, void_reason, snoozed_until, due_at, queue_at on desk.ticket for each row
  when ((cardinality(old.tags) > 0 or cardinality(new.tags) > 0)
    and (old.tags, old.status, old.void_reason, old.snoozed_until, old.due_at, old.queue_at)
      is distinct from (new.tags, new.status, new.void_reason, new.snoozed_until, new.due_at, new.queue_at))
  execute function app.index_ticket_tags();
create trigger ticket_tags_gone after delete on desk.ticket for each row
  when (cardinality(old.tags) > 0) execute function app.index_ticket_tags();
insert into desk.ticket_tag (workspace_id, tag, due_at, queue_at, ticket_id)
  select distinct t.workspace_id, tag, t.due_at, t.queue_at, t.id from desk.ticket t cross join unnest(t.tags) tag
  where t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null and t.snoozed_until is null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.reminder alter words set storage external;

do $$
declare name text;
begin
  foreach name in array array['saved_view', 'ticket_tag', 'reminder', 'bulk_act', 'bulk_act_ticket'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

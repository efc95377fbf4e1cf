-- AlterTable
ALTER TABLE "desk"."mailbox" ADD COLUMN     "history_counted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "live_from" TIMESTAMPTZ(3),
ADD COLUMN     "unanswered_days" SMALLINT NOT NULL DEFAULT 14;

-- CreateTable
CREATE TABLE "desk"."mailbox_backfill" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,
    "span" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "listed" INTEGER NOT NULL DEFAULT 0,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mailbox_backfill_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."unanswered_thread" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unanswered_thread_pkey" PRIMARY KEY ("workspace_id","ticket_id")
);

-- CreateIndex
CREATE INDEX "mailbox_backfill_workspace_id_mailbox_id_started_at_idx" ON "desk"."mailbox_backfill"("workspace_id", "mailbox_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "unanswered_thread_workspace_id_mailbox_id_last_at_ticket_id_idx" ON "desk"."unanswered_thread"("workspace_id", "mailbox_id", "last_at" DESC, "ticket_id");

-- AddForeignKey
ALTER TABLE "desk"."mailbox_backfill" ADD CONSTRAINT "mailbox_backfill_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."unanswered_thread" ADD CONSTRAINT "unanswered_thread_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."unanswered_thread" ADD CONSTRAINT "unanswered_thread_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

alter table desk.mailbox add check (unanswered_days between 1 and 90);
alter table desk.mailbox_backfill
  add check (state in ('running', 'paused', 'done', 'stopped')),
  add check (since <= reached_at and reached_at <= until and span > 0),
  add check ((ended_at is null) = (state in ('running', 'paused'))),
  add check (taken <= listed and taken >= 0);

-- One reading of a mailbox at a time, and what the minute's tick looks for.
create unique index mailbox_backfill_open on desk.mailbox_backfill (workspace_id, mailbox_id) where state in ('running', 'paused');

do $$
declare name text;
begin
  foreach name in array array['mailbox_backfill', 'unanswered_thread'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- AlterTable
ALTER TABLE "desk"."message" ADD COLUMN "moved" TEXT,
ADD COLUMN "why" TEXT;

-- AlterTable
ALTER TABLE "desk"."message_reference" DROP CONSTRAINT "message_reference_pkey",
ADD COLUMN "direct" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "message_id" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
ADD CONSTRAINT "message_reference_pkey" PRIMARY KEY ("workspace_id", "mail_key", "ticket_id", "message_id");

-- CreateTable
CREATE TABLE "desk"."ticket_suggestion" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "other_id" UUID,
    "message_id" UUID,
    "cause" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,

    CONSTRAINT "ticket_suggestion_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."threading_setting" (
    "workspace_id" UUID NOT NULL,
    "old_days" INTEGER NOT NULL,
    "suggest_days" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "threading_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ticket_suggestion_workspace_id_ticket_id_other_id_key" ON "desk"."ticket_suggestion"("workspace_id", "ticket_id", "other_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_suggestion_workspace_id_message_id_key" ON "desk"."ticket_suggestion"("workspace_id", "message_id");

-- CreateIndex
CREATE INDEX "ticket_suggestion_workspace_id_other_id_idx" ON "desk"."ticket_suggestion"("workspace_id", "other_id");

-- CreateIndex
CREATE INDEX "mailbox_mail_workspace_id_mailbox_id_thread_id_idx" ON "desk"."mailbox_mail"("workspace_id", "mailbox_id", "thread_id");

-- AddForeignKey
ALTER TABLE "desk"."ticket_suggestion" ADD CONSTRAINT "ticket_suggestion_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."ticket_suggestion" ADD CONSTRAINT "ticket_suggestion_workspace_id_other_id_fkey" FOREIGN KEY ("workspace_id", "other_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."ticket_suggestion" ADD CONSTRAINT "ticket_suggestion_workspace_id_message_id_fkey" FOREIGN KEY ("workspace_id", "message_id") REFERENCES "desk"."message"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

alter table desk.message
  add check (why in ('token', 'in_reply_to', 'references', 'sibling', 'thread_index', 'gmail_thread', 'subject_number', 'own_answer', 'returned_mail',
    'new', 'old_ticket', 'forwarded', 'by_hand', 'written_first', 'unverified', 'unreadable', 'suspected_spam')),
  add check (moved in ('merge', 'split', 'bridge'));

alter table desk.ticket_suggestion
  add check (kind = 'join' and other_id is not null and message_id is null and cause in ('same_subject', 'named_both')
    or kind = 'split' and other_id is null and message_id is not null and cause = 'new_subject'),
  add check (ticket_id <> other_id),
  add check (state in ('open', 'taken', 'dismissed')),
  add check ((state = 'open') = (ended_at is null));

alter table desk.threading_setting
  add check (old_days between 1 and 3650),
  add check (suggest_days between 0 and 90);

grant select, insert, update on desk.ticket_suggestion to desk_app;
alter table desk.ticket_suggestion enable row level security, force row level security;
create policy own_workspace on desk.ticket_suggestion to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

grant select, insert, update on desk.threading_setting to desk_app;
alter table desk.threading_setting enable row level security, force row level security;
create policy own_workspace on desk.threading_setting to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

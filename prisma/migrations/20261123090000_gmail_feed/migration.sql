-- AlterTable
ALTER TABLE "desk"."mailbox" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'archive',
ADD COLUMN     "lost_at" TIMESTAMPTZ(3),
ADD COLUMN     "poll_minutes" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN     "polled_at" TIMESTAMPTZ(3),
ADD COLUMN     "push_id" TEXT,
ADD COLUMN     "staff_id" UUID,
ADD COLUMN     "units_per_minute" INTEGER;

-- AlterTable
ALTER TABLE "desk"."mailbox_mail" ADD COLUMN     "moved_at" TIMESTAMPTZ(3),
ADD COLUMN     "moved_to" TEXT;

-- CreateTable
CREATE TABLE "desk"."mailbox_pace" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "refusals" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "mailbox_pace_pkey" PRIMARY KEY ("workspace_id","mailbox_id")
);

-- CreateTable
CREATE TABLE "desk"."mailbox_unmatched" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "mails" INTEGER NOT NULL,

    CONSTRAINT "mailbox_unmatched_pkey" PRIMARY KEY ("workspace_id","mailbox_id","day")
);

-- CreateIndex
CREATE INDEX "mailbox_workspace_id_staff_id_idx" ON "desk"."mailbox"("workspace_id", "staff_id");

-- AddForeignKey
ALTER TABLE "desk"."mailbox" ADD CONSTRAINT "mailbox_workspace_id_staff_id_fkey" FOREIGN KEY ("workspace_id", "staff_id") REFERENCES "desk"."staff"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."mailbox_pace" ADD CONSTRAINT "mailbox_pace_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."mailbox_unmatched" ADD CONSTRAINT "mailbox_unmatched_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- An inbox of somebody's own is not read any more: its secret is gone, and its row says what was read.
alter table desk.mailbox drop constraint mailbox_state_check;
alter table desk.mailbox
  add constraint mailbox_state_check check (state in ('connected', 'needs_access', 'paused', 'ended')),
  add check (kind in ('archive', 'agent')),
  add check ((kind = 'agent') = (staff_id is not null)),
  -- Below 600 the bucket is too small for one mail that is sent.
  add check (units_per_minute between 600 and 1000000),
  add check (poll_minutes between 1 and 15);
alter table desk.mailbox_mail
  add check (moved_to in ('spam', 'trash', 'deleted')),
  add check ((moved_to is null) = (moved_at is null));
alter table desk.mailbox_pace add check (level >= 0), add check (refusals >= 0);
alter table desk.mailbox_unmatched add check (mails > 0);

grant select, insert, update on desk.mailbox_pace, desk.mailbox_unmatched to desk_app;
alter table desk.mailbox_pace enable row level security, force row level security;
create policy own_workspace on desk.mailbox_pace to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
alter table desk.mailbox_unmatched enable row level security, force row level security;
create policy own_workspace on desk.mailbox_unmatched to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

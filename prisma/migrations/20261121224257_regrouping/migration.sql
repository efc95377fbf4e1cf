-- AlterTable
ALTER TABLE "desk"."message" ADD COLUMN     "answers_key" TEXT;

-- CreateTable
CREATE TABLE "desk"."ticket_contact" (
    "workspace_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "seconds" INTEGER NOT NULL,
    "staff_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_contact_pkey" PRIMARY KEY ("workspace_id","message_id")
);

-- CreateTable
CREATE TABLE "desk"."handle_time" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "seconds" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handle_time_pkey" PRIMARY KEY ("workspace_id","ticket_id","staff_id")
);

-- CreateTable
CREATE TABLE "desk"."customer_phone" (
    "workspace_id" UUID NOT NULL,
    "phone_key" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "phone" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_phone_pkey" PRIMARY KEY ("workspace_id","phone_key","customer_id")
);

-- CreateTable
CREATE TABLE "desk"."ignored_sender" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "proven" BOOLEAN NOT NULL,
    "ticket_id" UUID,
    "by_id" UUID,
    "count" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ignored_sender_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "desk"."ignored_mail" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "gmail_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "ignored_mail_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."ticket_regrouping" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "moved" UUID[],
    "stood" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by_id" UUID,

    CONSTRAINT "ticket_regrouping_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."ticket_link" (
    "workspace_id" UUID NOT NULL,
    "low_id" UUID NOT NULL,
    "high_id" UUID NOT NULL,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_link_pkey" PRIMARY KEY ("workspace_id","low_id","high_id")
);

-- CreateIndex
CREATE INDEX "customer_phone_workspace_id_customer_id_idx" ON "desk"."customer_phone"("workspace_id", "customer_id");

-- CreateIndex
CREATE INDEX "ignored_sender_workspace_id_created_at_key_idx" ON "desk"."ignored_sender"("workspace_id", "created_at" DESC, "key" DESC);

-- CreateIndex
CREATE INDEX "ignored_sender_workspace_id_ticket_id_idx" ON "desk"."ignored_sender"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "ignored_mail_workspace_id_at_id_idx" ON "desk"."ignored_mail"("workspace_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ignored_mail_workspace_id_mailbox_id_gmail_id_key" ON "desk"."ignored_mail"("workspace_id", "mailbox_id", "gmail_id");

-- CreateIndex
CREATE INDEX "ticket_regrouping_workspace_id_from_id_at_idx" ON "desk"."ticket_regrouping"("workspace_id", "from_id", "at" DESC);

-- CreateIndex
CREATE INDEX "ticket_regrouping_workspace_id_to_id_at_idx" ON "desk"."ticket_regrouping"("workspace_id", "to_id", "at" DESC);

-- CreateIndex
CREATE INDEX "ticket_link_workspace_id_high_id_idx" ON "desk"."ticket_link"("workspace_id", "high_id");

alter table desk.ticket_regrouping add check (kind in ('merge', 'split')), add check (from_id <> to_id);
alter table desk.ticket_link add check (low_id < high_id);
alter table desk.ticket_contact add check (channel in ('call', 'walk_in')), add check (seconds between 0 and 28800);
alter table desk.handle_time add check (seconds between 0 and 360000);

-- A ticket is merged once at a time.
create unique index ticket_regrouping_merged on desk.ticket_regrouping (workspace_id, from_id) where kind = 'merge' and undone_at is null;
-- Whose mail and figures a ticket took over.
create index ticket_merged_into on desk.ticket (workspace_id, merged_into_id) where merged_into_id is not null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.ignored_mail alter content set storage external;

do $$
declare name text;
begin
  foreach name in array array['ticket_regrouping', 'ticket_link', 'ticket_contact', 'handle_time', 'customer_phone', 'ignored_sender', 'ignored_mail'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

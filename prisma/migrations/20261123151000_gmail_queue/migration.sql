-- CreateTable
CREATE TABLE "desk"."gmail_queue_setting" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "labels" BOOLEAN NOT NULL,
    "archive" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gmail_queue_setting_pkey" PRIMARY KEY ("workspace_id","mailbox_id")
);

-- CreateTable
CREATE TABLE "desk"."gmail_queue_label" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "ticket_id" UUID,
    "name" TEXT NOT NULL,
    "label_id" TEXT,

    CONSTRAINT "gmail_queue_label_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."gmail_queue_mail" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "gmail_id" TEXT NOT NULL,
    "ticket_id" UUID NOT NULL,
    "kinds" TEXT[],
    "next_kinds" TEXT[],
    "is_writing" BOOLEAN NOT NULL DEFAULT false,
    "archived" BOOLEAN NOT NULL,
    "owner_id" UUID,
    "late" BOOLEAN NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gmail_queue_mail_pkey" PRIMARY KEY ("workspace_id","mailbox_id","gmail_id")
);

-- CreateTable
CREATE TABLE "desk"."gmail_queue_due" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "gmail_queue_due_pkey" PRIMARY KEY ("workspace_id","ticket_id")
);

-- CreateIndex
CREATE INDEX "gmail_queue_label_workspace_id_mailbox_id_label_id_idx" ON "desk"."gmail_queue_label"("workspace_id", "mailbox_id", "label_id");

-- CreateIndex
CREATE INDEX "gmail_queue_label_workspace_id_ticket_id_idx" ON "desk"."gmail_queue_label"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "gmail_queue_mail_workspace_id_ticket_id_idx" ON "desk"."gmail_queue_mail"("workspace_id", "ticket_id");

-- CreateIndex
CREATE INDEX "gmail_queue_due_workspace_id_at_idx" ON "desk"."gmail_queue_due"("workspace_id", "at");

-- AddForeignKey
ALTER TABLE "desk"."gmail_queue_setting" ADD CONSTRAINT "gmail_queue_setting_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."gmail_queue_label" ADD CONSTRAINT "gmail_queue_label_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."gmail_queue_label" ADD CONSTRAINT "gmail_queue_label_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."gmail_queue_mail" ADD CONSTRAINT "gmail_queue_mail_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."gmail_queue_mail" ADD CONSTRAINT "gmail_queue_mail_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."gmail_queue_due" ADD CONSTRAINT "gmail_queue_due_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

alter table desk.gmail_queue_label
  add check (kind in ('mine', 'unassigned', 'breaching', 'ticket')),
  add check ((kind = 'ticket') = (ticket_id is not null));
alter table desk.gmail_queue_mail
  add check (kinds <@ array['mine', 'unassigned', 'breaching', 'ticket']),
  add check (next_kinds <@ array['mine', 'unassigned', 'breaching', 'ticket']);
create unique index gmail_queue_label_of_kind on desk.gmail_queue_label (workspace_id, mailbox_id, kind) where ticket_id is null;
create unique index gmail_queue_label_of_ticket on desk.gmail_queue_label (workspace_id, mailbox_id, ticket_id) where ticket_id is not null;

do $$
declare name text;
begin
  foreach name in array array['gmail_queue_setting', 'gmail_queue_label', 'gmail_queue_mail', 'gmail_queue_due'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

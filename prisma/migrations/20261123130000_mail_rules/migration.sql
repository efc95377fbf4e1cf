-- AlterTable
ALTER TABLE "desk"."customer_address" ADD COLUMN     "undeliverable_at" TIMESTAMPTZ(3),
ADD COLUMN     "undeliverable_code" TEXT;

-- AlterTable
ALTER TABLE "desk"."ignored_mail" ADD COLUMN     "rule_id" UUID,
ALTER COLUMN "key" DROP NOT NULL;

-- AlterTable
ALTER TABLE "desk"."workspace" ADD COLUMN     "automatic_per_hour" SMALLINT NOT NULL DEFAULT 3,
ADD COLUMN     "mail_rule_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "desk"."mail_rule" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "mailbox_id" UUID,
    "matches" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "preset" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_rule_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."mailbox_label" (
    "workspace_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "label_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mailbox_label_pkey" PRIMARY KEY ("workspace_id","mailbox_id","label_id")
);

-- CreateTable
CREATE TABLE "desk"."contact_form" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_form_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "desk"."delivery_failure" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "email_key" TEXT,
    "kind" TEXT NOT NULL,
    "code" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_failure_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."automatic_mail" (
    "workspace_id" UUID NOT NULL,
    "email_key" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3)[],
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "automatic_mail_pkey" PRIMARY KEY ("workspace_id","email_key")
);

-- CreateIndex
CREATE INDEX "delivery_failure_workspace_id_message_id_idx" ON "desk"."delivery_failure"("workspace_id", "message_id");

-- CreateIndex
CREATE INDEX "delivery_failure_workspace_id_report_id_idx" ON "desk"."delivery_failure"("workspace_id", "report_id");

-- CreateIndex
CREATE INDEX "automatic_mail_workspace_id_last_at_idx" ON "desk"."automatic_mail"("workspace_id", "last_at");

-- CreateIndex
CREATE INDEX "ignored_mail_workspace_id_rule_id_at_idx" ON "desk"."ignored_mail"("workspace_id", "rule_id", "at");

-- AddForeignKey
ALTER TABLE "desk"."mail_rule" ADD CONSTRAINT "mail_rule_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."mailbox_label" ADD CONSTRAINT "mailbox_label_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."delivery_failure" ADD CONSTRAINT "delivery_failure_workspace_id_message_id_fkey" FOREIGN KEY ("workspace_id", "message_id") REFERENCES "desk"."message"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."delivery_failure" ADD CONSTRAINT "delivery_failure_workspace_id_report_id_fkey" FOREIGN KEY ("workspace_id", "report_id") REFERENCES "desk"."message"("workspace_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

alter table desk.workspace add check (automatic_per_hour between 1 and 100);
alter table desk.mail_rule add check (outcome in ('ticket', 'quiet', 'ignored')), add check (length(name) between 1 and 100);
alter table desk.delivery_failure add check (kind in ('failed', 'delayed'));
alter table desk.ignored_mail add check (key is not null or rule_id is not null);

do $$
declare name text;
begin
  foreach name in array array['mail_rule', 'mailbox_label', 'contact_form', 'delivery_failure', 'automatic_mail'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- CreateTable
CREATE TABLE "desk"."intake_certificate" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "listed" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "unended" INTEGER NOT NULL,

    CONSTRAINT "intake_certificate_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "intake_certificate_workspace_id_mailbox_id_at_idx" ON "desk"."intake_certificate"("workspace_id", "mailbox_id", "at" DESC);

alter table desk.intake_certificate
  add check (listed >= late + unended and late >= 0 and unended >= 0),
  add check (to_at >= from_at),
  add foreign key (workspace_id, mailbox_id) references desk.mailbox (workspace_id, id);

grant select, insert on desk.intake_certificate to desk_app;
alter table desk.intake_certificate enable row level security, force row level security;
create policy own_workspace on desk.intake_certificate to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

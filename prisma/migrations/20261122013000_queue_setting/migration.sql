-- AlterTable
ALTER TABLE "desk"."saved_view" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "desk"."queue_setting" (
    "workspace_id" UUID NOT NULL,
    "due_next_minutes" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "sla_escalation_workspace_id_at_idx" ON "desk"."sla_escalation"("workspace_id", "at");

-- Views that were saved with one tag have it among theirs.
alter table desk.saved_view no force row level security;
update desk.saved_view set tags = array[tag] where tag is not null;
alter table desk.saved_view force row level security;
alter table desk.saved_view add check (cardinality(tags) <= 5);
alter table desk.queue_setting add check (due_next_minutes between 5 and 10080);

grant select, insert, update, delete on desk.queue_setting to desk_app;
alter table desk.queue_setting enable row level security, force row level security;
create policy own_workspace on desk.queue_setting to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

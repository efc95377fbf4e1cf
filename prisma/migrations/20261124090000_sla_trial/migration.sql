-- CreateTable
CREATE TABLE "desk"."sla_trial" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "reached" UUID NOT NULL,
    "found" JSONB NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sla_trial_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "sla_trial_workspace_id_asked_at_id_idx" ON "desk"."sla_trial"("workspace_id", "asked_at" DESC, "id" DESC);

alter table desk.sla_trial add check (since < asked_at);
grant select, insert, update, delete on desk.sla_trial to desk_app;
alter table desk.sla_trial enable row level security, force row level security;
create policy own_workspace on desk.sla_trial to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

-- CreateTable
CREATE TABLE "desk"."display_link" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "display_link_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "display_link_workspace_id_key_hash_key" ON "desk"."display_link"("workspace_id", "key_hash");

alter table desk.display_link
  add check (length(name) between 1 and 80),
  add foreign key (workspace_id, made_by_id) references desk.staff (workspace_id, id);

-- What came in time today and what did not, for the wallboard. Only answers and breaches write it.
create index event_of_targets on desk.event (workspace_id, recorded_at) where type in ('sla.met', 'sla.breached');

grant select, insert, update, delete on desk.display_link to desk_app;
alter table desk.display_link enable row level security, force row level security;
create policy own_workspace on desk.display_link to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

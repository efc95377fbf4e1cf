-- CreateTable
CREATE TABLE "desk"."shadow_period" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "shadow_period_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."withheld_act" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID,
    "kind" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "withheld_act_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "shadow_period_workspace_id_began_at_idx" ON "desk"."shadow_period"("workspace_id", "began_at");

-- CreateIndex
CREATE INDEX "withheld_act_workspace_id_at_idx" ON "desk"."withheld_act"("workspace_id", "at");

-- AddForeignKey
ALTER TABLE "desk"."shadow_period" ADD CONSTRAINT "shadow_period_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."withheld_act" ADD CONSTRAINT "withheld_act_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

alter table desk.shadow_period add check (ended_at >= began_at);
alter table desk.withheld_act add check (count > 0);

-- One period at a time for the workspace, and one for each mailbox. The door reads the open ones before every act outside.
create unique index shadow_period_open on desk.shadow_period (workspace_id, coalesce(mailbox_id, '00000000-0000-0000-0000-000000000000'))
  where ended_at is null;

-- What was withheld is only added, so that nobody waits for a counter; it is deleted when it is old.
grant select, insert, update on desk.shadow_period to desk_app;
grant select, insert, delete on desk.withheld_act to desk_app;
do $$
declare name text;
begin
  foreach name in array array['shadow_period', 'withheld_act'] loop
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

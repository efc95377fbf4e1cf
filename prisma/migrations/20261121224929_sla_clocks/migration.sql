-- CreateTable
CREATE TABLE "desk"."sla_setting" (
    "workspace_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sla_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."sla_clock" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "marks" JSONB NOT NULL,
    "rules_version" INTEGER NOT NULL,
    "policy_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "first_due_at" TIMESTAMPTZ(3),
    "next_due_at" TIMESTAMPTZ(3),
    "resolution_due_at" TIMESTAMPTZ(3),
    "told" TEXT[],
    "check_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '9999-12-31 00:00:00 +00:00',

    CONSTRAINT "sla_clock_pkey" PRIMARY KEY ("workspace_id","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."sla_escalation" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "word" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sla_escalation_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "sla_escalation_workspace_id_ticket_id_at_idx" ON "desk"."sla_escalation"("workspace_id", "ticket_id", "at" DESC);

-- Closed sets are text with CHECK, as everywhere.
alter table desk.sla_clock add check (state in ('running', 'paused', 'ended'));
alter table desk.sla_escalation
  add check (reason in ('needs_expert', 'angry_customer', 'money_above_limit', 'legal', 'safety', 'other'));

-- What is to be told next. The conditions repeat what the queries say, word for word.
create index sla_clock_to_check on desk.sla_clock (workspace_id, check_at, ticket_id) where check_at < '9999-12-31 00:00:00+00';
-- What an edit has to judge anew.
create index sla_clock_open on desk.sla_clock (workspace_id, rules_version, ticket_id) where state <> 'ended';

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.sla_escalation alter word set storage external;

do $$
declare name text;
begin
  foreach name in array array['sla_setting', 'sla_clock', 'sla_escalation'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

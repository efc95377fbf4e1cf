-- CreateTable
CREATE TABLE "desk"."rule" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "trigger" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "swept_at" TIMESTAMPTZ(3),
    "swept_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."rule_cause" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "rule_id" UUID,
    "root_id" UUID NOT NULL,
    "depth" SMALLINT NOT NULL,
    "chain" UUID[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_cause_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."rule_run" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "cause_id" UUID NOT NULL,
    "root_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "words" TEXT[],

    CONSTRAINT "rule_run_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."rule_reply" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_reply_pkey" PRIMARY KEY ("workspace_id","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."rule_mark" (
    "workspace_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "entry" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_mark_pkey" PRIMARY KEY ("workspace_id","rule_id","ticket_id","entry")
);

-- CreateTable
CREATE TABLE "desk"."rule_trial" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "rules" JSONB NOT NULL,
    "events" INTEGER NOT NULL DEFAULT 0,
    "cut" BOOLEAN NOT NULL DEFAULT false,
    "read_at" TIMESTAMPTZ(3),
    "read_id" UUID,
    "counts" JSONB NOT NULL,
    "tickets" JSONB NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_trial_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "rule_cause_workspace_id_at_idx" ON "desk"."rule_cause"("workspace_id", "at");

-- CreateIndex
CREATE INDEX "rule_run_workspace_id_at_id_idx" ON "desk"."rule_run"("workspace_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "rule_run_workspace_id_rule_id_at_id_idx" ON "desk"."rule_run"("workspace_id", "rule_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "rule_run_workspace_id_ticket_id_at_idx" ON "desk"."rule_run"("workspace_id", "ticket_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "rule_run_workspace_id_rule_id_cause_id_key" ON "desk"."rule_run"("workspace_id", "rule_id", "cause_id");

-- CreateIndex
CREATE INDEX "rule_mark_workspace_id_at_idx" ON "desk"."rule_mark"("workspace_id", "at");

-- CreateIndex
CREATE INDEX "rule_trial_workspace_id_created_at_idx" ON "desk"."rule_trial"("workspace_id", "created_at" DESC);

-- Closed sets are text with CHECK, as everywhere.
alter table desk.rule
  add check (state in ('on', 'off', 'paused', 'removed')),
  add check (problem is null or state = 'paused'),
  add check (trigger in ('ticket_created', 'customer_wrote', 'answer_sent', 'status_moved', 'priority_changed', 'category_changed', 'tagged',
    'assigned', 'noted', 'escalated', 'sla_warned', 'sla_breached', 'in_status', 'waiting', 'before_due'));
alter table desk.rule_run add check (outcome in ('applied', 'unchanged', 'stopped', 'failed'));
alter table desk.rule_trial add check (state in ('running', 'done'));

-- The rules that are tried, in their order; those that were removed stay behind for what they did.
create index rule_in_order on desk.rule (workspace_id, position, id) where state <> 'removed';

do $$
declare name text;
begin
  foreach name in array array['rule', 'rule_cause', 'rule_run', 'rule_reply', 'rule_mark', 'rule_trial'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

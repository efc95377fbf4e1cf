-- CreateTable
CREATE TABLE "desk"."assignment_setting" (
    "workspace_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "capacity" SMALLINT NOT NULL,
    "same_agent" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "assignment_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."agent_profile" (
    "workspace_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "available" BOOLEAN NOT NULL DEFAULT false,
    "said_at" TIMESTAMPTZ(3),
    "capacity" SMALLINT,
    "categories" TEXT[],
    "languages" TEXT[],
    "tags" TEXT[],
    "last_given_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_profile_pkey" PRIMARY KEY ("workspace_id","staff_id")
);

-- CreateTable
CREATE TABLE "desk"."ticket_giving" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" UUID,
    "how" TEXT,
    "problem" TEXT,

    CONSTRAINT "ticket_giving_pkey" PRIMARY KEY ("workspace_id","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."ticket_claim" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "doubled_at" TIMESTAMPTZ(3),
    "doubled_by_id" UUID,

    CONSTRAINT "ticket_claim_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."claim_takeover" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "word" BYTEA NOT NULL,

    CONSTRAINT "claim_takeover_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."claim_setting" (
    "workspace_id" UUID NOT NULL,
    "minutes" SMALLINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "ticket_claim_workspace_id_ticket_id_since_idx" ON "desk"."ticket_claim"("workspace_id", "ticket_id", "since" DESC);

-- CreateIndex
CREATE INDEX "claim_takeover_workspace_id_ticket_id_at_idx" ON "desk"."claim_takeover"("workspace_id", "ticket_id", "at" DESC);

-- Closed sets are text with CHECK, as everywhere.
alter table desk.ticket_claim add check (until >= since);
alter table desk.claim_setting add check (minutes between 1 and 120);
alter table desk.assignment_setting
  add check (mode in ('off', 'round_robin', 'least_loaded', 'by_skill')),
  add check (capacity between 1 and 500);
alter table desk.agent_profile add check (capacity is null or capacity between 0 and 500);
alter table desk.ticket_giving
  add check (state in ('waiting', 'given')),
  add check (how is null or how in ('round_robin', 'least_loaded', 'by_skill', 'returning')),
  add check (problem is null or problem in ('nobody_available', 'no_skill', 'all_full'));

-- One open claim per ticket, whoever presses at the same moment.
create unique index ticket_claim_open on desk.ticket_claim (workspace_id, ticket_id) where ended_at is null;
create index ticket_claim_of_staff on desk.ticket_claim (workspace_id, staff_id) where ended_at is null;
create index ticket_claim_running on desk.ticket_claim (workspace_id, until) where ended_at is null;
-- What is to be given. The condition repeats what the queries say, word for word.
create index ticket_giving_waiting on desk.ticket_giving (workspace_id, at, ticket_id) where state = 'waiting';

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.claim_takeover alter word set storage external;

do $$
declare name text;
begin
  foreach name in array array['ticket_claim', 'claim_takeover', 'claim_setting', 'assignment_setting', 'agent_profile', 'ticket_giving'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- AlterTable
ALTER TABLE "desk"."combined_action" ADD COLUMN     "keeper_id" UUID;

-- CreateTable
CREATE TABLE "desk"."handover" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "word" BYTEA,

    CONSTRAINT "handover_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."handover_ticket" (
    "workspace_id" UUID NOT NULL,
    "handover_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,

    CONSTRAINT "handover_ticket_pkey" PRIMARY KEY ("workspace_id","handover_id","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."left_ticket" (
    "workspace_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "left_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_how" TEXT,

    CONSTRAINT "left_ticket_pkey" PRIMARY KEY ("workspace_id","session_id","ticket_id")
);

-- CreateIndex
CREATE INDEX "send_intent_workspace_id_staff_id_idx" ON "desk"."send_intent"("workspace_id", "staff_id");

-- Closed sets are text with CHECK, as everywhere.
alter table desk.handover
  add check (from_id <> to_id),
  add foreign key (workspace_id, from_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, to_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, by_id) references desk.staff (workspace_id, id);
alter table desk.handover_ticket
  add foreign key (workspace_id, handover_id) references desk.handover (workspace_id, id),
  add foreign key (workspace_id, ticket_id) references desk.ticket (workspace_id, id);
alter table desk.left_ticket
  add check (settled_how in ('handed', 'back', 'over')),
  add check ((settled_at is null) = (settled_how is null)),
  add foreign key (workspace_id, session_id) references desk.work_session (workspace_id, id),
  add foreign key (workspace_id, ticket_id) references desk.ticket (workspace_id, id),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id);

create unique index left_ticket_open on desk.left_ticket (workspace_id, staff_id, ticket_id) where settled_at is null;
create index left_ticket_waiting on desk.left_ticket (workspace_id, left_at, ticket_id) where settled_at is null;
create index spoken_promise_of_staff on desk.spoken_promise (workspace_id, staff_id, due_at) where state = 'proposed';

-- Whoever looks after an action has it on their homepage, not always who confirmed it.
drop index desk.combined_action_open_of_agent;
create index combined_action_open_of_keeper on desk.combined_action (workspace_id, (coalesce(keeper_id, by_id)), created_at desc, id desc)
  where state in ('waiting_approval', 'undoable', 'running', 'parked');

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.handover alter word set storage external;

do $$
declare name text;
begin
  foreach name in array array['handover', 'handover_ticket', 'left_ticket'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

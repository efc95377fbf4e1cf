-- CreateTable
CREATE TABLE "desk"."custom_field" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "categories" TEXT[],
    "required" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "custom_field_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."custom_field_choice" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "retired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "custom_field_choice_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."field_value" (
    "workspace_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "value" BYTEA,
    "choice_id" UUID,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "field_value_pkey" PRIMARY KEY ("workspace_id","owner_id","field_id")
);

-- CreateTable
CREATE TABLE "desk"."field_change" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "field_id" UUID NOT NULL,
    "by_kind" TEXT NOT NULL,
    "by_id" UUID,
    "content" BYTEA NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "field_change_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."task" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID,
    "customer_id" UUID,
    "words" BYTEA NOT NULL,
    "assignee_id" UUID,
    "due_on" DATE NOT NULL,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "task_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "custom_field_choice_workspace_id_field_id_position_idx" ON "desk"."custom_field_choice"("workspace_id", "field_id", "position");

-- CreateIndex
CREATE INDEX "field_change_workspace_id_owner_id_id_idx" ON "desk"."field_change"("workspace_id", "owner_id", "id" DESC);

-- Closed sets are text with CHECK, as everywhere.
alter table desk.custom_field
  add check (about in ('ticket', 'customer')),
  add check (kind in ('text', 'number', 'choice', 'date')),
  add check (about = 'ticket' or categories = '{}'),
  alter categories set not null;
alter table desk.field_value add check ((value is null) <> (choice_id is null));
alter table desk.task
  add check ((ticket_id is null) <> (customer_id is null)),
  add foreign key (workspace_id, ticket_id) references desk.ticket (workspace_id, id),
  add foreign key (workspace_id, customer_id) references desk.customer (workspace_id, id),
  add foreign key (workspace_id, assignee_id) references desk.staff (workspace_id, id);
alter table desk.custom_field_choice
  add foreign key (workspace_id, field_id) references desk.custom_field (workspace_id, id);
alter table desk.field_value
  add foreign key (workspace_id, field_id) references desk.custom_field (workspace_id, id),
  add foreign key (workspace_id, choice_id) references desk.custom_field_choice (workspace_id, id);
alter table desk.field_change
  add check (by_kind in ('staff', 'key', 'system')),
  add foreign key (workspace_id, field_id) references desk.custom_field (workspace_id, id);

-- What somebody has to do, the nearest day first; and all of one ticket or customer.
create index task_open_of_assignee on desk.task (workspace_id, assignee_id, due_on, id) where done_at is null;
create index task_of_ticket on desk.task (workspace_id, ticket_id, due_on, id) where ticket_id is not null;
create index task_of_customer on desk.task (workspace_id, customer_id, due_on, id) where customer_id is not null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.field_value alter value set storage external;
alter table desk.field_change alter content set storage external;
alter table desk.task alter words set storage external;

do $$
declare name text;
begin
  foreach name in array array['custom_field', 'custom_field_choice', 'field_value', 'field_change', 'task'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

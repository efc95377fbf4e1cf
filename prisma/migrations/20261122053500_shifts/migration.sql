-- AlterTable
ALTER TABLE "desk"."staff" ADD COLUMN     "started_on" DATE;

-- CreateTable
CREATE TABLE "desk"."shift_template" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slots" JSONB NOT NULL,
    "retired" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shift_template_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."shift_template_use" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "template_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE,

    CONSTRAINT "shift_template_use_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."shift" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "cancelled" TEXT,

    CONSTRAINT "shift_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."shift_exception" (
    "workspace_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shift_exception_pkey" PRIMARY KEY ("workspace_id","staff_id","day")
);

-- CreateTable
CREATE TABLE "desk"."leave" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leave_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."shift_swap" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shift_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_id" UUID NOT NULL,
    "back_shift_id" UUID,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "agreed_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,

    CONSTRAINT "shift_swap_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "shift_template_use_workspace_id_template_id_idx" ON "desk"."shift_template_use"("workspace_id", "template_id");

-- CreateIndex
CREATE INDEX "shift_template_use_workspace_id_staff_id_from_day_idx" ON "desk"."shift_template_use"("workspace_id", "staff_id", "from_day");

-- CreateIndex
CREATE INDEX "shift_workspace_id_staff_id_starts_at_idx" ON "desk"."shift"("workspace_id", "staff_id", "starts_at");

-- CreateIndex
CREATE INDEX "shift_workspace_id_starts_at_id_idx" ON "desk"."shift"("workspace_id", "starts_at", "id");

-- CreateIndex
CREATE INDEX "leave_workspace_id_staff_id_from_day_idx" ON "desk"."leave"("workspace_id", "staff_id", "from_day");

-- CreateIndex
CREATE INDEX "leave_workspace_id_to_day_id_idx" ON "desk"."leave"("workspace_id", "to_day", "id");

-- CreateIndex
CREATE INDEX "shift_swap_workspace_id_from_id_id_idx" ON "desk"."shift_swap"("workspace_id", "from_id", "id");

-- CreateIndex
CREATE INDEX "shift_swap_workspace_id_to_id_id_idx" ON "desk"."shift_swap"("workspace_id", "to_id", "id");

-- CreateIndex
CREATE INDEX "shift_swap_workspace_id_shift_id_idx" ON "desk"."shift_swap"("workspace_id", "shift_id");

-- CreateIndex
CREATE INDEX "shift_swap_workspace_id_back_shift_id_idx" ON "desk"."shift_swap"("workspace_id", "back_shift_id");

-- Closed sets are text with CHECK, as everywhere. Nobody is planned for more than a day at once.
alter table desk.shift_template_use
  add check (to_day >= from_day),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, template_id) references desk.shift_template (workspace_id, id);
alter table desk.shift
  add check (ends_at > starts_at and ends_at <= starts_at + interval '25 hours'),
  add check (source in ('template', 'exception', 'swap', 'import')),
  add check (cancelled in ('template', 'exception', 'import', 'swap', 'leave', 'left', 'start')),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id);
alter table desk.shift_exception
  add check (source in ('exception', 'swap', 'import')),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, by_id) references desk.staff (workspace_id, id);
alter table desk.leave
  add check (to_day >= from_day and to_day <= from_day + 366),
  add check (kind in ('holiday', 'ill', 'training', 'other')),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, by_id) references desk.staff (workspace_id, id);
alter table desk.shift_swap
  add check (state in ('asked', 'agreed', 'approved', 'declined', 'withdrawn')),
  add check ((ended_at is null) = (state in ('asked', 'agreed'))),
  add check (from_id <> to_id),
  add foreign key (workspace_id, shift_id) references desk.shift (workspace_id, id),
  add foreign key (workspace_id, back_shift_id) references desk.shift (workspace_id, id),
  add foreign key (workspace_id, from_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, to_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, ended_by_id) references desk.staff (workspace_id, id);

-- Two shifts of one person never lie over each other, whoever plans them; neither do two templates, or two leaves.
alter table desk.shift add constraint shift_apart
  exclude using gist (workspace_id with =, staff_id with =, tstzrange(starts_at, ends_at) with &&) where (cancelled is null);
alter table desk.shift_template_use add constraint shift_template_use_apart
  exclude using gist (workspace_id with =, staff_id with =, daterange(from_day, to_day, '[]') with &&);
alter table desk.leave add constraint leave_apart
  exclude using gist (workspace_id with =, staff_id with =, daterange(from_day, to_day, '[]') with &&);

-- A shift is offered once at a time, and few offers are open.
create unique index shift_swap_open on desk.shift_swap (workspace_id, shift_id) where state in ('asked', 'agreed');
create index shift_swap_waiting on desk.shift_swap (workspace_id, id) where state in ('asked', 'agreed');

do $$
declare name text;
begin
  foreach name in array array['shift_template', 'shift_template_use', 'shift', 'shift_exception', 'leave', 'shift_swap'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- AlterTable
ALTER TABLE "desk"."agent_profile" ADD COLUMN     "on_break" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "desk"."work_session" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_end_at" TIMESTAMPTZ(3),
    "stays" BOOLEAN NOT NULL DEFAULT false,
    "ended_at" TIMESTAMPTZ(3),
    "ended_how" TEXT,
    "ended_by_id" UUID,
    "ended_reason" TEXT,
    "corrected_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "work_session_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."work_break" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "allowed_minutes" SMALLINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "ended_reason" TEXT,

    CONSTRAINT "work_break_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."work_correction" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "work_correction_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."break_kind" (
    "workspace_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "minutes" SMALLINT NOT NULL,
    "place" SMALLINT NOT NULL,
    "retired" BOOLEAN NOT NULL,

    CONSTRAINT "break_kind_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."workforce_setting" (
    "workspace_id" UUID NOT NULL,
    "grace_minutes" SMALLINT NOT NULL,
    "longest_minutes" SMALLINT NOT NULL,
    "required" BOOLEAN NOT NULL,
    "kinds_version" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workforce_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "work_session_workspace_id_staff_id_started_at_idx" ON "desk"."work_session"("workspace_id", "staff_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "work_session_workspace_id_started_at_idx" ON "desk"."work_session"("workspace_id", "started_at");

-- CreateIndex
CREATE INDEX "work_break_workspace_id_session_id_started_at_idx" ON "desk"."work_break"("workspace_id", "session_id", "started_at");

-- CreateIndex
CREATE INDEX "work_correction_workspace_id_session_id_at_idx" ON "desk"."work_correction"("workspace_id", "session_id", "at");

-- Closed sets are text with CHECK, as everywhere.
alter table desk.work_session
  add check (ended_how in ('self', 'supervisor', 'forgotten', 'left')),
  add check ((ended_at is null) = (ended_how is null)),
  add check (ended_at >= started_at),
  add check (ended_reason in ('forgot', 'unreachable', 'ill', 'urgent', 'other')),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, ended_by_id) references desk.staff (workspace_id, id);
alter table desk.work_break
  add check (ended_at >= started_at),
  add check (allowed_minutes between 1 and 480),
  add check (ended_reason in ('forgot', 'unreachable', 'ill', 'urgent', 'other')),
  add foreign key (workspace_id, session_id) references desk.work_session (workspace_id, id),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id),
  add foreign key (workspace_id, ended_by_id) references desk.staff (workspace_id, id);
alter table desk.work_correction
  add foreign key (workspace_id, session_id) references desk.work_session (workspace_id, id),
  add foreign key (workspace_id, by_id) references desk.staff (workspace_id, id);
alter table desk.break_kind add check (minutes between 1 and 480);
alter table desk.workforce_setting
  add check (grace_minutes between 0 and 240),
  add check (longest_minutes between 60 and 1440);

-- One device or ten: a person is at work once, and on one break.
create unique index work_session_open on desk.work_session (workspace_id, staff_id) where ended_at is null;
create unique index work_break_open on desk.work_break (workspace_id, staff_id) where ended_at is null;

-- Two times of one person never lie over each other, whoever writes them.
create extension if not exists btree_gist;
alter table desk.work_session add constraint work_session_apart
  exclude using gist (workspace_id with =, staff_id with =, tstzrange(started_at, ended_at) with &&);
alter table desk.work_break add constraint work_break_apart
  exclude using gist (workspace_id with =, staff_id with =, tstzrange(started_at, ended_at) with &&);

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.work_correction alter content set storage external;

do $$
declare name text;
begin
  foreach name in array array['work_session', 'work_break', 'work_correction', 'break_kind', 'workforce_setting'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

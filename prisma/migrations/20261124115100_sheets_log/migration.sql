-- CreateTable
CREATE TABLE "desk"."sheets_log" (
    "workspace_id" UUID NOT NULL,
    "spreadsheet_id" TEXT NOT NULL,
    "sheet_name" TEXT NOT NULL,
    "client_email" TEXT NOT NULL,
    "key" BYTEA NOT NULL,
    "on" BOOLEAN NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "problem" TEXT,
    "problem_at" TIMESTAMPTZ(3),
    "written_at" TIMESTAMPTZ(3),

    CONSTRAINT "sheets_log_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."sheets_log_row" (
    "workspace_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "entry_id" UUID,
    "written_at" TIMESTAMPTZ(3),

    CONSTRAINT "sheets_log_row_pkey" PRIMARY KEY ("workspace_id","action_id")
);

-- CreateIndex
CREATE INDEX "sheets_log_row_workspace_id_entry_id_idx" ON "desk"."sheets_log_row"("workspace_id", "entry_id");

create index sheets_log_row_waiting on desk.sheets_log_row (workspace_id, ended_at, action_id) where entry_id is null;
grant select, insert, update, delete on desk.sheets_log to desk_app;
alter table desk.sheets_log enable row level security, force row level security;
create policy own_workspace on desk.sheets_log to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
grant select, insert, update, delete on desk.sheets_log_row to desk_app;
alter table desk.sheets_log_row enable row level security, force row level security;
create policy own_workspace on desk.sheets_log_row to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

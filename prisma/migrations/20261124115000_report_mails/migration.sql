-- CreateTable
CREATE TABLE "desk"."report_mail" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "report" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "filters" JSONB NOT NULL,
    "every" TEXT NOT NULL,
    "weekday" SMALLINT,
    "hour" SMALLINT NOT NULL,
    "recipient_ids" UUID[],
    "on" BOOLEAN NOT NULL,
    "handled_until" TIMESTAMPTZ(3) NOT NULL,
    "last_due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_mail_pkey" PRIMARY KEY ("workspace_id","id")
);


alter table desk.report_mail
  add check (period in ('yesterday', 'last-7-days', 'last-28-days', 'last-week', 'last-month')),
  add check (every in ('day', 'week')),
  add check ((every = 'week') = (weekday is not null)),
  add check (weekday between 1 and 7),
  add check (hour between 0 and 23),
  add check (cardinality(recipient_ids) between 1 and 50);
grant select, insert, update, delete on desk.report_mail to desk_app;
alter table desk.report_mail enable row level security, force row level security;
create policy own_workspace on desk.report_mail to desk_app
  using (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid)
  with check (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);

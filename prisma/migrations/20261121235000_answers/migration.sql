-- AlterTable
ALTER TABLE "desk"."saved_reply" ADD COLUMN     "acts" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "owner_id" UUID,
ADD COLUMN     "used_at" TIMESTAMPTZ(3),
ADD COLUMN     "used_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "variants" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "desk"."mail_template" (
    "workspace_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "layout" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_template_pkey" PRIMARY KEY ("workspace_id","language")
);

-- CreateTable
CREATE TABLE "desk"."mail_signature" (
    "workspace_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_signature_pkey" PRIMARY KEY ("workspace_id","staff_id")
);

-- CreateTable
CREATE TABLE "desk"."send_intent" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "send_intent_pkey" PRIMARY KEY ("workspace_id","ticket_id","staff_id")
);

-- CreateTable
CREATE TABLE "desk"."sending_default" (
    "workspace_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "hours" INTEGER,

    CONSTRAINT "sending_default_pkey" PRIMARY KEY ("workspace_id","category")
);

-- CreateTable
CREATE TABLE "desk"."idle_ticket" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "reminded_at" TIMESTAMPTZ(3),

    CONSTRAINT "idle_ticket_pkey" PRIMARY KEY ("workspace_id","ticket_id")
);

-- CreateTable
CREATE TABLE "desk"."closing_setting" (
    "workspace_id" UUID NOT NULL,
    "close_solved" INTEGER,
    "remind_pending" INTEGER,
    "close_reminded" INTEGER,
    "texts" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "closing_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."spoken_promise" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "staff_id" UUID,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "words" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spoken_promise_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."said_otherwise" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "staff_id" UUID,
    "count" SMALLINT NOT NULL,
    "words" BYTEA NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "said_otherwise_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "saved_reply_workspace_id_owner_id_title_id_idx" ON "desk"."saved_reply"("workspace_id", "owner_id", "title", "id");

-- CreateIndex
CREATE UNIQUE INDEX "spoken_promise_workspace_id_message_id_key" ON "desk"."spoken_promise"("workspace_id", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "said_otherwise_workspace_id_message_id_key" ON "desk"."said_otherwise"("workspace_id", "message_id");

-- Closed sets are text with CHECK, as everywhere.
alter table desk.send_intent
  add check (kind in ('solve', 'wait', 'keep')),
  add check (until is null or kind = 'keep');
alter table desk.sending_default
  add check (kind in ('solve', 'wait', 'keep')),
  add check (hours is null or (kind = 'keep' and hours between 1 and 720));
alter table desk.idle_ticket add check (status in ('pending', 'solved'));
alter table desk.closing_setting
  add check (close_solved between 1 and 365),
  add check (remind_pending between 1 and 365),
  add check (close_reminded between 1 and 365);
alter table desk.spoken_promise add check (state in ('proposed', 'confirmed', 'dropped'));

-- What is looked for: who was quiet for longest, and what a card has to say.
create index idle_ticket_quiet on desk.idle_ticket (workspace_id, status, since, ticket_id) where reminded_at is null;
create index idle_ticket_reminded on desk.idle_ticket (workspace_id, reminded_at, ticket_id) where reminded_at is not null;
create index spoken_promise_open on desk.spoken_promise (workspace_id, ticket_id, due_at) where state = 'proposed';
create index said_otherwise_unseen on desk.said_otherwise (workspace_id, ticket_id, found_at) where seen_at is null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.spoken_promise alter words set storage external;
alter table desk.said_otherwise alter words set storage external;

do $$
declare name text;
begin
  foreach name in array array['mail_template', 'mail_signature', 'send_intent', 'sending_default', 'idle_ticket', 'closing_setting',
    'spoken_promise', 'said_otherwise'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- AlterTable
ALTER TABLE "desk"."ticket" ADD COLUMN     "language" TEXT,
ADD COLUMN     "triage" JSONB;

-- AlterTable
ALTER TABLE "desk"."workspace" ADD COLUMN     "triage_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "desk"."ticket_category" (
    "workspace_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "labels" JSONB NOT NULL,
    "retired" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ticket_category_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."triage_setting" (
    "workspace_id" UUID NOT NULL,
    "words" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "triage_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."mention" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "mention_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mention_workspace_id_message_id_staff_id_key" ON "desk"."mention"("workspace_id", "message_id", "staff_id");

alter table desk.ticket add check (language ~ '^[a-z]{2}$');
alter table desk.ticket_category add check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) <= 60);

-- Whom a mention still waits for. The condition repeats what the queries say, word for word.
create index mention_unseen on desk.mention (workspace_id, staff_id, ticket_id) where seen_at is null;

do $$
declare name text;
begin
  foreach name in array array['ticket_category', 'triage_setting', 'mention'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

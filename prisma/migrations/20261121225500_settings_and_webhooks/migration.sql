-- AlterTable
ALTER TABLE "desk"."workspace" ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY['en']::TEXT[],
ADD COLUMN     "time_zone" TEXT NOT NULL DEFAULT 'UTC';

-- AlterTable
ALTER TABLE "desk"."api_key" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "used_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "desk"."setting_change" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "setting" TEXT NOT NULL,
    "by_kind" TEXT NOT NULL,
    "by_id" UUID,
    "content" BYTEA NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_change_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."webhook" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[],
    "state" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "secret_before" BYTEA,
    "secret_before_until" TIMESTAMPTZ(3),
    "failing_since" TIMESTAMPTZ(3),
    "quiet_until" TIMESTAMPTZ(3),
    "sending_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."webhook_delivery" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."webhook_attempt" (
    "workspace_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "problem" TEXT,
    "ms" INTEGER NOT NULL,
    "answer" BYTEA,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("workspace_id","delivery_id","attempt")
);

-- CreateIndex
CREATE INDEX "webhook_delivery_workspace_id_webhook_id_created_at_id_idx" ON "desk"."webhook_delivery"("workspace_id", "webhook_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_workspace_id_created_at_idx" ON "desk"."webhook_delivery"("workspace_id", "created_at");

-- AddForeignKey
ALTER TABLE "desk"."webhook_delivery" ADD CONSTRAINT "webhook_delivery_workspace_id_webhook_id_fkey" FOREIGN KEY ("workspace_id", "webhook_id") REFERENCES "desk"."webhook"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."webhook_attempt" ADD CONSTRAINT "webhook_attempt_workspace_id_delivery_id_fkey" FOREIGN KEY ("workspace_id", "delivery_id") REFERENCES "desk"."webhook_delivery"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table desk.webhook add check (state in ('on', 'off', 'failed'));
alter table desk.webhook_delivery add check (state in ('waiting', 'done', 'failed'));
alter table desk.webhook_attempt
  add check ((status is null) = (problem is not null)),
  add check (problem in ('private_address', 'no_address', 'timeout', 'no_connection', 'no_tls'));

-- What is to be sent, by address; the condition repeats what the queries say, word for word.
create index webhook_delivery_due on desk.webhook_delivery (workspace_id, webhook_id, next_at) where state = 'waiting';

alter table desk.setting_change alter content set storage external;
alter table desk.webhook_attempt alter answer set storage external;

do $$
declare name text;
begin
  foreach name in array array['setting_change', 'webhook', 'webhook_delivery', 'webhook_attempt'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;
revoke update, delete on desk.setting_change from desk_app;

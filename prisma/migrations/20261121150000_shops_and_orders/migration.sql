-- AlterTable
ALTER TABLE "desk"."message" ADD COLUMN     "proven_key" TEXT;

-- CreateTable
CREATE TABLE "directory"."shop" (
    "domain" TEXT NOT NULL,
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "desk"."shop_order" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "shopify_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "test" BOOLEAN NOT NULL DEFAULT false,
    "financial" TEXT NOT NULL,
    "fulfilment" TEXT NOT NULL,
    "payment_kind" TEXT NOT NULL,
    "summary" BYTEA NOT NULL,
    "document" BYTEA NOT NULL,

    CONSTRAINT "shop_order_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."order_key" (
    "workspace_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "order_id" UUID NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_key_pkey" PRIMARY KEY ("workspace_id","order_id","kind","key")
);

-- CreateTable
CREATE TABLE "desk"."order_wish" (
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "shopify_id" BIGINT NOT NULL,
    "changed_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_wish_pkey" PRIMARY KEY ("workspace_id","shop_id","shopify_id")
);

-- CreateTable
CREATE TABLE "desk"."shop_feed" (
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "swept_to" TIMESTAMPTZ(3),
    "swept_at" TIMESTAMPTZ(3),
    "sweep_page" TEXT,
    "cards_swept_to" TIMESTAMPTZ(3),
    "cards_page" TEXT,
    "cards_seen_to" TIMESTAMPTZ(3),
    "load_state" TEXT NOT NULL DEFAULT 'none',
    "load_id" TEXT,
    "loaded_count" INTEGER NOT NULL DEFAULT 0,
    "load_total" INTEGER,
    "load_problem" TEXT,
    "load_started_at" TIMESTAMPTZ(3),
    "load_ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "shop_feed_pkey" PRIMARY KEY ("workspace_id","shop_id")
);

-- CreateTable
CREATE TABLE "desk"."shop_customer" (
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "shopify_id" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "document" BYTEA NOT NULL,

    CONSTRAINT "shop_customer_pkey" PRIMARY KEY ("workspace_id","shop_id","shopify_id")
);

-- CreateTable
CREATE TABLE "desk"."shop_gift_card" (
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "shopify_id" BIGINT NOT NULL,
    "last_characters" TEXT NOT NULL,
    "customer_shopify_id" BIGINT,
    "order_shopify_id" BIGINT,
    "initial_minor" BIGINT NOT NULL,
    "balance_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_gift_card_pkey" PRIMARY KEY ("workspace_id","shop_id","shopify_id")
);

-- CreateTable
CREATE TABLE "desk"."compensation" (
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "order_id" UUID,
    "customer_shopify_id" BIGINT,
    "email_key" TEXT,
    "minor" BIGINT NOT NULL,
    "cost_minor" BIGINT,
    "currency" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "compensation_pkey" PRIMARY KEY ("workspace_id","shop_id","source","kind")
);

-- CreateTable
CREATE TABLE "desk"."ticket_order" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "via" TEXT NOT NULL,
    "by_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_order_pkey" PRIMARY KEY ("workspace_id","ticket_id","order_id")
);

-- CreateTable
CREATE TABLE "desk"."order_mention" (
    "workspace_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_mention_pkey" PRIMARY KEY ("workspace_id","ticket_id","key")
);

-- CreateTable
CREATE TABLE "desk"."shop" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "number_prefix" TEXT NOT NULL DEFAULT '',
    "number_suffix" TEXT NOT NULL DEFAULT '',
    "access" TEXT NOT NULL,
    "client_id" TEXT,
    "client_secret" BYTEA,
    "token" BYTEA,
    "token_ends_at" TIMESTAMPTZ(3),
    "refresh_token" BYTEA,
    "refresh_ends_at" TIMESTAMPTZ(3),
    "renewing_until" TIMESTAMPTZ(3),
    "scopes" TEXT[],
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "subscribed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."shop_webhook" (
    "workspace_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_webhook_pkey" PRIMARY KEY ("workspace_id","shop_id","event_id")
);

-- CreateTable
CREATE TABLE "desk"."privacy_request" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "customer" TEXT,
    "subject" BYTEA NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shop_order_workspace_id_shop_id_shopify_id_key" ON "desk"."shop_order"("workspace_id", "shop_id", "shopify_id");

-- CreateIndex
CREATE INDEX "order_key_workspace_id_kind_key_placed_at_order_id_idx" ON "desk"."order_key"("workspace_id", "kind", "key", "placed_at" DESC, "order_id" DESC);

-- CreateIndex
CREATE INDEX "order_wish_workspace_id_shop_id_due_at_idx" ON "desk"."order_wish"("workspace_id", "shop_id", "due_at");

-- CreateIndex
CREATE INDEX "shop_gift_card_workspace_id_last_characters_idx" ON "desk"."shop_gift_card"("workspace_id", "last_characters");

-- CreateIndex
CREATE INDEX "compensation_workspace_id_order_id_idx" ON "desk"."compensation"("workspace_id", "order_id");

-- CreateIndex
CREATE INDEX "compensation_workspace_id_email_key_at_idx" ON "desk"."compensation"("workspace_id", "email_key", "at");

-- CreateIndex
CREATE INDEX "compensation_workspace_id_shop_id_customer_shopify_id_at_idx" ON "desk"."compensation"("workspace_id", "shop_id", "customer_shopify_id", "at");

-- CreateIndex
CREATE INDEX "ticket_order_workspace_id_order_id_idx" ON "desk"."ticket_order"("workspace_id", "order_id");

-- CreateIndex
CREATE INDEX "order_mention_workspace_id_key_idx" ON "desk"."order_mention"("workspace_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "shop_workspace_id_domain_key" ON "desk"."shop"("workspace_id", "domain");

-- CreateIndex
CREATE INDEX "shop_webhook_workspace_id_received_at_idx" ON "desk"."shop_webhook"("workspace_id", "received_at");

-- CreateIndex
CREATE INDEX "privacy_request_workspace_id_due_at_idx" ON "desk"."privacy_request"("workspace_id", "due_at");

-- AddForeignKey
ALTER TABLE "desk"."shop_order" ADD CONSTRAINT "shop_order_workspace_id_shop_id_fkey" FOREIGN KEY ("workspace_id", "shop_id") REFERENCES "desk"."shop"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."order_key" ADD CONSTRAINT "order_key_workspace_id_order_id_fkey" FOREIGN KEY ("workspace_id", "order_id") REFERENCES "desk"."shop_order"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."shop_feed" ADD CONSTRAINT "shop_feed_workspace_id_shop_id_fkey" FOREIGN KEY ("workspace_id", "shop_id") REFERENCES "desk"."shop"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."ticket_order" ADD CONSTRAINT "ticket_order_workspace_id_order_id_fkey" FOREIGN KEY ("workspace_id", "order_id") REFERENCES "desk"."shop_order"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."ticket_order" ADD CONSTRAINT "ticket_order_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."order_mention" ADD CONSTRAINT "order_mention_workspace_id_ticket_id_fkey" FOREIGN KEY ("workspace_id", "ticket_id") REFERENCES "desk"."ticket"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Closed sets are text with CHECK, as everywhere.
alter table desk.shop
  add check (access in ('client_credentials', 'authorization_code')),
  add check (state in ('connected', 'needs_access', 'frozen', 'uninstalled', 'disconnected'));
alter table desk.shop_feed add check (load_state in ('none', 'asked', 'running', 'reading', 'done', 'failed'));
alter table desk.shop_order
  add check (payment_kind in ('cod_open', 'cod_collected', 'prepaid', 'gift_card', 'mixed', 'store_credit', 'none'));
alter table desk.order_key add check (kind in ('number', 'email', 'phone', 'name', 'tracking', 'customer'));
alter table desk.compensation add check (kind in ('refund', 'reship', 'gift_card', 'discount'));
alter table desk.ticket_order add check (via in ('named', 'linked'));
alter table desk.privacy_request add check (kind in ('data_request', 'customer_redact', 'shop_redact'));

-- Requests that the law sets a day for, until they are done.
create index privacy_request_open on desk.privacy_request (workspace_id, due_at) where done_at is null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.shop_order alter summary set storage external, alter document set storage external;
alter table desk.shop_customer alter document set storage external;

do $$
declare name text;
begin
  foreach name in array array['shop', 'shop_webhook', 'privacy_request', 'shop_order', 'order_key', 'order_wish', 'shop_feed', 'shop_customer',
    'shop_gift_card', 'compensation', 'ticket_order', 'order_mention'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- The directory: a shop belongs to one workspace; only ids come out.
create function app.shop_of_domain(wanted text, out workspace_id uuid, out shop_id uuid) language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select workspace_id, shop_id from directory.shop where domain = wanted $$;
create function app.workspaces_with_shops() returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as
  $$ select distinct workspace_id from directory.shop $$;
create function app.add_shop(wanted text, id uuid) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ insert into directory.shop (domain, workspace_id, shop_id) values (wanted, nullif(current_setting('app.workspace_id', true), '')::uuid, id) $$;
create function app.remove_shop(wanted text) returns void language sql security definer set search_path = pg_catalog, pg_temp as
  $$ delete from directory.shop where domain = wanted and workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid $$;

-- Takes one verified delivery in one round trip, as the app role and under its policies: remembers the event, wishes for the order that it is
-- about, and wakes a reader unless one is awake: a reader goes on until no wish is due, so it is awake while another one is. (A wish that
-- slips in at its very last look waits for the minute's tick.) Answers whether the event was new.
create function app.take_order_webhook(workspace uuid, shop uuid, event text, shopify_order bigint, changed timestamptz, job text, at timestamptz)
  returns boolean language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  fresh boolean;
begin
  perform set_config('app.workspace_id', workspace::text, true);
  insert into desk.shop_webhook (workspace_id, shop_id, event_id, received_at) values (workspace, shop, event, at) on conflict do nothing;
  if not found then return false; end if;
  insert into desk.order_wish as wish (workspace_id, shop_id, shopify_id, changed_at, due_at, created_at)
    values (workspace, shop, shopify_order, changed, at, at)
    on conflict (workspace_id, shop_id, shopify_id) do update set changed_at = greatest(wish.changed_at, excluded.changed_at), due_at = least(wish.due_at, excluded.due_at)
    returning xmax = 0 into fresh;
  if fresh and not exists (select from desk.order_wish other where other.workspace_id = workspace and other.shop_id = shop
      and other.due_at <= at and other.shopify_id <> shopify_order) then
    perform app.enqueue(jsonb_build_array(jsonb_build_object('job', job, 'payload', jsonb_build_object('shopId', shop), 'maxAttempts', 25)));
  end if;
  return true;
end $$;

revoke all on all functions in schema app from public;
grant execute on all functions in schema app to desk_app;

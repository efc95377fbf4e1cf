-- AlterTable
ALTER TABLE "desk"."journal_entry" ADD COLUMN     "progress" TEXT,
ADD COLUMN     "sent_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "desk"."action_draft" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "revises_id" UUID,

    CONSTRAINT "action_draft_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."combined_action" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "draft_id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "customer_shopify_id" BIGINT,
    "email_key" TEXT,
    "by_id" UUID NOT NULL,
    "by_role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "moves_money" BOOLEAN NOT NULL,
    "causes" TEXT[],
    "content" BYTEA NOT NULL,
    "problem" TEXT,
    "problem_words" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "shop_day" DATE NOT NULL,
    "leaves_at" TIMESTAMPTZ(3),
    "parked_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "combined_action_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."action_step" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "entry_id" UUID,
    "reason_code" TEXT NOT NULL,
    "minor" BIGINT,
    "currency" TEXT,
    "customer_minor" BIGINT,
    "customer_currency" TEXT,
    "tax_minor" BIGINT,
    "route" TEXT,
    "notify" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT,
    "result" BYTEA,
    "problem_words" BYTEA,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "action_step_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."action_approval" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "approver_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "word" BYTEA,

    CONSTRAINT "action_approval_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."payout" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payee" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "paid_by_id" UUID,
    "reference" BYTEA,

    CONSTRAINT "payout_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."reason_code" (
    "workspace_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "cancel_reason" TEXT NOT NULL,
    "discrepancy" TEXT NOT NULL,
    "needs_text" BOOLEAN NOT NULL DEFAULT false,
    "position" SMALLINT NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "reason_code_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."action_setting" (
    "workspace_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "action_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."finance_entry" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "change" TEXT NOT NULL,
    "change_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "line" BYTEA NOT NULL,
    "period_id" UUID,

    CONSTRAINT "finance_entry_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."finance_period" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID NOT NULL,
    "rows" INTEGER NOT NULL,

    CONSTRAINT "finance_period_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."reconciliation" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "stage" TEXT NOT NULL DEFAULT 'orders',
    "page" TEXT,
    "compared" INTEGER NOT NULL DEFAULT 0,
    "differences" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."reconciliation_difference" (
    "workspace_id" UUID NOT NULL,
    "reconciliation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "difference" TEXT NOT NULL,
    "order_id" UUID,
    "words" BYTEA NOT NULL,

    CONSTRAINT "reconciliation_difference_pkey" PRIMARY KEY ("workspace_id","reconciliation_id","position")
);

-- CreateTable
CREATE TABLE "desk"."reconciliation_step" (
    "workspace_id" UUID NOT NULL,
    "reconciliation_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "seen" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "reconciliation_step_pkey" PRIMARY KEY ("workspace_id","reconciliation_id","step_id")
);

-- CreateTable
CREATE TABLE "desk"."refund_watch" (
    "workspace_id" UUID NOT NULL,
    "step_id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "refund_id" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "refund_watch_pkey" PRIMARY KEY ("workspace_id","step_id")
);

-- CreateTable
CREATE TABLE "desk"."gift_card_issue" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "code" BYTEA,
    "last" TEXT NOT NULL,
    "shopify_id" BIGINT,
    "minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "expires_on" DATE,
    "customer_shopify_id" BIGINT,
    "ticket_id" UUID,
    "order_id" UUID,
    "action_id" UUID,
    "reason_code" TEXT NOT NULL,
    "by_id" UUID,
    "by_name" BYTEA,
    "notify" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3),
    "deactivated_at" TIMESTAMPTZ(3),
    "replaced_by_id" UUID,
    "work_id" UUID,
    "order_name" TEXT,
    "import_key" TEXT,

    CONSTRAINT "gift_card_issue_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."page_session" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "page_session_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "compensation_workspace_id_shop_id_at_idx" ON "desk"."compensation"("workspace_id", "shop_id", "at");

-- CreateIndex
CREATE INDEX "action_draft_workspace_id_updated_at_idx" ON "desk"."action_draft"("workspace_id", "updated_at");

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_created_at_id_idx" ON "desk"."combined_action"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_by_id_created_at_id_idx" ON "desk"."combined_action"("workspace_id", "by_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_ticket_id_created_at_idx" ON "desk"."combined_action"("workspace_id", "ticket_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_order_id_created_at_idx" ON "desk"."combined_action"("workspace_id", "order_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_shop_id_shop_day_idx" ON "desk"."combined_action"("workspace_id", "shop_id", "shop_day");

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_email_key_created_at_idx" ON "desk"."combined_action"("workspace_id", "email_key", "created_at");

-- CreateIndex
CREATE INDEX "combined_action_workspace_id_shop_id_customer_shopify_id_cr_idx" ON "desk"."combined_action"("workspace_id", "shop_id", "customer_shopify_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "combined_action_workspace_id_draft_id_key" ON "desk"."combined_action"("workspace_id", "draft_id");

-- CreateIndex
CREATE INDEX "action_step_workspace_id_source_idx" ON "desk"."action_step"("workspace_id", "source");

-- CreateIndex
CREATE INDEX "action_step_workspace_id_entry_id_idx" ON "desk"."action_step"("workspace_id", "entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "action_step_workspace_id_action_id_kind_key" ON "desk"."action_step"("workspace_id", "action_id", "kind");

-- CreateIndex
CREATE INDEX "action_approval_workspace_id_approver_id_asked_at_idx" ON "desk"."action_approval"("workspace_id", "approver_id", "asked_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "action_approval_workspace_id_action_id_approver_id_key" ON "desk"."action_approval"("workspace_id", "action_id", "approver_id");

-- CreateIndex
CREATE INDEX "payout_workspace_id_state_created_at_id_idx" ON "desk"."payout"("workspace_id", "state", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payout_workspace_id_step_id_key" ON "desk"."payout"("workspace_id", "step_id");

-- CreateIndex
CREATE INDEX "finance_entry_workspace_id_shop_id_period_id_id_idx" ON "desk"."finance_entry"("workspace_id", "shop_id", "period_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "finance_entry_workspace_id_step_id_change_key_key" ON "desk"."finance_entry"("workspace_id", "step_id", "change_key");

-- CreateIndex
CREATE UNIQUE INDEX "finance_period_workspace_id_shop_id_to_day_key" ON "desk"."finance_period"("workspace_id", "shop_id", "to_day");

-- CreateIndex
CREATE INDEX "reconciliation_workspace_id_shop_id_to_at_id_idx" ON "desk"."reconciliation"("workspace_id", "shop_id", "to_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "refund_watch_workspace_id_due_at_idx" ON "desk"."refund_watch"("workspace_id", "due_at");

-- CreateIndex
CREATE INDEX "gift_card_issue_workspace_id_created_at_id_idx" ON "desk"."gift_card_issue"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "gift_card_issue_workspace_id_last_created_at_id_idx" ON "desk"."gift_card_issue"("workspace_id", "last", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "gift_card_issue_workspace_id_import_key_key" ON "desk"."gift_card_issue"("workspace_id", "import_key");

-- CreateIndex
CREATE UNIQUE INDEX "gift_card_issue_workspace_id_shop_id_shopify_id_key" ON "desk"."gift_card_issue"("workspace_id", "shop_id", "shopify_id");

-- CreateIndex
CREATE INDEX "page_session_workspace_id_staff_id_idx" ON "desk"."page_session"("workspace_id", "staff_id");

-- CreateIndex
CREATE INDEX "page_session_workspace_id_ends_at_idx" ON "desk"."page_session"("workspace_id", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "page_session_workspace_id_token_hash_key" ON "desk"."page_session"("workspace_id", "token_hash");

-- AddForeignKey
ALTER TABLE "desk"."action_step" ADD CONSTRAINT "action_step_workspace_id_action_id_fkey" FOREIGN KEY ("workspace_id", "action_id") REFERENCES "desk"."combined_action"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."reconciliation_difference" ADD CONSTRAINT "reconciliation_difference_workspace_id_reconciliation_id_fkey" FOREIGN KEY ("workspace_id", "reconciliation_id") REFERENCES "desk"."reconciliation"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "desk"."reconciliation_step" ADD CONSTRAINT "reconciliation_step_workspace_id_reconciliation_id_fkey" FOREIGN KEY ("workspace_id", "reconciliation_id") REFERENCES "desk"."reconciliation"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Closed sets are text with CHECK, as everywhere.
alter table desk.journal_entry drop constraint journal_entry_state_check;
alter table desk.journal_entry add constraint journal_entry_state_check
  check (state in ('planned', 'running', 'waiting', 'done', 'refused', 'unknown', 'needs_person'));
alter table desk.combined_action
  add check (state in ('waiting_approval', 'undoable', 'running', 'parked', 'done', 'undone', 'declined', 'stopped'));
alter table desk.action_step
  add check (kind in ('hold', 'reship', 'refund', 'cancel', 'gift_card', 'tag', 'release')),
  add check (state in ('planned', 'running', 'waiting', 'done', 'refused', 'unknown', 'needs_person', 'dropped')),
  add check (route is null or route in ('original', 'store_credit', 'payout'));
alter table desk.action_approval add check (decision is null or decision in ('approved', 'lowered', 'declined'));
alter table desk.payout add check (state in ('to_pay', 'paid'));
alter table desk.gift_card_issue add check (state in ('planned', 'issued', 'refused', 'deactivated'));
alter table desk.finance_entry add check (change in ('done', 'transaction', 'payout', 'gift_card'));
alter table desk.reconciliation add check (stage in ('orders', 'cards', 'rest', 'done'));
alter table desk.reconciliation_difference
  add check (kind in ('refund', 'gift_card', 'cancellation', 'reship', 'payout')),
  add check (difference in ('ours_only', 'theirs_only', 'amount', 'status'));

-- One open action per order, whoever confirms at the same moment.
create unique index combined_action_open_on_order on desk.combined_action (workspace_id, order_id)
  where state in ('waiting_approval', 'undoable', 'running', 'parked');
-- What is not over, of one person and of all. The conditions repeat what the queries say, word for word.
create index combined_action_open_of_agent on desk.combined_action (workspace_id, by_id, created_at desc, id desc)
  where state in ('waiting_approval', 'undoable', 'running', 'parked');
create index combined_action_open on desk.combined_action (workspace_id, created_at desc, id desc)
  where state in ('waiting_approval', 'undoable', 'running', 'parked');
-- Steps that were done, by when: what is not in the books yet, and what a night compares.
create index action_step_done on desk.action_step (workspace_id, done_at) where state = 'done';
-- One comparison of a shop at a time.
create unique index reconciliation_open on desk.reconciliation (workspace_id, shop_id) where ended_at is null;
create index finance_entry_open on desk.finance_entry (workspace_id, shop_id, id) where period_id is null;

drop index desk.journal_entry_undecided;
create index journal_entry_undecided on desk.journal_entry (workspace_id, updated_at) where state in ('planned', 'running', 'waiting', 'unknown');

-- The app's sessions plan each statement for its values; those of the queue find their rows by key, and their plans may be kept.
alter function app.enqueue(jsonb) set plan_cache_mode = 'auto';

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.action_draft alter content set storage external;
alter table desk.combined_action alter content set storage external;
alter table desk.finance_entry alter line set storage external;

do $$
declare name text;
begin
  foreach name in array array['action_draft', 'combined_action', 'action_step', 'action_approval', 'payout', 'reason_code', 'action_setting',
    'gift_card_issue', 'finance_entry', 'finance_period', 'reconciliation', 'reconciliation_difference', 'reconciliation_step',
    'refund_watch', 'page_session'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- AlterTable
ALTER TABLE "desk"."intake_certificate" ADD COLUMN     "asked_by_id" UUID,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'nightly',
ADD COLUMN     "missing" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "outcomes" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "desk"."message" ADD COLUMN     "dkim" TEXT,
ADD COLUMN     "dmarc" TEXT,
ADD COLUMN     "signs" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "spf" TEXT,
ADD COLUMN     "trust" TEXT;

-- CreateTable
CREATE TABLE "desk"."known_sender" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "shape" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_sender_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "desk"."suspected_mail" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "gmail_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "effect_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,

    CONSTRAINT "suspected_mail_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."intake_count" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "problem" TEXT,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,
    "page_token" TEXT,
    "counts" JSONB NOT NULL,
    "piece" JSONB NOT NULL,
    "asked_by_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intake_count_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."intake_difference" (
    "workspace_id" UUID NOT NULL,
    "certificate_id" UUID NOT NULL,
    "gmail_id" TEXT NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "content" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" UUID,

    CONSTRAINT "intake_difference_pkey" PRIMARY KEY ("workspace_id","certificate_id","gmail_id")
);

-- CreateTable
CREATE TABLE "desk"."quarantined_mail" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "gmail_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "error" BYTEA NOT NULL,
    "content" BYTEA NOT NULL,
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "release" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "ticket_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tried_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quarantined_mail_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "suspected_mail_workspace_id_mailbox_id_gmail_id_key" ON "desk"."suspected_mail"("workspace_id", "mailbox_id", "gmail_id");

-- CreateIndex
CREATE UNIQUE INDEX "intake_count_workspace_id_mailbox_id_key" ON "desk"."intake_count"("workspace_id", "mailbox_id");

-- CreateIndex
CREATE UNIQUE INDEX "quarantined_mail_workspace_id_mailbox_id_gmail_id_key" ON "desk"."quarantined_mail"("workspace_id", "mailbox_id", "gmail_id");

-- AddForeignKey
ALTER TABLE "desk"."suspected_mail" ADD CONSTRAINT "suspected_mail_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."intake_count" ADD CONSTRAINT "intake_count_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."intake_difference" ADD CONSTRAINT "intake_difference_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "desk"."quarantined_mail" ADD CONSTRAINT "quarantined_mail_workspace_id_mailbox_id_fkey" FOREIGN KEY ("workspace_id", "mailbox_id") REFERENCES "desk"."mailbox"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Closed sets are text with CHECK, as everywhere.
alter table desk.message
  add check (trust in ('own', 'proven', 'unproven', 'forged')),
  add check (dmarc in ('pass', 'other_domain', 'fail', 'none', 'error', 'absent')),
  add check (dkim in ('pass', 'other_domain', 'fail', 'none', 'error', 'absent')),
  add check (spf in ('pass', 'other_domain', 'fail', 'none', 'error', 'absent')),
  add check (signs <@ array['forged_team', 'team_name', 'like_own_domain', 'like_known_sender', 'disguised_domain', 'reply_to_elsewhere']);
alter table desk.suspected_mail
  add check (state in ('suspected', 'ticket', 'spam')),
  add check ((state = 'suspected') = (decided_at is null));
alter table desk.intake_certificate
  add check (kind in ('nightly', 'asked')),
  add check (missing >= 0 and listed >= late + unended + missing);
alter table desk.intake_count
  add check (kind in ('nightly', 'asked')),
  add check (state in ('running', 'stopped')),
  add check ((state = 'stopped') = (problem is not null)),
  add check (from_at <= reached_at and reached_at <= to_at);
alter table desk.intake_difference
  add check (kind in ('missing', 'waiting')),
  add check (state in ('open', 'asked'));
alter table desk.quarantined_mail
  add check (reason in ('parser_killed', 'parser_threw', 'preparing_failed', 'filing_failed')),
  add check (state in ('held', 'trying', 'filed', 'by_hand')),
  add check (attempts >= 0);

-- Compared by byte, so that all addresses of one local part stand beside each other.
alter table desk.known_sender alter column shape type text collate "C";
create index known_sender_shape on desk.known_sender (workspace_id, shape, key);
create index suspected_mail_newest on desk.suspected_mail (workspace_id, at desc, id desc) where state = 'suspected';
create index suspected_mail_aged on desk.suspected_mail (workspace_id, at);
create index quarantined_mail_newest on desk.quarantined_mail (workspace_id, at desc, id desc) where state in ('held', 'trying');
create index quarantined_mail_due on desk.quarantined_mail (workspace_id, next_at) where state = 'held';
create index quarantined_mail_of_ticket on desk.quarantined_mail (workspace_id, ticket_id);

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.suspected_mail alter content set storage external;
alter table desk.intake_difference alter content set storage external;
alter table desk.quarantined_mail alter content set storage external, alter error set storage external;

do $$
declare name text;
begin
  foreach name in array array['known_sender', 'suspected_mail', 'intake_count', 'intake_difference', 'quarantined_mail'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- Whoever was proved before is known. The same folding as in backend/features/intake/trust/shapes.ts, of plain addresses alone.
alter table desk.message no force row level security;
alter table desk.known_sender no force row level security;
insert into desk.known_sender (workspace_id, key, shape, last_at)
select workspace_id, proven_key,
  split_part(proven_key, '@', 1) || '@' || translate(replace(replace(replace(split_part(proven_key, '@', 2), 'rn', 'm'), 'vv', 'w'), '-', ''), '01i5', 'olls'),
  max(sent_at)
from desk.message where proven_key ~ '^[a-z0-9._+-]+@[a-z0-9.-]+$' and proven_key !~ '@(.*\.)?xn--'
group by workspace_id, proven_key
on conflict do nothing;
alter table desk.message force row level security;
alter table desk.known_sender force row level security;

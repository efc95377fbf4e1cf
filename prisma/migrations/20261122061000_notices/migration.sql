-- CreateTable
CREATE TABLE "desk"."notice_choice" (
    "workspace_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "way" TEXT NOT NULL,

    CONSTRAINT "notice_choice_pkey" PRIMARY KEY ("workspace_id","staff_id","kind")
);

-- CreateTable
CREATE TABLE "desk"."notice_times" (
    "workspace_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "digest_hour" SMALLINT NOT NULL,
    "quiet" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_times_pkey" PRIMARY KEY ("workspace_id","staff_id")
);

-- CreateTable
CREATE TABLE "desk"."notice" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "waits" TEXT,
    "content" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."push_subscription" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "endpoint_hash" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "push_subscription_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."push_key" (
    "workspace_id" UUID NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "push_key_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE INDEX "notice_workspace_id_created_at_idx" ON "desk"."notice"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "push_subscription_workspace_id_staff_id_idx" ON "desk"."push_subscription"("workspace_id", "staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "push_subscription_workspace_id_endpoint_hash_key" ON "desk"."push_subscription"("workspace_id", "endpoint_hash");

alter table desk.notice_choice
  add check (way in ('mail', 'push', 'both', 'digest', 'off')),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id);
alter table desk.notice_times
  add check (digest_hour between 0 and 23),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id);
alter table desk.notice
  add check (waits in ('quiet', 'digest')),
  add check ((waits is null) = (content is null)),
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id);
alter table desk.push_subscription
  add foreign key (workspace_id, staff_id) references desk.staff (workspace_id, id);

-- What waits for a digest: a few rows of a table that grows with everything that was ever told.
create index notice_waits on desk.notice (workspace_id, staff_id, created_at) where waits is not null;

-- Sealed columns are compressed before they are encrypted; compressing them again only costs time.
alter table desk.notice alter content set storage external;
alter table desk.push_subscription alter content set storage external;
alter table desk.push_key alter private_key set storage external;

do $$
declare name text;
begin
  foreach name in array array['notice_choice', 'notice_times', 'notice', 'push_subscription', 'push_key'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

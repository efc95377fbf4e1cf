-- CreateTable
CREATE TABLE "desk"."staffing_setting" (
    "workspace_id" UUID NOT NULL,
    "share_percent" SMALLINT NOT NULL,
    "within_minutes" SMALLINT NOT NULL,
    "shrinkage_percent" SMALLINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staffing_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "desk"."surprise" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "found_on" DATE NOT NULL,
    "last_on" DATE NOT NULL,
    "now" INTEGER NOT NULL,
    "usual" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "surprise_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateIndex
CREATE INDEX "surprise_workspace_id_found_on_id_idx" ON "desk"."surprise"("workspace_id", "found_on" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "surprise_workspace_id_metric_dimension_key_found_on_key" ON "desk"."surprise"("workspace_id", "metric", "dimension", "key", "found_on");

alter table desk.staffing_setting
  add check (share_percent between 50 and 99),
  add check (within_minutes between 1 and 1440),
  add check (shrinkage_percent between 0 and 80);
alter table desk.surprise
  add check (dimension in ('none', 'category', 'reason', 'product')),
  add check (last_on >= found_on),
  add check (now > 0 and usual >= 0);

-- Customers whose mail does not arrive are few among all addresses.
create index customer_address_undeliverable on desk.customer_address (workspace_id, undeliverable_at) where undeliverable_at is not null;

do $$
declare name text;
begin
  foreach name in array array['staffing_setting', 'surprise'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

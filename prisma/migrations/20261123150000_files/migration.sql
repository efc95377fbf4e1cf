-- AlterTable
ALTER TABLE "desk"."attachment" ADD COLUMN     "file_id" UUID,
ALTER COLUMN "object_key" DROP NOT NULL;

-- CreateTable
CREATE TABLE "desk"."stored_file" (
    "workspace_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "scan" TEXT NOT NULL,
    "finding" TEXT,
    "scanned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("workspace_id","id")
);

-- CreateTable
CREATE TABLE "desk"."file_setting" (
    "workspace_id" UUID NOT NULL,
    "file_bytes" INTEGER NOT NULL,
    "mail_bytes" INTEGER NOT NULL,
    "files_per_mail" SMALLINT NOT NULL,
    "open_unscanned" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "file_setting_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "stored_file_workspace_id_hash_key" ON "desk"."stored_file"("workspace_id", "hash");

-- CreateIndex
CREATE INDEX "attachment_workspace_id_file_id_idx" ON "desk"."attachment"("workspace_id", "file_id");

-- AddForeignKey
ALTER TABLE "desk"."attachment" ADD CONSTRAINT "attachment_workspace_id_file_id_fkey" FOREIGN KEY ("workspace_id", "file_id") REFERENCES "desk"."stored_file"("workspace_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

alter table desk.attachment add check (num_nonnulls(file_id, object_key) = 1);
alter table desk.stored_file
  add check (scan in ('waiting', 'clean', 'infected', 'too_large', 'unscanned')),
  add check ((scan = 'infected') = (finding is not null)),
  add check (size >= 0);
alter table desk.file_setting
  add check (file_bytes between 0 and 52428800),
  add check (mail_bytes between 0 and 52428800),
  add check (files_per_mail between 0 and 1000);

create index stored_file_to_scan on desk.stored_file (workspace_id, scan desc, created_at, id) where scan in ('waiting', 'unscanned');
-- What a sweep asks: does any row name this object?
create index raw_mail_object on desk.raw_mail (workspace_id, object_key) where object_key is not null;
create index attachment_object on desk.attachment (workspace_id, object_key) where object_key is not null;

do $$
declare name text;
begin
  foreach name in array array['stored_file', 'file_setting'] loop
    execute format('grant select, insert, update, delete on desk.%I to desk_app', name);
    execute format('alter table desk.%I enable row level security, force row level security', name);
    execute format(
      'create policy own_workspace on desk.%I to desk_app
         using (workspace_id = nullif(current_setting(%L, true), %L)::uuid)
         with check (workspace_id = nullif(current_setting(%L, true), %L)::uuid)', name, 'app.workspace_id', '', 'app.workspace_id', '');
  end loop;
end $$;

-- AlterTable
ALTER TABLE "desk"."ticket" ADD COLUMN     "channel" TEXT NOT NULL DEFAULT 'mail',
ADD COLUMN     "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '9999-12-31 00:00:00 +00:00',
ADD COLUMN     "merged_into_id" UUID,
ADD COLUMN     "snoozed_until" TIMESTAMPTZ(3);

alter table desk.ticket drop constraint ticket_void_reason_check;
alter table desk.ticket
  add constraint ticket_void_reason_check check (void_reason in ('spam', 'not_a_ticket', 'duplicate', 'merged')),
  add check (channel in ('mail', 'call', 'walk_in')),
  add check ((void_reason is not distinct from 'merged') = (merged_into_id is not null)),
  add constraint ticket_workspace_id_merged_into_id_fkey foreign key (workspace_id, merged_into_id)
    references desk.ticket (workspace_id, id) on update cascade;

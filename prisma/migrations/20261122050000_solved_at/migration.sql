-- AlterTable
ALTER TABLE "desk"."ticket" ADD COLUMN     "solved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00';

-- What was solved before this was kept: since when it is quiet, else with its newest message.
update desk.ticket t set solved_at = coalesce(
  (select k.since from desk.idle_ticket k where k.workspace_id = t.workspace_id and k.ticket_id = t.id and k.status = 'solved'), t.last_message_at)
  where t.status = 'solved';

create index ticket_solved_lately on desk.ticket (workspace_id, solved_at desc, id desc) where status = 'solved' and void_reason is null;

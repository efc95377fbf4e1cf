-- AlterTable
ALTER TABLE "desk"."ticket" ADD COLUMN     "solved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00 +00:00';

-- An owner who is no superuser sees no row while security is forced: also not what earlier migrations had to write for older tickets.
alter table desk.workspace no force row level security;
alter table desk.ticket no force row level security;
alter table desk.idle_ticket no force row level security;
alter table desk.ticket_tag no force row level security;
alter table desk.message no force row level security;
alter table desk.search_document no force row level security;
alter table desk.search_filling no force row level security;

-- What was solved before this was kept: since when it is quiet, else with its newest message.
update desk.ticket t set solved_at = coalesce(
  (select k.since from desk.idle_ticket k where k.workspace_id = t.workspace_id and k.ticket_id = t.id and k.status = 'solved'), t.last_message_at)
  where t.status = 'solved';
insert into desk.ticket_tag (workspace_id, tag, due_at, queue_at, ticket_id)
  select distinct t.workspace_id, tag, t.due_at, t.queue_at, t.id from desk.ticket t cross join unnest(t.tags) tag
  where t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null and t.snoozed_until is null
  on conflict do nothing;
insert into desk.search_filling (workspace_id, after_id)
  select w.workspace_id, '00000000-0000-0000-0000-000000000000'::uuid from desk.workspace w
  where exists (select from desk.message m where m.workspace_id = w.workspace_id)
    and not exists (select from desk.search_document s where s.workspace_id = w.workspace_id)
  on conflict do nothing;

alter table desk.workspace force row level security;
alter table desk.ticket force row level security;
alter table desk.idle_ticket force row level security;
alter table desk.ticket_tag force row level security;
alter table desk.message force row level security;
alter table desk.search_document force row level security;
alter table desk.search_filling force row level security;

create index ticket_solved_lately on desk.ticket (workspace_id, solved_at desc, id desc) where status = 'solved' and void_reason is null;

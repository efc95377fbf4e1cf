-- Whoever is sent away while they are not logged in leaves work, too, and has no time at work that ends. The default serves the version
-- before this one, which names no id.
alter table desk.left_ticket add column id uuid not null default gen_random_uuid();
alter table desk.left_ticket drop constraint left_ticket_pkey, add primary key (workspace_id, id), alter column session_id drop not null;

-- What is left is read page by page; two people may leave one ticket at the same moment.
drop index desk.left_ticket_waiting;
create index left_ticket_waiting on desk.left_ticket (workspace_id, left_at, ticket_id, staff_id) where settled_at is null;

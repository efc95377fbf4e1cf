-- What a step became in Shopify joins compensation to the action that gave it; a card ends at midnight of its shop; a second person decides.
grant select (source) on desk.action_step to desk_lake;
grant select (parked_at) on desk.combined_action to desk_lake;
grant select (workspace_id, id, time_zone) on desk.shop to desk_lake;
grant select (workspace_id, id, action_id, approver_id, asked_at, decided_at, decision) on desk.action_approval to desk_lake;
create policy every_workspace on desk.shop for select to desk_lake using (true);
create policy every_workspace on desk.action_approval for select to desk_lake using (true);

create trigger note_inserted after insert on desk.action_approval referencing new table as changed
  for each statement execute function app.note_for_lake('action', 'action_id');
create trigger note_updated after update on desk.action_approval referencing new table as changed old table as earlier
  for each statement execute function app.note_for_lake('action', 'action_id');
create trigger note_deleted after delete on desk.action_approval referencing old table as changed
  for each statement execute function app.note_for_lake('action', 'action_id');

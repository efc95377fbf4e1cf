-- Time on a ticket also ends by itself, long after anything was recorded about the ticket: the lake is told by a note.
create trigger note_inserted after insert on desk.handle_time referencing new table as changed
  for each statement execute function app.note_for_lake('ticket', 'ticket_id');
create trigger note_updated after update on desk.handle_time referencing new table as changed old table as earlier
  for each statement execute function app.note_for_lake('ticket', 'ticket_id');
create trigger note_deleted after delete on desk.handle_time referencing old table as changed
  for each statement execute function app.note_for_lake('ticket', 'ticket_id');

-- A copy of a mail that another mailbox has among its history makes no history of it.
grant select (outcome) on desk.mailbox_mail to desk_lake;

-- Which line of an order it was: figures are told by it, and its name is looked up.
CREATE INDEX "action_line_workspace_id_variant_id_action_id_idx" ON "desk"."action_line"("workspace_id", "variant_id", "action_id");

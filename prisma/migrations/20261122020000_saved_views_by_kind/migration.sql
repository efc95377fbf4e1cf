-- What saved views mostly ask for. Few tickets of a kind among very many are counted and listed without reading the others.
create index ticket_open_by_kind on desk.ticket (workspace_id, priority, channel, status)
  include (id, category, assignee_id, mailbox_id, due_at, queue_at, created_at, last_message_at)
  where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null and snoozed_until is null;

-- What was solved today counts for the day also when it is closed the same day.
create index ticket_solved_and_closed on desk.ticket (workspace_id, solved_at) where status = 'closed' and void_reason is null;

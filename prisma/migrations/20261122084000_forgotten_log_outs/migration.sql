-- Work that nobody logged out of and nobody has looked at since; the conditions repeat what the queries say, word for word.
create index work_session_forgotten on desk.work_session (workspace_id, ended_at desc, id desc)
  where ended_how = 'forgotten' and corrected_at is null;

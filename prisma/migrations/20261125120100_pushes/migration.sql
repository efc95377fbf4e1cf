-- Takes a push of Gmail in one trip, as the app role and under its policies: notes its id and plans a reading, unless it tells of what lies
-- behind the position that is read already, or came before word for word. It does not wait for whoever writes mails of that mailbox: the
-- id is noted where nobody holds the row. Nor does it wait for the disk: a crash only leaves the look to the poll. Answers whether it was news.
create function app.take_push(workspace uuid, mailbox uuid, push text, told numeric, jobs jsonb) returns boolean language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
declare
  held record;
begin
  perform set_config('app.workspace_id', workspace::text, true), set_config('synchronous_commit', 'off', true);
  select m.cursor::numeric as read, m.push_id into held from desk.mailbox m where m.workspace_id = workspace and m.id = mailbox;
  if not found or held.read > told or held.push_id = push then return false; end if;
  if push is not null then
    update desk.mailbox m set push_id = push from (
      select f.id from desk.mailbox f where f.workspace_id = workspace and f.id = mailbox for no key update skip locked) free
    where m.workspace_id = workspace and m.id = free.id;
  end if;
  perform app.enqueue(jobs);
  return true;
end $$;

revoke all on function app.take_push(uuid, uuid, text, numeric, jsonb) from public;
grant execute on function app.take_push(uuid, uuid, text, numeric, jsonb) to desk_app;

-- Words that wait for their index are sorted into it by a job beside the mails that bring them, no longer by whoever brings one too many
-- and holds a batch of mails open meanwhile. The list may grow four times as long before somebody has to do it all the same.
alter index desk.search_document_lexemes set (gin_pending_list_limit = 16384);

-- As the owner of the index, which is asked for; it tells how many pages were sorted in, and nothing of what stands on them.
create function app.sort_words() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as
  $$ select gin_clean_pending_list('desk.search_document_lexemes'::regclass) $$;

revoke all on function app.sort_words() from public;
grant execute on function app.sort_words() to desk_app;

-- Whoever takes a job locks every queue that nobody works on, for as long as taking takes: 60 ms where there are a hundred thousand, more on a
-- busy machine. To wait for each of those locks row by row would take the longer the more queues there are, and give up where there are most.
-- So whoever takes jobs is held off like whoever enqueues, behind those who are at it, until these rows are gone.
create or replace function app.forget_job_queues() returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone integer;
begin
  if (select count(*) from (select from graphile_worker._private_job_queues where locked_at is null limit 200) q) < 200 then return 0; end if;
  begin
    perform set_config('lock_timeout', '100ms', true);
    lock table graphile_worker._private_tasks in share mode;
    perform set_config('lock_timeout', '2s', true);
    lock table graphile_worker._private_job_queues in exclusive mode;
  exception when lock_not_available then
    return 0;
  end;
  delete from graphile_worker._private_job_queues q where q.id in (
    select idle.id from graphile_worker._private_job_queues idle
    where idle.locked_at is null and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = idle.id)
    limit 20000);
  get diagnostics gone = row_count;
  return gone;
end $$;

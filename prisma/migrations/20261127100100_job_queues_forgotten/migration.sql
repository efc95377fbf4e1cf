-- Jobs of one ticket wait for each other in a queue of its own, whose row stays when the last of them is done. Whoever takes a job looks at
-- all such rows and locks them: of a hundred thousand tickets that cost 60 ms and 6 MB of log for every job. Rows that no job names go.
--
-- Whoever enqueues looks for the queue, and names it a moment later. In between it must not go, or the job would wait for ever: all of
-- them write to _private_tasks first, if no more than its lock, and keep that until their commit. So this waits for all of them, shortly, and
-- comes again when one takes longer. A few rows cost nothing and are left.
create function app.forget_job_queues() returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone integer;
begin
  if (select count(*) from (select from graphile_worker._private_job_queues where locked_at is null limit 200) q) < 200 then return 0; end if;
  perform set_config('lock_timeout', '100ms', true);
  begin
    lock table graphile_worker._private_tasks in share mode;
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

revoke all on function app.forget_job_queues() from public;
grant execute on function app.forget_job_queues() to desk_app;

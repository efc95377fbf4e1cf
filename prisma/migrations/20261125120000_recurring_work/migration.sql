-- Which workspaces answer a question with yes: recurring work is for those that have something to do. It asks in one workspace after the
-- other, as whoever calls it and under the policies of each, so it tells nobody what they could not ask themselves; only ids come out.
-- question: `select …` of one boolean, with $1 the workspace and $2 the instant
create function app.workspaces_where(question text, at timestamptz) returns setof uuid language plpgsql security invoker set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid;
  holds boolean;
begin
  for workspace in select app.workspace_ids() loop
    perform set_config('app.workspace_id', workspace::text, true);
    execute question into holds using workspace, at;
    if holds then return next workspace; end if;
  end loop;
  perform set_config('app.workspace_id', '', true);
end $$;

revoke all on function app.workspaces_where(text, timestamptz) from public;
grant execute on function app.workspaces_where(text, timestamptz) to desk_app;

-- What the lake may read, column by column: ids, instants, closed codes, numbers, categories and tags. Nothing sealed, no name, no address.
grant select (workspace_id, time_zone, created_at) on desk.workspace to desk_lake;
grant select (workspace_id, id, number, created_at, status, priority, category, tags, mailbox_id, channel, language, customer_id, assignee_id,
  void_reason, merged_into_id, follows_id, first_response_at, first_response_by_id, solved_at) on desk.ticket to desk_lake;
grant select (workspace_id, id, ticket_id, direction, author_kind, author_id, automatic, sent_at, created_at) on desk.message to desk_lake;
grant select (workspace_id, message_id, historical) on desk.mailbox_mail to desk_lake;
grant select (workspace_id, ticket_id, staff_id, seconds) on desk.handle_time to desk_lake;
grant select (workspace_id, ticket_id, marks, policy_id) on desk.sla_clock to desk_lake;
grant select (workspace_id, version, rules) on desk.sla_setting to desk_lake;
grant select (workspace_id, id, ticket_id, order_id, shop_id, customer_shopify_id, by_id, state, problem, reason_code, currency, value_minor,
  created_at, ended_at) on desk.combined_action to desk_lake;
grant select (workspace_id, id, action_id, kind, reason_code, state, minor, currency, tax_minor, done_at) on desk.action_step to desk_lake;
grant select (workspace_id, shop_id, source, kind, order_id, customer_shopify_id, minor, cost_minor, currency, at) on desk.compensation to desk_lake;
grant select (workspace_id, id, shop_id, shopify_id, ticket_id, action_id, minor, currency, reason_code, by_id, state, created_at, issued_at,
  expires_on, deactivated_at, import_key) on desk.gift_card_issue to desk_lake;
grant select (workspace_id, shop_id, shopify_id, balance_minor, enabled) on desk.shop_gift_card to desk_lake;
grant select (workspace_id, id, staff_id, started_at, ended_at, ended_how) on desk.work_session to desk_lake;
grant select (workspace_id, id, session_id, staff_id, kind, allowed_minutes, started_at, ended_at) on desk.work_break to desk_lake;
grant select (workspace_id, id, staff_id, starts_at, ends_at, cancelled) on desk.shift to desk_lake;
grant select (workspace_id, id, staff_id, from_day, to_day) on desk.leave to desk_lake;
grant select (workspace_id, id, role, state, created_at, started_on) on desk.staff to desk_lake;
grant select (workspace_id, id, kind) on desk.mailbox to desk_lake;
grant select (workspace_id, id, created_at) on desk.customer to desk_lake;

do $$
declare name text;
begin
  foreach name in array array['workspace', 'ticket', 'message', 'mailbox_mail', 'handle_time', 'sla_clock', 'sla_setting', 'combined_action',
    'action_step', 'compensation', 'gift_card_issue', 'shop_gift_card', 'work_session', 'work_break', 'shift', 'leave', 'staff', 'mailbox',
    'customer'] loop
    execute format('create policy every_workspace on desk.%I for select to desk_lake using (true)', name);
  end loop;
end $$;

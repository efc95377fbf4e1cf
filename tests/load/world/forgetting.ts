import type pg from 'pg'

/** Takes back what measuring wrote into a workspace, so that the next run finds the same world. */
export async function forgetMailboxes(owner: pg.Client, workspaceId: string): Promise<void> {
  await owner.query('begin')
  await owner.query('set local session_replication_role = replica')
  const mine = 'workspace_id = $1 and mailbox_id is not null'
  await owner.query(
    `create temporary table forgotten on commit drop as select id, customer_id from desk.ticket where ${mine}`,
    [workspaceId],
  )
  for (const table of ['message', 'message_reference', 'event'])
    await owner.query(`delete from desk.${table} where workspace_id = $1 and ticket_id in (select id from forgotten)`, [
      workspaceId,
    ])
  await owner.query(
    'delete from desk.attachment a where workspace_id = $1 and not exists (select from desk.message m where m.workspace_id = $1 and m.id = a.message_id)',
    [workspaceId],
  )
  await owner.query(
    'delete from desk.customer_address where workspace_id = $1 and customer_id in (select customer_id from forgotten)',
    [workspaceId],
  )
  await owner.query('delete from desk.customer where workspace_id = $1 and id in (select customer_id from forgotten)', [
    workspaceId,
  ])
  await owner.query(`delete from desk.ticket where ${mine}`, [workspaceId])
  for (const table of ['unanswered_thread', 'mailbox_backfill', 'raw_mail', 'mailbox_mail', 'mailbox_pace', 'mailbox'])
    await owner.query(`delete from desk.${table} where workspace_id = $1`, [workspaceId])
  await owner.query('delete from directory.mailbox where workspace_id = $1', [workspaceId])
  await owner.query('delete from graphile_worker._private_jobs')
  await owner.query('commit')
}

/** Takes a measured shop back, with all that came of it. */
export async function forgetShop(owner: pg.ClientBase, workspaceId: string): Promise<void> {
  await owner.query('begin')
  await owner.query('set local session_replication_role = replica')
  for (const table of TABLES_OF_A_SHOP)
    await owner.query(`delete from desk.${table} where workspace_id = $1`, [workspaceId])
  await owner.query('delete from directory.shop where workspace_id = $1', [workspaceId])
  await owner.query('update desk.message set proven_key = null where workspace_id = $1 and proven_key is not null', [
    workspaceId,
  ])
  await owner.query(`delete from desk.event where workspace_id = $1 and type like 'shop.%'`, [workspaceId])
  await owner.query('delete from graphile_worker._private_jobs')
  await owner.query('commit')
}

/** Takes a shop back whose orders were acted on; other shops of the workspace stay. */
export async function forgetActionShop(owner: pg.Pool, workspaceId: string, domain: string): Promise<void> {
  const client = await owner.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      'select id from desk.shop where workspace_id = $1 and domain = $2',
      [workspaceId, domain],
    )
    for (const { id } of rows) await forgetActionsOf(client, workspaceId, id)
    if (rows.length > 0) await forgetShop(client, workspaceId)
  } finally {
    client.release()
  }
}

async function forgetActionsOf(client: pg.ClientBase, workspaceId: string, shopId: string): Promise<void> {
  await client.query('begin')
  await client.query('set local session_replication_role = replica')
  await client.query(
    'create temporary table forgotten on commit drop as select id from desk.combined_action where workspace_id = $1 and shop_id = $2',
    [workspaceId, shopId],
  )
  await client.query(
    `delete from desk.journal_entry where workspace_id = $1 and id in (
       select entry_id from desk.action_step where workspace_id = $1 and action_id in (select id from forgotten))`,
    [workspaceId],
  )
  for (const table of ['action_step', 'payout', 'finance_entry'])
    await client.query(
      `delete from desk.${table} where workspace_id = $1 and action_id in (select id from forgotten)`,
      [workspaceId],
    )
  for (const table of ['combined_action', 'gift_card_issue', 'refund_watch'])
    await client.query(`delete from desk.${table} where workspace_id = $1 and shop_id = $2`, [workspaceId, shopId])
  await client.query('delete from desk.action_setting where workspace_id = $1', [workspaceId])
  await client.query(
    `delete from desk.event where workspace_id = $1 and (type like 'action.%' or type like 'gift_card.%')`,
    [workspaceId],
  )
  await client.query('commit')
}

const TABLES_OF_A_SHOP = [
  'ticket_order',
  'order_mention',
  'compensation',
  'order_key',
  'order_wish',
  'shop_gift_card',
  'shop_customer',
  'shop_order',
  'shop_webhook',
  'privacy_request',
  'shop_feed',
  'shop',
]

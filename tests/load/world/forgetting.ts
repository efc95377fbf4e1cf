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
  for (const table of ['raw_mail', 'mailbox_mail', 'mailbox'])
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

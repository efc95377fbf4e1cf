import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { deleteSql } from './beside-tickets.ts'
import { customerForgotten } from './events.ts'
import { type Counts, FORGOTTEN } from './forgotten-words.ts'

type Wish = { customerIds: readonly string[]; runId: string; by: Pick<Actor, 'kind' | 'id'> }

/** Tables about customers, by the key that names them. */
export const WITH_CUSTOMERS = [
  ['task', 'customer_id', 'tasks'],
  ['field_value', 'owner_id', 'field_values'],
  ['field_change', 'owner_id', 'field_values'],
  ['customer_phone', 'customer_id', 'customers'],
  ['customer_address', 'customer_id', 'customers'],
] as const

/**
 * Forgets who customers are: name, addresses, numbers, fields, tasks. The row stays where tickets name it, and is deleted where none does.
 * The caller has seen to their tickets.
 */
export async function forgetCustomers(tx: Tx, { customerIds, runId, by }: Wish): Promise<Counts> {
  const ids = [...customerIds]
  if (ids.length === 0) return {}
  await forgetKeys(tx, await keysOf(tx, ids))
  const counts: Counts = {}
  for (const [table, key, kind] of WITH_CUSTOMERS) {
    const count = await tx.$executeRaw(deleteSql(tx.workspaceId, table, key, ids))
    if (kind !== 'customers') counts[kind] = (counts[kind] ?? 0) + count
  }
  await tx.customer.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    data: { name: FORGOTTEN, email: '' },
  })
  await tx.$executeRaw`
    delete from desk.customer c where c.workspace_id = ${tx.workspaceId}::uuid and c.id = any(${ids}::uuid[])
      and not exists (select from desk.ticket t where t.workspace_id = c.workspace_id and t.customer_id = c.id)`
  await record(
    tx,
    ids.map((customerId) => customerForgotten({ customerId, runId, by })),
  )
  return { ...counts, customers: ids.length }
}

/** Look-up keys of customers' addresses. */
export async function keysOf(tx: Tx, customerIds: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx
  const where = { workspaceId, customerId: { in: [...customerIds] } }
  return (await tx.customerAddress.findMany({ where, select: { emailKey: true } })).map(({ emailKey }) => emailKey)
}

export async function phoneKeysOf(tx: Tx, customerId: string): Promise<string[]> {
  const where = { workspaceId: tx.workspaceId, customerId }
  return (await tx.customerPhone.findMany({ where, select: { phoneKey: true } })).map(({ phoneKey }) => phoneKey)
}

/** What is kept by address and not by customer. */
async function forgetKeys(tx: Tx, keys: readonly string[]): Promise<void> {
  const { workspaceId } = tx
  const key = { in: [...keys] }
  await tx.ignoredSender.deleteMany({ where: { workspaceId, key } })
  await tx.ignoredMail.deleteMany({ where: { workspaceId, key } })
  await tx.knownSender.deleteMany({ where: { workspaceId, key } })
  await tx.automaticMail.deleteMany({ where: { workspaceId, emailKey: key } })
  await tx.compensation.updateMany({ where: { workspaceId, emailKey: key }, data: { emailKey: null } })
  await tx.combinedAction.updateMany({ where: { workspaceId, emailKey: key }, data: { emailKey: null } })
}

import type { Fact } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { emailKey } from '../settings/index.ts'
import { customerMet } from './events.ts'

export type Met = { id: string; facts: Fact[] }

/**
 * The customer who writes from this address; two mails of a new customer at once make one.
 * @returns `facts` for the caller to record with its own
 */
export async function findOrCreateCustomer(tx: Tx, who: { address: string; name: string }): Promise<Met> {
  const key = emailKey(who.address)
  const known = await customerOf(tx, key)
  if (known) return { id: known, facts: [] }
  const id = newId(tx.now)
  const mine = await tx.$executeRaw`
    with address as (
      insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at)
      values (${tx.workspaceId}::uuid, ${key}, ${id}::uuid, ${who.address}, ${tx.now}) on conflict do nothing returning customer_id)
    insert into desk.customer (workspace_id, id, name, email, created_at)
    select ${tx.workspaceId}::uuid, customer_id, ${maskCodes(who.name) || who.address}, ${who.address}, ${tx.now} from address`
  if (mine > 0) return { id, facts: [customerMet({ customerId: id, by: { kind: 'customer', id } })] }
  const winner = await customerOf(tx, key)
  if (!winner) throw new Error('An address was taken and is gone again')
  return { id: winner, facts: [] }
}

async function customerOf(tx: Tx, key: string): Promise<string | null> {
  const where = { workspaceId_emailKey: { workspaceId: tx.workspaceId, emailKey: key } }
  const found = await tx.customerAddress.findUnique({ where, select: { customerId: true } })
  return found?.customerId ?? null
}

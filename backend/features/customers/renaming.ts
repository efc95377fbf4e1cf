import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { customerRenamed } from './events.ts'

export type LockedCustomer = { id: string; name: string; email: string }

/** Takes a customer for changing. @throws DeskError not_found */
export async function lockCustomer(tx: Tx, customerId: string): Promise<LockedCustomer> {
  const [customer] = await tx.$queryRaw<LockedCustomer[]>`
    select id::text, name, email from desk.customer
    where workspace_id = ${tx.workspaceId}::uuid and id = ${customerId}::uuid for no key update`
  if (!customer) throw new DeskError('not_found', 'There is no such customer in your workspace.')
  return customer
}

/** Calls a customer by another name. The same name once more changes nothing. */
export async function renameIn(tx: Tx, customerId: string, name: string, by: Actor): Promise<void> {
  const { name: before } = await lockCustomer(tx, customerId)
  const after = maskCodes(name)
  if (before === after) return
  await tx.customer.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: customerId } },
    data: { name: after },
    select: { id: true },
  })
  await record(tx, [customerRenamed({ customerId, by })])
}

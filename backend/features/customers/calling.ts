import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { emailKey } from '../settings/index.ts'
import { customerMet } from './events.ts'
import { findOrCreateCustomer, type Met } from './meeting.ts'

/** @property phone as it was said, and what it is found by; null when it was not given */
export type Caller = { address: string | null; name: string; phone: { text: string; key: string } | null }

/**
 * The customer who calls or stands there: by their address, else by their phone number when exactly one customer has it and no other
 * name was given, else a new one, who may have no address.
 */
export async function findOrCreateCaller(tx: Tx, box: Box, { address, name, phone }: Caller): Promise<Met> {
  const met = address ? await findOrCreateCustomer(tx, { address, name }) : await withoutAddress(tx, name, phone)
  if (phone) await keepPhone(tx, box, met.id, phone)
  return met
}

async function withoutAddress(tx: Tx, name: string, phone: Caller['phone']): Promise<Met> {
  const known = phone ? await customersCalling(tx, phone.key) : []
  const [only] = known.filter((one) => name === '' || sameName(one.name, name))
  if (only && known.length === 1) return { id: only.id, facts: [] }
  const { workspaceId, now } = tx
  const id = newId(now)
  const called = maskCodes(name) || 'Caller without a name'
  await tx.customer.create({ data: { workspaceId, id, name: called, email: '', createdAt: now }, select: { id: true } })
  return { id, facts: [customerMet({ customerId: id, by: { kind: 'customer', id } })] }
}

const customersCalling = (tx: Tx, key: string) => tx.$queryRaw<{ id: string; name: string }[]>`
  select c.id::text, c.name from desk.customer_phone p join desk.customer c on c.workspace_id = p.workspace_id and c.id = p.customer_id
  where p.workspace_id = ${tx.workspaceId}::uuid and p.phone_key = ${key} limit 2`

const sameName = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

const PLACE = 'customer_phone.phone'
const placeOf = (customerId: string, key: string) => `${customerId}/${key}`

async function keepPhone(tx: Tx, box: Box, customerId: string, { text, key }: { text: string; key: string }) {
  await tx.$executeRaw`
    insert into desk.customer_phone (workspace_id, phone_key, customer_id, phone, created_at)
    values (${tx.workspaceId}::uuid, ${key}, ${customerId}::uuid, ${box.seal(PLACE, placeOf(customerId, key), text)}, ${tx.now})
    on conflict do nothing`
}

/**
 * Gives a customer without address one. When somebody has it already, both are one: what the first one had is theirs.
 * @returns whose the tickets are now
 */
export async function giveAddress(tx: Tx, box: Box, customerId: string, address: string): Promise<string> {
  const { workspaceId, now } = tx
  const key = emailKey(address)
  const mine = await tx.$executeRaw`
    insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at)
    values (${workspaceId}::uuid, ${key}, ${customerId}::uuid, ${address}, ${now}) on conflict do nothing`
  if (mine > 0) {
    await tx.customer.update({
      where: { workspaceId_id: { workspaceId, id: customerId } },
      data: { email: address },
      select: { id: true },
    })
    return customerId
  }
  const where = { workspaceId_emailKey: { workspaceId, emailKey: key } }
  const { customerId: ownerId } = await tx.customerAddress.findUniqueOrThrow({ where, select: { customerId: true } })
  // no event of these tickets tells of it, so figures are told by notes
  await tx.$executeRaw`
    with theirs as (
      update desk.ticket set customer_id = ${ownerId}::uuid, version = version + 1
      where workspace_id = ${workspaceId}::uuid and customer_id = ${customerId}::uuid returning id)
    insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
    select ${workspaceId}::uuid, pg_current_xact_id()::text::bigint, 'ticket', id::text, statement_timestamp() from theirs
    on conflict do nothing`
  await movePhones(tx, box, { from: customerId, into: ownerId })
  return ownerId
}

/** A number is sealed for its customer, so it is sealed anew for whom it goes to. */
async function movePhones(tx: Tx, box: Box, { from, into }: { from: string; into: string }): Promise<void> {
  const { workspaceId } = tx
  const phones = await tx.customerPhone.findMany({ where: { workspaceId, customerId: from } })
  const data = phones.map(({ phoneKey, phone, createdAt }) => {
    const text = box.openText(PLACE, placeOf(from, phoneKey), phone)
    return { workspaceId, phoneKey, customerId: into, phone: box.seal(PLACE, placeOf(into, phoneKey), text), createdAt }
  })
  await tx.customerPhone.createMany({ data, skipDuplicates: true })
  await tx.customerPhone.deleteMany({ where: { workspaceId, customerId: from } })
}

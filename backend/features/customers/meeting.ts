import { Prisma } from '../../generated/prisma/client.ts'
import type { Fact } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { emailKey } from '../settings/index.ts'
import { customerMet } from './events.ts'

export type Met = { id: string; facts: Fact[] }

type Person = { address: string; name: string }

/**
 * The customer who writes from this address; two mails of a new customer at once make one.
 * @returns `facts` for the caller to record with its own
 */
export async function findOrCreateCustomer(tx: Tx, who: Person): Promise<Met> {
  const [met] = await findOrCreateCustomers(tx, [who])
  if (!met) throw new Error('Who writes is met')
  return met
}

/** The same for many, in their order and with what else is given of each; who writes twice is met at the first time. */
export async function findOrCreateCustomers<T extends Person>(tx: Tx, people: readonly T[]): Promise<(T & Met)[]> {
  const asked = people.map((person) => ({ person, key: emailKey(person.address) }))
  const known = await customersOf(
    tx,
    asked.map(({ key }) => key),
  )
  const strangers = asked.filter(({ key }, n) => !known.has(key) && asked.findIndex((each) => each.key === key) === n)
  const made = await create(tx, strangers)
  const late = strangers.flatMap(({ key }) => (made.has(key) ? [] : [key])) // somebody else met them at the same moment
  const all = new Map([...known, ...made, ...(await customersOf(tx, late))])
  return asked.map(({ person, key }) => {
    const id = all.get(key)
    if (id === undefined) throw new Error('An address was taken and is gone again')
    const isFirst = made.delete(key)
    return { ...person, id, facts: isFirst ? [customerMet({ customerId: id, by: { kind: 'customer', id } })] : [] }
  })
}

/** Customers by the keys of their addresses. */
async function customersOf(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.ask<{ key: string; id: string }>(Prisma.sql`
    select email_key as key, customer_id::text as id from desk.customer_address
    where workspace_id = ${tx.workspaceId}::uuid and email_key = any(${[...keys]}::text[])`)
  return new Map(rows.map(({ key, id }) => [key, id]))
}

/** On every card the name stands before the address: one that is written as an address would stand for it. */
const withoutAddresses = (name: string): string =>
  name
    .replace(/[(<["']*[^\s<>()[\]"',;:@]{1,64}@[^\s<>()[\]"',;:@]{1,255}[)>\]"']*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** In the order of their keys, so that two who meet the same people never wait for each other. @returns who was new, by key */
async function create(tx: Tx, strangers: readonly { person: Person; key: string }[]): Promise<Map<string, string>> {
  if (strangers.length === 0) return new Map()
  const rows = strangers.map(({ key, person: { name, address } }) => ({
    key,
    id: newId(tx.now),
    name: maskCodes(withoutAddresses(name)) || address,
    address,
  }))
  const made = await tx.ask<{ id: string }>(Prisma.sql`
    with person as materialized (
      select * from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ name }) => name)}::text[],
        ${rows.map(({ address }) => address)}::text[]) as p (key, id, name, email) order by key),
    address as (
      insert into desk.customer_address (workspace_id, email_key, customer_id, email, created_at)
      select ${tx.workspaceId}::uuid, key, id, email, ${tx.now} from person on conflict do nothing returning customer_id)
    insert into desk.customer (workspace_id, id, name, email, created_at)
    select ${tx.workspaceId}::uuid, p.id, p.name, p.email, ${tx.now} from person p join address a on a.customer_id = p.id
    returning id::text`)
  const ids = new Set(made.map(({ id }) => id))
  return new Map(rows.flatMap(({ key, id }) => (ids.has(id) ? [[key, id] as const] : [])))
}

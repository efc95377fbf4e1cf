import type { Shop } from '../../shop.ts'
import { type Change, put } from '../../store/entries.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import { blankCustomer } from '../customers/blank.ts'
import type { OrderInput, UpsertInput } from './input.ts'

/** Whose order it is, with the change that makes a customer who was not known. */
export function customerFor(shop: Shop, input: OrderInput): { customer: CustomerRecord | null; changes: Change[] } {
  const { toAssociate, toUpsert } = input.customer ?? {}
  const known = knownCustomer(
    shop,
    input.customerId ?? toAssociate?.id ?? toUpsert?.id,
    toAssociate?.email ?? toUpsert?.email,
  )
  if (known || !toUpsert) return { customer: known, changes: [] }
  const customer = newCustomer(shop, toUpsert)
  return { customer, changes: [put('customers', customer)] }
}

function knownCustomer({ tables }: Shop, id?: string | null, email?: string | null): CustomerRecord | null {
  if (id) return tables.customers.get(id) ?? null
  return (email && tables.customers.by('email', email.toLowerCase())[0]) || null
}

const newCustomer = (shop: Shop, { email, firstName, lastName, phone, note, tags }: UpsertInput): CustomerRecord => ({
  ...blankCustomer(shop),
  firstName: firstName ?? null,
  lastName: lastName ?? null,
  email: email ?? null,
  phone: phone ?? null,
  note: note ?? null,
  tags: tags ?? [],
})

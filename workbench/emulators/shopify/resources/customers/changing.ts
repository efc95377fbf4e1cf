import { refused, type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import type { Shop } from '../../shop.ts'
import { drop, put } from '../../store/entries.ts'
import type { CustomerRecord } from '../../store/records/customers.ts'
import type { Gid } from '../../store/records/ids.ts'
import { blankCustomer } from './blank.ts'
import { isEmail } from './email.ts'
import { customerIn, orderCount } from './standing.ts'

interface Input {
  id?: Gid | null
  email?: string | null
  phone?: string | null
  firstName?: string | null
  lastName?: string | null
  note?: string | null
  tags?: string[] | null
  locale?: string | null
}

export const changingCustomers: Resource = {
  mutations: {
    customerCreate: (_: unknown, { input }: { input: Input }, ctx) => create(ctx, input),
    customerUpdate: (_: unknown, { input }: { input: Input }, ctx) => update(ctx, input),
    customerDelete: (_: unknown, { input: { id } }: { input: { id: Gid } }, { shop }) => remove(shop, id),
  },
}

function create(ctx: Ctx, input: Input) {
  const { shop } = ctx
  if (input.id) return refused(userError('id', 'Cannot specify ID on creation'))
  const customer = withInput(blankCustomer(shop), input)
  const errors = errorsOf(shop, customer)
  if (errors.length > 0) return refused(...errors)
  shop.commit([put('customers', customer)], [{ topic: 'CUSTOMERS_CREATE', record: customer }])
  return { customer, userErrors: [] }
}

function update({ shop }: Ctx, input: Input) {
  const before = customerIn(shop, input.id)
  if (!before) return refused(userError('id', 'Customer does not exist'))
  const customer = { ...withInput(before, input), updatedAt: shop.at() }
  const errors = errorsOf(shop, customer)
  if (errors.length > 0) return refused(...errors)
  shop.commit([put('customers', customer)], [{ topic: 'CUSTOMERS_UPDATE', record: customer }])
  return { customer, userErrors: [] }
}

/** A customer who bought something stays. */
function remove(shop: Shop, id: Gid) {
  const customer = customerIn(shop, id)
  if (!customer) return refused(userError('id', "Customer can't be found"))
  if (orderCount(shop, customer) > 0)
    return refused(userError('id', 'Customer can’t be deleted because they have associated orders'))
  shop.commit([drop('customers', id)], [{ topic: 'CUSTOMERS_DELETE', record: customer }])
  return { deletedCustomerId: id, userErrors: [] }
}

const withInput = (customer: CustomerRecord, input: Input): CustomerRecord => ({
  ...customer,
  email: input.email === undefined ? customer.email : input.email?.trim() || null,
  phone: input.phone === undefined ? customer.phone : input.phone?.replace(/[\s().-]/g, '') || null,
  firstName: input.firstName === undefined ? customer.firstName : input.firstName?.trim() || null,
  lastName: input.lastName === undefined ? customer.lastName : input.lastName?.trim() || null,
  note: input.note === undefined ? customer.note : input.note,
  tags: input.tags ? [...new Set(input.tags.map((tag) => tag.trim()))].toSorted() : customer.tags,
  locale: input.locale ?? customer.locale,
})

function errorsOf(shop: Shop, { id, email, phone, firstName, lastName }: CustomerRecord): UserError[] {
  const { customers } = shop.tables
  const others = (found: CustomerRecord[]) => found.some((other) => other.id !== id && !other.mergedInto)
  const errors = [
    email && !isEmail(email) && userError('email', 'Email is invalid'),
    email && others(customers.by('email', email.toLowerCase())) && userError('email', 'Email has already been taken'),
    phone && !/^\+?\d{6,15}$/.test(phone) && userError('phone', 'Phone is invalid'),
    phone && others(customers.by('phone', phone)) && userError('phone', 'Phone has already been taken'),
    !email &&
      !phone &&
      !firstName &&
      !lastName &&
      userError(null, 'A name, phone number, or email address must be present'),
  ]
  return errors.flatMap((error) => error || [])
}

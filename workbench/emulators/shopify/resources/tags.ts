import { typeOf } from '../graphql/gid.ts'
import { nodeOf } from '../graphql/nodes.ts'
import { refusal, refused, userError } from '../graphql/refusal.ts'
import type { Ctx, Resource } from '../graphql/resource.ts'
import { type Change, put } from '../store/entries.ts'
import type { Gid, Instant, Kept } from '../store/records/ids.ts'

type Tagged = Kept & { tags: string[]; updatedAt: Instant }

interface Kind {
  table: 'orders' | 'customers' | 'products' | 'drafts'
  topic: string
  /** Characters of one tag. */
  longest: number
}

const KINDS: Record<string, Kind> = {
  Order: { table: 'orders', topic: 'ORDERS_UPDATED', longest: 40 },
  Customer: { table: 'customers', topic: 'CUSTOMERS_UPDATE', longest: 255 },
  Product: { table: 'products', topic: 'PRODUCTS_UPDATE', longest: 255 },
  DraftOrder: { table: 'drafts', topic: 'DRAFT_ORDERS_UPDATE', longest: 40 },
}

/** Tags are a set: adding one again changes nothing, not even the time of the last change. */
export const tagsResource: Resource = {
  mutations: {
    tagsAdd: (_: unknown, { id, tags }: { id: Gid; tags: string[] }, ctx) =>
      retag(ctx, id, tags, (held, given) => withoutRepeats([...held, ...given])),
    tagsRemove: (_: unknown, { id, tags }: { id: Gid; tags: string[] }, ctx) =>
      retag(ctx, id, tags, (held, given) => held.filter((tag) => !includes(given, tag))),
  },
}

function retag(ctx: Ctx, id: Gid, tags: string[], change: (held: string[], given: string[]) => string[]) {
  const kind = KINDS[typeOf(id) ?? '']
  if (!kind) throw refusal('EMULATOR_MISSING', `The emulator has no tags on ${id}.`)
  const record = nodeOf(ctx, id) as Tagged | null
  if (!record) return refused(userError('id', `${typeOf(id)} does not exist`))
  const given = tags.flatMap((tag) => tag.split(',')).flatMap((tag) => tag.trim() || [])
  if (given.some((tag) => tag.length > kind.longest))
    return refused(userError('tags', `Tags is too long (maximum is ${kind.longest} characters)`))
  const after = change(record.tags, given).toSorted((one, other) => one.localeCompare(other))
  if (after.length > MOST) return refused(userError('tags', `Tags cannot be more than ${MOST}`))
  if (same(after, record.tags)) return { node: record, userErrors: [] }
  const node: Tagged = { ...record, tags: after, updatedAt: ctx.shop.at() }
  ctx.shop.commit([put(kind.table, node as never) as Change], [{ topic: kind.topic, record: node }])
  return { node, userErrors: [] }
}

const MOST = 250

const withoutRepeats = (tags: string[]) => tags.filter((tag, index) => !includes(tags.slice(0, index), tag))

const includes = (tags: string[], tag: string) => tags.some((one) => one.toLowerCase() === tag.toLowerCase())

const same = (one: string[], other: string[]) => one.length === other.length && one.every((tag) => other.includes(tag))

import { gidOf, legacyId, typeOf } from '../graphql/gid.ts'
import { nodeOf } from '../graphql/nodes.ts'
import { connectionOf, type PageArgs } from '../graphql/pages.ts'
import type { Ctx, Resource } from '../graphql/resource.ts'
import { date, id, type SearchFields, text, word } from '../graphql/search/fields.ts'
import { foundIn, searchIn } from '../graphql/search/in-tables.ts'
import type { Shop } from '../shop.ts'
import type { EventRecord } from '../store/records/customers.ts'
import type { Gid, Kept } from '../store/records/ids.ts'
import type { EffectRecord } from '../store/records/shop.ts'
import { sortedBy } from './sorting.ts'

interface ListArgs extends PageArgs {
  query?: string | null
  sortKey: string
}

const YEAR = 365 * 24 * 3600 * 1000

/** Timelines of the last year. */
export const eventsResource: Resource = {
  queries: {
    event: (_: unknown, { id: wanted }: { id: Gid }, { shop }) => shop.tables.events.get(wanted) ?? null,
    events: (_: unknown, args: ListArgs, ctx, info) => {
      const search = searchIn(ctx, info, args.query, fields)
      return connectionOf(sorted(ctx, [...foundIn(ctx, ctx.shop.tables.events, search)], args), args)
    },
  },
  types: {
    HasEvents: {
      events: ({ id: of }: Kept, args: ListArgs, ctx, info) => {
        const search = searchIn(ctx, info, args.query, fields)
        const own = timelineOf(ctx, of)
        return connectionOf(sorted(ctx, [...foundIn(ctx, ctx.shop.tables.events, search, own)], args), args)
      },
    },
    BasicEvent: {
      createdAt: ({ at }: EventRecord) => at,
      attributeToApp: ({ byApp }: EventRecord) => byApp,
      attributeToUser: ({ byUser }: EventRecord) => byUser,
      criticalAlert: () => false,
      author: ({ appTitle }: EventRecord) => appTitle,
      hasAdditionalContent: () => false,
      subject: ({ subjectId }: EventRecord, _: unknown, ctx) => nodeOf(ctx, subjectId),
      subjectType: ({ subjectId }: EventRecord) => SUBJECTS[typeOf(subjectId) ?? ''],
    },
  },
}

/** What was written down, and what the ledger knows of it. */
const timelineOf = ({ shop }: Ctx, subjectId: Gid): EventRecord[] => [
  ...shop.tables.events.by('subjectId', subjectId),
  ...shop.tables.effects.by('subjectId', subjectId).map((effect) => eventOf(shop, effect)),
]

function eventOf({ ground }: Shop, { id: of, kind, at, words, by, subjectId }: EffectRecord): EventRecord {
  const appTitle = by === null ? null : (ground.app(by)?.name ?? null)
  const said = { action: kind.replace(/[.-]/g, '_'), message: words, at, appTitle }
  return {
    id: gidOf('BasicEvent', legacyId(of)),
    subjectId: subjectId ?? '',
    ...said,
    byApp: by !== null,
    byUser: by === null,
  }
}

const SUBJECTS: Record<string, string> = {
  Order: 'ORDER',
  DraftOrder: 'DRAFT_ORDER',
  Customer: 'CUSTOMER',
  Product: 'PRODUCT',
  ProductVariant: 'PRODUCT_VARIANT',
}

function sorted({ shop }: Ctx, events: EventRecord[], { sortKey }: ListArgs) {
  const since = new Date(shop.now().getTime() - YEAR).toISOString()
  const kept = events.filter(({ at }) => at >= since).map((event) => ({ ...event, __typename: 'BasicEvent' }))
  return sortedBy(kept, sortKey === 'CREATED_AT' ? ({ at }) => at : undefined)
}

const fields: SearchFields<EventRecord> = {
  default: text(({ message }) => message),
  id: id(({ id: of }) => of),
  action: word(({ action }) => action),
  subject_type: word(({ subjectId }) => SUBJECTS[typeOf(subjectId) ?? ''] ?? null),
  created_at: date(({ at }) => at),
}

import { legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import type { Resource } from '../../graphql/resource.ts'
import { id, type SearchFields, text, word } from '../../graphql/search/fields.ts'
import { foundIn, searchIn } from '../../graphql/search/in-tables.ts'
import type { LocationRecord } from '../../store/records/goods.ts'
import type { Gid } from '../../store/records/ids.ts'
import { sortedBy } from '../sorting.ts'

interface ListArgs extends PageArgs {
  query?: string | null
  includeInactive: boolean
  sortKey: string
}

export const locationsResource: Resource = {
  queries: {
    location: (_: unknown, { id: wanted }: { id?: Gid }, { shop }) =>
      (wanted ? shop.tables.locations.get(wanted) : sortedBy([...shop.tables.locations.all()], undefined)[0]) ?? null,
    locations: (_: unknown, args: ListArgs, ctx, info) => {
      const search = searchIn(ctx, info, args.query, fields)
      const found = [...foundIn(ctx, ctx.shop.tables.locations, search)]
      const shown = found.filter(({ active }) => active || args.includeInactive)
      return connectionOf(sortedBy(shown, args.sortKey === 'NAME' ? ({ name }) => name.toLowerCase() : undefined), args)
    },
  },
  types: {
    Location: {
      legacyResourceId: ({ id: gid }: LocationRecord) => legacyId(gid),
      isActive: ({ active }: LocationRecord) => active,
      address: ({ city, countryCode }: LocationRecord) => addressOf(city, countryCode),
      fulfillsOnlineOrders: ({ active }: LocationRecord) => active,
      shipsInventory: ({ active }: LocationRecord) => active,
      isFulfillmentService: () => false,
      fulfillmentService: () => null,
      hasActiveInventory: ({ id: gid }: LocationRecord, _: unknown, { shop }) =>
        shop.tables.levels.by('locationId', gid).length > 0,
      inventoryLevels: ({ id: gid }: LocationRecord, args: PageArgs, { shop }) =>
        connectionOf(shop.tables.levels.by('locationId', gid), args),
    },
  },
}

const fields: SearchFields<LocationRecord> = {
  default: text(({ name, city }) => [name, city]),
  id: id(({ id: gid }) => gid),
  name: text(({ name }) => name),
  active: word(({ active }) => active),
}

const country = new Intl.DisplayNames(['en'], { type: 'region' })

const addressOf = (city: string | null, countryCode: string) => ({
  address1: null,
  address2: null,
  city,
  zip: null,
  province: null,
  provinceCode: null,
  country: country.of(countryCode) ?? null,
  countryCode,
  phone: null,
  latitude: null,
  longitude: null,
  formatted: [city, country.of(countryCode)].filter(Boolean),
})

import { gidOf, legacyId } from '../../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../../graphql/pages.ts'
import { refusal } from '../../graphql/refusal.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { LevelRecord, VariantRecord } from '../../store/records/goods.ts'
import type { Gid } from '../../store/records/ids.ts'
import { levelsOf } from './stock.ts'

/** An inventory item is the stocked side of one variant. */
type ItemSource = { id: Gid; variant: VariantRecord }

export function itemOf(variant: VariantRecord): ItemSource {
  return { id: variant.inventoryItemId, variant }
}

export const inventoryResource: Resource = {
  queries: {
    inventoryItem: (_: unknown, { id }: { id: Gid }, { shop }) =>
      shop.tables.variants.by('inventoryItemId', id).map(itemOf)[0] ?? null,
    inventoryLevel: (_: unknown, { id }: { id: Gid }, { shop }) => shop.tables.levels.get(id) ?? null,
  },
  types: {
    InventoryItem: {
      legacyResourceId: ({ id }: ItemSource) => legacyId(id),
      sku: ({ variant }: ItemSource) => variant.sku,
      tracked: ({ variant }: ItemSource) => variant.tracked,
      requiresShipping: ({ variant }: ItemSource) => variant.requiresShipping,
      unitCost: ({ variant }: ItemSource) => variant.unitCost,
      variant: ({ variant }: ItemSource) => variant,
      variants: ({ variant }: ItemSource, args: PageArgs) => connectionOf([variant], args),
      createdAt: ({ variant }: ItemSource) => variant.updatedAt,
      updatedAt: ({ variant }: ItemSource) => variant.updatedAt,
      inventoryLevel: ({ variant }: ItemSource, { locationId }: { locationId: Gid }, { shop }) =>
        levelsOf(shop, variant).find((level) => level.locationId === locationId) ?? null,
      inventoryLevels: ({ variant }: ItemSource, args: PageArgs, { shop }) =>
        connectionOf(levelsOf(shop, variant), args),
      locationsCount: ({ variant }: ItemSource, _: unknown, { shop }) => ({
        count: levelsOf(shop, variant).length,
        precision: 'EXACT',
      }),
    },
    InventoryLevel: {
      item: ({ inventoryItemId }: LevelRecord, _: unknown, { shop }) =>
        shop.tables.variants.by('inventoryItemId', inventoryItemId).map(itemOf)[0] ?? null,
      location: ({ locationId }: LevelRecord, _: unknown, { shop }) => shop.tables.locations.get(locationId) ?? null,
      quantities: quantitiesOf,
      isActive: () => true,
      canDeactivate: ({ committed }: LevelRecord) => committed === 0,
      createdAt: ({ updatedAt }: LevelRecord) => updatedAt,
    },
  },
  nodes: {
    InventoryItem: ({ shop }, id) => shop.tables.variants.by('inventoryItemId', id).map(itemOf)[0],
    InventoryLevel: ({ shop }, id) => shop.tables.levels.get(id),
  },
}

function quantitiesOf(level: LevelRecord, { names }: { names: string[] }) {
  const held: Record<string, number> = {
    available: level.available,
    committed: level.committed,
    on_hand: level.onHand,
    incoming: level.incoming,
    damaged: 0,
    quality_control: 0,
    reserved: 0,
    safety_stock: 0,
  }
  return names.map((name) => {
    const quantity = held[name]
    if (quantity === undefined) throw refusal('BAD_REQUEST', `${name} is not a valid quantity name.`)
    return {
      id: gidOf('InventoryQuantity', `${legacyId(level.id)}-${name}`),
      name,
      quantity,
      updatedAt: level.updatedAt,
    }
  })
}

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql'
import { withScalars } from '../graphql/scalars.ts'

/** What the vendor's file says beyond GraphQL's own introspection. */
interface VendorFile {
  data: IntrospectionQuery & {
    __schema: { types: { name: string; fields?: VendorField[] | null; inputFields?: VendorInput[] | null }[] }
  }
  offline_scopes: { items: { type: 'type' | 'field'; typeName: string; fieldName?: string; offlineScopes: string[] }[] }
}
interface VendorField {
  name: string
  args: VendorInput[]
}
interface VendorInput {
  name: string
  gidTypes: string[] | null
}

export interface AdminSchema {
  graphql: GraphQLSchema
  /** Scopes of which an app needs one, by coordinate: Order, Mutation.orderCancel. */
  scopes: Map<string, string[]>
  /** What kinds of id an argument or input field takes: QueryRoot.order(id), RefundInput.orderId. */
  gidTypes: Map<string, string[]>
  /** Whether there is such a scope at all: read_orders, and not read_unicorns. */
  isScope(handle: string): boolean
}

let read: AdminSchema | undefined

/** Shopify's Admin schema of 2026-10; read once per process because it takes a quarter of a second. */
export function adminSchema(): AdminSchema {
  if (!read) {
    const file = JSON.parse(gunzipSync(readFileSync(PATH)).toString('utf8')) as VendorFile
    const scopes = scopesIn(file)
    const subjects = new Set([...[...scopes.values()].flat().map(subjectOf), ALL_ORDERS])
    read = {
      graphql: withScalars(buildClientSchema(file.data)),
      scopes,
      gidTypes: gidTypesIn(file),
      isScope: (handle) => SCOPE.test(handle) && subjects.has(subjectOf(handle)),
    }
  }
  return read
}

const PATH = new URL('./admin-2026-10.schema.json.gz', import.meta.url)

const SCOPE = /^(unauthenticated_)?(read|write)_/
const subjectOf = (handle: string) => handle.replace(SCOPE, '')
/** No field asks for it: it widens what read_orders shows. */
const ALL_ORDERS = 'all_orders'

function scopesIn(file: VendorFile): Map<string, string[]> {
  const named = file.offline_scopes.items.filter((item) => item.offlineScopes.length > 0)
  return new Map(named.map((i) => [i.type === 'type' ? i.typeName : `${i.typeName}.${i.fieldName}`, i.offlineScopes]))
}

function gidTypesIn(file: VendorFile): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const type of file.data.__schema.types) {
    for (const input of type.inputFields ?? [])
      if (input.gidTypes) found.set(`${type.name}.${input.name}`, input.gidTypes)
    for (const field of type.fields ?? [])
      for (const arg of field.args) if (arg.gidTypes) found.set(`${type.name}.${field.name}(${arg.name})`, arg.gidTypes)
  }
  return found
}

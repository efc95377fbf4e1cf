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
}

let read: AdminSchema | undefined

/** Shopify's Admin schema of 2026-10; read once per process because it takes a quarter of a second. */
export function adminSchema(): AdminSchema {
  if (!read) {
    const file = JSON.parse(gunzipSync(readFileSync(PATH)).toString('utf8')) as VendorFile
    read = {
      graphql: withScalars(buildClientSchema(file.data)),
      scopes: scopesIn(file),
      gidTypes: gidTypesIn(file),
    }
  }
  return read
}

const PATH = new URL('./admin-2026-10.schema.json.gz', import.meta.url)

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

import { GraphQLError, type GraphQLSchema, isScalarType, Kind, valueFromASTUntyped } from 'graphql'

/** A client schema's custom scalars accept anything; these refuse what Shopify refuses. */
export function withScalars(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, { read, write }] of Object.entries(scalars)) {
    const type = schema.getType(name)
    if (!isScalarType(type)) continue
    type.parseValue = (value) => checked(name, value, read)
    type.parseLiteral = (node, variables) =>
      checked(name, node.kind === Kind.VARIABLE ? variables?.[node.name.value] : valueFromASTUntyped(node), read)
    type.serialize = write ?? ((value) => value)
  }
  return schema
}

interface Scalar {
  /** The value as resolvers get it; nothing when it is refused. */
  read(value: unknown): unknown
  write?(value: unknown): unknown
}

const matching = (form: RegExp): Scalar => ({
  read: (value) => (typeof value === 'string' && form.test(value) ? value : undefined),
})

/** Numbers are taken as well, as Shopify does, but only those that a decimal string can say. */
const decimal: Scalar = {
  read(value) {
    const text = typeof value === 'number' ? String(value) : value
    return typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text) ? text : undefined
  },
}

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?)?$/

/** A day, or a day with its time to the second; without a zone it is UTC. */
const instant: Scalar = {
  read(value) {
    const [, day, time, zone] = INSTANT.exec(typeof value === 'string' ? value : '') ?? []
    if (!day || !isDay(day)) return undefined
    const at = Date.parse(time ? `${day}${time}${zone ?? 'Z'}` : day)
    return Number.isNaN(at) ? undefined : new Date(at).toISOString()
  },
  write: (value) => new Date(value as string).toISOString().replace(/\.\d+Z$/, 'Z'),
}

const scalars: Record<string, Scalar> = {
  Money: decimal,
  Decimal: decimal,
  DateTime: instant,
  Date: {
    read: (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value) ? value : undefined),
    write: (value) => String(value).slice(0, 10),
  },
  URL: { read: (value) => (typeof value === 'string' && URL.canParse(value) ? value : undefined) },
  Color: matching(/^#[0-9a-fA-F]{6}$/),
  UnsignedInt64: { ...matching(/^\d+$/), write: String },
  BigInt: { ...matching(/^-?\d+$/), write: String },
  UtcOffset: matching(/^[+-]\d\d:?\d\d$/),
  HTML: matching(/^[\s\S]*$/),
  FormattedString: matching(/^[\s\S]*$/),
  ARN: matching(/^arn:/),
  StorefrontID: matching(/^gid:\/\//),
}

function checked(name: string, value: unknown, read: (value: unknown) => unknown) {
  const good = read(value)
  if (good === undefined) throw new GraphQLError(`invalid value for ${name}: ${JSON.stringify(value)}`)
  return good
}

const isDay = (text: string) => {
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

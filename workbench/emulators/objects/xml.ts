type Value = string | number | boolean | Fields | readonly Fields[]
interface Fields {
  readonly [name: string]: Value
}

/** An answer as S3 writes it; a list repeats its name. */
export const xml = (name: string, fields: Fields): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside(fields)}</${name}>`

const inside = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => (isList(value) ? value.map((one) => element(name, one)).join('') : element(name, value)))
    .join('')

const isList = (value: Value): value is readonly Fields[] => Array.isArray(value)

const element = (name: string, value: Exclude<Value, readonly Fields[]>): string =>
  `<${name}>${typeof value === 'object' ? inside(value) : escaped(value)}</${name}>`

const escaped = (value: unknown): string =>
  String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

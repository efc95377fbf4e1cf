import type { Enumeration } from './enumeration.ts'
import type { Realm } from './realm.ts'
import type { ServiceClass } from './service-class.ts'

/** Says that an argument does not fit. */
export const mismatch = Symbol('mismatch')

/** One declared parameter: what it takes, and how the service reads it. */
export type Parameter<T> = { readonly optional: boolean; read(value: unknown, realm: Realm): T | typeof mismatch }

const parameter = <T>(read: Parameter<T>['read']): Parameter<T> => ({ optional: false, read })

export const text = parameter((value) => (typeof value === 'string' ? value : mismatch))
export const flag = parameter((value) => (typeof value === 'boolean' ? value : mismatch))
export const number = parameter((value) => (typeof value === 'number' && !Number.isNaN(value) ? value : mismatch))
export const integer = parameter((value) => (Number.isSafeInteger(value) ? (value as number) : mismatch))
export const anything = parameter((value): unknown => value)

/** A Date of the script's realm, read as milliseconds since 1970. */
export const date = parameter((value) => (isDate(value) ? Date.prototype.getTime.call(value) : mismatch))

/** A JavaScript object such as the advanced parameters of fetch. */
export const plainObject = parameter((value) => (isPlainObject(value) ? value : mismatch))

/** Action parameters and properties: both sides of the map are strings. */
export const textMap = parameter((value) => {
  if (!isPlainObject(value)) return mismatch
  return Object.values(value).every((entry) => typeof entry === 'string')
    ? ({ ...value } as Record<string, string>)
    : mismatch
})

/** The name of a member of an enumeration. */
export const memberOf = (enumeration: Enumeration) =>
  parameter((value, realm) => {
    const found = realm.find(value)
    return found?.class === enumeration.class ? (found.state as { name: string }).name : mismatch
  })

/** An object of one of these classes, as a deep copy: what the script changes later does not reach the parent. */
export const copyOf = <S>(...classes: ServiceClass<S>[]) =>
  parameter((value, realm) => {
    const found = realm.find(value)
    return found && (classes as ServiceClass<unknown>[]).includes(found.class)
      ? (structuredClone(found.state) as S)
      : mismatch
  })

export const listOf = <T>(item: Parameter<T>) =>
  parameter((value, realm) => {
    if (!Array.isArray(value)) return mismatch
    const items: T[] = []
    for (const entry of value) {
      const read = item.read(entry, realm)
      if (read === mismatch) return mismatch
      items.push(read as T)
    }
    return items
  })

export const either = <A, B>(first: Parameter<A>, second: Parameter<B>) =>
  parameter<A | B>((value, realm) => {
    const read = first.read(value, realm)
    return read === mismatch ? second.read(value, realm) : read
  })

export const optional = <T>(inner: Parameter<T>): Parameter<T | undefined> => ({
  optional: true,
  read: (value, realm) => (value === undefined ? undefined : inner.read(value, realm)),
})

/** Signed bytes, as Apps Script hands them out and takes them. */
export const bytes = parameter((value) =>
  Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= -128 && byte <= 255)
    ? Uint8Array.from(value as number[])
    : mismatch,
)

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]'
}

function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]'
}

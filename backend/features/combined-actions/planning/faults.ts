import { DeskError, type FieldError } from '../../../platform/errors.ts'

/** What is wrong with a part of an intention, at the path of its field, and what to do about it. */
export type Fault = FieldError

/** @throws DeskError invalid_request with every fault, when there is any */
export function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  const message = [...new Set(faults.map(({ message }) => message))].join(' ')
  throw new DeskError('invalid_request', message, { fields: [...faults] })
}

/** A fault of one field, or none. */
export const faultIf = (is: boolean, path: string, message: string): Fault[] => (is ? [{ path, message }] : [])

/** The same field named twice would count twice: `key` of each entry is told only once. */
export const isTwice = <T>(items: readonly T[], key: (item: T) => string): boolean =>
  new Set(items.map(key)).size < items.length

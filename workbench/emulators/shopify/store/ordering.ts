import { legacyId } from '../graphql/gid.ts'
import type { Gid } from './records/ids.ts'

/** Places in order, read one by one. */
export interface Places {
  readonly length: number
  at(index: number): Place | undefined
}

export interface Place {
  key: string
  id: Gid
}

/** By key, and among equals by the number in the id. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return Number(legacyId(a.id)) - Number(legacyId(b.id))
}

/** Index of the first place that is not before the given one. */
export function lowerBound(places: Places, wanted: Place): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (comparePlaces(places.at(middle) as Place, wanted) < 0) low = middle + 1
    else high = middle
  }
  return low
}

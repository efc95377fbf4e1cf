import type { Ctx } from '../../context.ts'
import { packCursor } from '../../platform/signer.ts'

export type Asked = { cursor?: string | undefined; limit: number }
export type Page<T> = { items: T[]; next: string | null }

/** A page of rows, of which one more was read than is shown. @param placeOf where the next page goes on */
export function pageOf<Row>(
  { signer }: Pick<Ctx, 'signer'>,
  list: string,
  { rows, limit }: { rows: readonly Row[]; limit: number },
  placeOf: (row: Row) => (string | number)[],
): Page<Row> {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last ? packCursor(signer, list, placeOf(last)) : null }
}

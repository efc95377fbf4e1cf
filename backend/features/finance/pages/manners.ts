import type { z } from 'zod'
import { DeskError } from '../../../platform/errors.ts'

/** Who keeps the books. */
export const FINANCE = ['finance', 'admin'] as const

/** What a page shows of a list. */
export const AT_ONCE = 20

/** What was typed into a form, by the contract of its call. @throws DeskError invalid_request, in the contract's words and no others */
export function readForm<T extends z.ZodType>(body: T, typed: unknown): z.infer<T> {
  const read = body.safeParse(typed)
  if (read.success) return read.data
  throw new DeskError('invalid_request', read.error.issues.map(({ message }) => message).join(' '))
}

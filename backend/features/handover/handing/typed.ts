import { HandoverWish } from '../../../../shared/handover.ts'
import { DeskError } from '../../../platform/errors.ts'

type Typed = { ticketIds: readonly string[]; toId: string; word: string; fromId?: string | undefined }

/** A hand-over as somebody typed it. @throws DeskError invalid_request with the first thing that is wrong */
export function typedWish(typed: Typed): HandoverWish {
  if (typed.toId === '') throw new DeskError('invalid_request', 'Choose to whom you hand over.')
  const wish = HandoverWish.safeParse(typed)
  if (!wish.success) throw new DeskError('invalid_request', wish.error.issues[0]?.message ?? 'Something is missing.')
  return wish.data
}

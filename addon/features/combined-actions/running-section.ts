import type { RunningAction } from '../../../shared/combined-actions.ts'
import { button } from '../../kit/button.ts'
import { type Section, section, type Widget } from '../../kit/card.ts'
import { entry, remark } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { progressOf, undoOf } from './progress.ts'

/** A card has room for 100 widgets, and these stand above everything else. */
const MOST_SHOWN = 5

const STATE_WORDS: Partial<Record<RunningAction['state'], string>> = {
  waiting_approval: 'Waits for approval',
  running: 'At work',
  parked: 'Needs you',
}

/** What this person has begun and is not over, wherever they are now. @param ticketId the ticket whose card this is in; empty elsewhere */
export function runningSection(running: readonly RunningAction[], ticketId: string): Section | null {
  const hidden = running.length - MOST_SHOWN
  return section(
    'Your running actions',
    running.slice(0, MOST_SHOWN).map((action) => row(action, ticketId)),
    hidden > 0 ? remark(`and ${hidden} more`) : null,
  )
}

function row({ id, orderNumber, state, words, undoSeconds, problem }: RunningAction, ticketId: string): Widget {
  const left = undoSeconds === null ? STATE_WORDS[state] : `Leaves in ${undoSeconds} s`
  return entry(
    { above: joined([orderNumber, left]), text: words, below: problem || '' },
    progressOf(id, ticketId),
    undoSeconds === null ? undefined : button('Undo', undoOf(id, ticketId)).made,
  )
}

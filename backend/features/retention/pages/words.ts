import { ERASURE_REASONS } from '../../../../shared/retention.ts'
import { KINDS, type Kind } from '../forgotten-words.ts'
import type { Round } from '../rounds.ts'

const STATES = { running: 'under way', done: 'done', stopped: 'stopped' } as const

/** `120 tickets, 360 messages and notes`. */
export const countWords = (counts: Round['counts']): string =>
  (Object.entries(counts) as [Kind, number][]).map(([kind, count]) => `${count} ${KINDS[kind]}`).join(', ') || 'nothing'

export const roundWords = ({ kind, mode, reason, state }: Round): string =>
  kind === 'erasure'
    ? `One customer (${reason ? ERASURE_REASONS[reason] : ''}), ${STATES[state]}`
    : `Old tickets, ${mode === 'delete' ? 'deleted' : 'anonymised'}, ${STATES[state]}`

import { ERASURE_REASONS } from '../../../../shared/retention.ts'
import type { StaffRole } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { KINDS, type Kind } from '../forgotten-words.ts'
import type { Round } from '../rounds.ts'

const STATES = { running: 'under way', done: 'done', stopped: 'stopped' } as const

/** `120 tickets, 360 messages and notes`. */
export const countWords = (counts: Round['counts']): string =>
  (Object.entries(counts) as [Kind, number][])
    .map(([kind, count]) => `${count.toLocaleString('en')} ${KINDS[kind]}`)
    .join(', ') || 'nothing'

export const roundWords = ({ kind, mode, reason, state }: Round): string =>
  kind === 'erasure'
    ? `One customer (${reason ? ERASURE_REASONS[reason] : ''}), ${STATES[state]}`
    : `Old tickets, ${mode === 'delete' ? 'deleted' : 'anonymised'}, ${STATES[state]}`

type Failure = Round['failures'][number]

/** What names a customer and is left to people, because no machine writes sentences of theirs anew. */
const STILL_NAMED: Readonly<Record<string, { path: string; words: string }>> = {
  named_in_rule: { path: '/settings/rules/', words: 'A rule still names the customer' },
  named_in_mail_rule: { path: '/settings/mail-rules/', words: 'A mail rule still names the customer' },
  named_in_saved_reply: { path: '/settings/replies/', words: 'A saved reply still names the customer' },
}

/** What was left, where it is, and what to do. @property path null for a page that is not for this role */
export function failureWords(
  { id, problem }: Failure,
  role: StaffRole,
): { path: string | null; words: string; advice: string } {
  const named = STILL_NAMED[problem]
  if (!named)
    return { path: `/desk/tickets/${id}`, words: 'A ticket', advice: 'The log of whoever runs this desk says why.' }
  if (problem === 'named_in_rule' && role !== 'admin')
    return { path: null, words: named.words, advice: 'An admin changes it by hand.' }
  return { path: named.path + id, words: named.words, advice: 'Change it by hand.' }
}

/** Words that lead to a page, or alone where there is none for the reader. */
export const linkTo = (path: string | null, words: string) =>
  path === null ? words : html`<a href=${path}>${words}</a>`

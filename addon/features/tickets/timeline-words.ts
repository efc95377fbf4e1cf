import type { TimelineEntry } from '../../../shared/tickets.ts'
import { capital } from '../../kit/words.ts'
import { PRIORITY_WORDS, STATUS_WORDS, VOID_WORDS } from './words.ts'

type Facts = TimelineEntry['facts']

const WORDS: Record<string, string> = { ...STATUS_WORDS, ...PRIORITY_WORDS, ...VOID_WORDS }
const word = (fact: Facts[string] | undefined): string => WORDS[String(fact)] ?? String(fact)

/** Its number, as long as the order is known. */
const orderIn = ({ order }: Facts, unknown = 'An order'): string => (order ? String(order) : unknown)

const inPlainText = (code: string) => capital(code.replace(/[_.-]/g, ' '))

const stepSentence =
  (ending: string) =>
  ({ kind }: Facts) =>
    `${inPlainText(String(kind))} ${ending}`

/** What people call the events of a ticket. */
const SENTENCES: Record<string, (facts: Facts) => string> = {
  'ticket.created': ({ followsId }) => (followsId ? 'Created; follows a closed ticket' : 'Created'),
  'mail.received': ({ automatic }) => (automatic ? 'Automatic mail received' : 'Mail received'),
  'mail.quarantined': () => 'The mail could not be read and was set aside',
  'reply.planned': () => 'Answer handed over to Gmail',
  'reply.sent': () => 'Answer sent',
  'ticket.first_responded': ({ seconds }) => `First response after ${Math.ceil(Number(seconds) / 60)} min`,
  'ticket.moved': ({ from, to }) => `${word(from)} to ${word(to)}`,
  'ticket.assigned': ({ assigneeId }) => (assigneeId ? 'Assigned' : 'Given to nobody'),
  'ticket.prioritised': ({ before, priority }) => `Priority ${word(before)} to ${word(priority)}`,
  'ticket.categorised': ({ cleared }) => (cleared ? 'Category cleared' : 'Category set'),
  'ticket.tagged': ({ added, removed }) => `Tags: ${added} added, ${removed} removed`,
  'ticket.noted': () => 'Internal note added',
  'ticket.voided': ({ reason }) => `Void: ${word(reason)}`,
  'ticket.unvoided': () => 'Brought back',
  'order.linked': (facts) => `${orderIn(facts)} linked`,
  'order.link_confirmed': (facts) => `${orderIn(facts)} opened: the customer knew its number and postcode or phone`,
  'order.unlinked': (facts) => `${orderIn(facts)} taken off`,
  'action.step_done': stepSentence('done'),
  'action.step_refused': stepSentence('refused by Shopify'),
  'order.proof_failed': (facts) => `What the customer said did not fit ${orderIn(facts, 'the order')}`,
}

/** What has no sentence of its own reads as it is named: `action.approval_asked` is `Action approval asked`, `gift_card.issued` `Gift card issued`. */
export function sentenceOf({ type, facts }: TimelineEntry): string {
  const known = Object.hasOwn(SENTENCES, type) ? SENTENCES[type] : undefined
  if (known) return known(facts)
  return inPlainText(type)
}

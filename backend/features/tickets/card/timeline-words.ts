import { MailWhy } from '../../../../shared/mail-why.ts'
import type { TimelineEntry } from '../../../../shared/tickets.ts'
import { WHY_WORDS } from '../why-words.ts'
import { PRIORITY_WORDS, STATUS_WORDS, VOID_WORDS } from './words.ts'

type Facts = TimelineEntry['facts']
type Fact = Facts[string] | undefined

const WORDS: Record<string, string> = { ...STATUS_WORDS, ...PRIORITY_WORDS, ...VOID_WORDS }
const word = (fact: Fact): string => WORDS[String(fact)] ?? String(fact)

const inPlainText = (code: string): string => {
  const text = code.replace(/[_.-]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Its number, as long as the order is known. */
const orderIn = ({ order }: Facts, unknown = 'An order'): string => (order ? String(order) : unknown)

const stepSentence =
  (ending: string) =>
  ({ kind }: Facts): string =>
    `${inPlainText(String(kind))} ${ending}`

const otherIn = ({ other }: Facts): string => (other ? String(other) : 'another ticket')
const messagesIn = ({ messages }: Facts): string => (messages === 1 ? '1 message' : `${messages} messages`)

const TARGETS: Record<string, string> = { first: 'First answer', next: 'Next answer', resolution: 'Solution' }

/** What a rule changed, by the codes of its acts. */
const RULE_ACTS: Record<string, string> = {
  priority: 'priority set to',
  status: 'status set to',
  category: 'category set',
  tag: 'tags added',
  untag: 'tags removed',
  assign: 'owner set',
  assign_next: 'to be given to somebody',
  snooze: 'snoozed',
  note: 'note added',
  escalate: 'escalated',
  tell: 'mail sent to the team',
  reply: 'automatic answer',
  spam: 'marked as spam',
}

function ruleActs(acts: Fact): string {
  const codes = String(acts).split(',')
  return codes
    .map((code) => {
      const [act = '', value] = code.split(':')
      return [RULE_ACTS[act] ?? act, ...(value === undefined ? [] : [word(value).toLowerCase()])].join(' ')
    })
    .join(', ')
}

const MOVED: Record<string, string> = {
  spam: 'Somebody marked the mail as spam in Gmail; it is kept here',
  trash: 'Somebody put the mail in the trash in Gmail; it is kept here',
  deleted: 'The mail was deleted in Gmail for good; it is kept here',
  back: 'The mail is back where it was in Gmail',
}

const WOKEN: Record<string, string> = {
  time: 'Snooze is over',
  answer: 'The customer wrote: snooze is over',
  hand: 'Snooze ended by hand',
  ended: 'Finished while snoozed',
  merged: 'Another ticket was merged in: snooze is over',
}

/** Why a mail is on its ticket; nothing of what came before it was told. */
const becauseOf = (why: Fact): string => {
  const known = MailWhy.safeParse(why)
  return known.success ? `; here because ${WHY_WORDS[known.data]}` : ''
}

/** What people call the events of a ticket: one line for each type. */
const SENTENCES: Record<string, (facts: Facts, by: string) => string> = {
  'ticket.begun': () => 'Opened as a ticket at the change-over',
  'ticket.created': ({ followsId, priority }) =>
    `Created${followsId ? '; follows a closed ticket' : ''}${priority ? `; ${word(priority).toLowerCase()} by its words` : ''}`,
  'customer.reachable': () => 'Mail to the customer is taken to arrive again',
  'mail.returned': ({ kind }) =>
    kind === 'failed' ? 'The mail did not arrive' : 'The mail is late: the server keeps trying',
  'mail.received': ({ automatic, why }) => `${automatic ? 'Automatic mail' : 'Mail'} received${becauseOf(why)}`,
  'mail.moved': ({ to }) => MOVED[String(to)] ?? 'The mail was moved in Gmail',
  'quarantine.by_hand': () => 'Made by hand of a mail that could not be read',
  'mail.quarantined': () => 'The mail could not be read and was set aside',
  'reply.planned': () => 'Answer handed over to Gmail',
  'reply.refused': () => 'Gmail did not take the answer',
  'reply.unclear': () => 'It is not known whether the answer was sent; it is left to a person',
  'reply.sent_again': () => 'Answer sent again',
  'reply.sent': ({ why }) => `Answer sent${why === 'own_answer' ? '' : becauseOf(why)}`,
  'ticket.first_responded': ({ seconds }) => `First response after ${Math.ceil(Number(seconds) / 60)} min`,
  'ticket.moved': ({ from, to }) => `${word(from)} to ${word(to)}`,
  'ticket.assigned': ({ assigneeId, person }) => `Given to ${assigneeId ? (person ?? 'someone who left') : 'nobody'}`,
  'ticket.handed_over': ({ person }) => `Handed over to ${person ?? 'someone who left'}`,
  'ticket.prioritised': ({ before, priority }) => `Priority ${word(before)} to ${word(priority)}`,
  'ticket.categorised': ({ cleared }) => (cleared ? 'Category cleared' : 'Category set'),
  'ticket.language_set': ({ language }) => (language ? `Language set: ${language}` : 'Language cleared'),
  'ticket.tagged': ({ added, removed }) => `Tags: ${added} added, ${removed} removed`,
  'ticket.field_set': ({ cleared }) => (cleared ? 'A field was emptied' : 'A field was filled in'),
  'task.made': () => 'Task made',
  'task.changed': () => 'Task changed',
  'task.done': () => 'Task done',
  'task.reopened': () => 'Task open again',
  'ticket.noted': () => 'Internal note added',
  'ticket.mentioned': ({ person }) => `${person ?? 'Someone who left'} mentioned in a note`,
  'contact.logged': ({ channel, seconds }, by) =>
    `${channel === 'call' ? 'Call' : 'Visit'} logged${by && ` by ${by}`}${seconds ? `, ${Math.round(Number(seconds) / 60)} min` : ''}`,
  'handle_time.set': ({ seconds }) => `Own time corrected to ${Math.round(Number(seconds) / 60)} min`,
  'customer.address_added': () => 'Mail address of the customer added',
  'sender.ignored': () => 'Sender ignored from now on',
  'sender.heard_again': () => 'Sender heard again',
  'ticket.voided': ({ reason }) => `Void: ${word(reason)}`,
  'ticket.unvoided': () => 'Brought back',
  'ticket.escalated': ({ person }) => `Escalated to ${person ?? 'someone who left'}`,
  'ticket.snoozed': ({ seconds }) => (seconds === null ? 'Snoozed until the customer writes' : 'Snoozed'),
  'ticket.woken': ({ why }) => WOKEN[String(why)] ?? 'Back from snoozing',
  'ticket.merged': (facts) => `Merged into ${otherIn(facts)}`,
  'ticket.absorbed': (facts) => `${otherIn(facts)} merged in: ${messagesIn(facts)}`,
  'ticket.unmerged': (facts) => `Merge into ${otherIn(facts)} taken back`,
  'ticket.released': (facts) => `Merge of ${otherIn(facts)} taken back: ${messagesIn(facts)} went`,
  'ticket.split': (facts) => `${messagesIn(facts)} split out into ${otherIn(facts)}`,
  'ticket.split_off': (facts) => `Split out of ${otherIn(facts)}`,
  'ticket.rejoined': (facts) => `Split taken back: part of ${otherIn(facts)} again`,
  'ticket.took_back': (facts) => `Split of ${otherIn(facts)} taken back: ${messagesIn(facts)} came back`,
  'suggestion.made': (facts) =>
    facts['kind'] === 'join' ? `Maybe belongs to ${otherIn(facts)}` : 'A mail is maybe about something else',
  'suggestion.taken': (facts) =>
    facts['kind'] === 'join' ? `Joined with ${otherIn(facts)}, as suggested` : 'Split out, as suggested',
  'suggestion.dismissed': (facts) =>
    facts['kind'] === 'join' ? `Does not belong to ${otherIn(facts)}` : 'The mail stays: same topic',
  'ticket.related': (facts) => `Linked with ${otherIn(facts)}`,
  'ticket.unrelated': (facts) => `No longer linked with ${otherIn(facts)}`,
  'sla.warned': ({ target }) => `${TARGETS[String(target)] ?? 'Due'} is due soon`,
  'sla.breached': ({ target, answered }) =>
    `${TARGETS[String(target)] ?? 'Due'} is overdue${answered ? ', and was made up for' : ''}`,
  'sla.met': ({ target }) => `${TARGETS[String(target)] ?? 'Due'} in time`,
  'sla.escalated': ({ raised, given }) =>
    `Escalated as overdue: ${[raised && 'one priority up', given && 'given on'].filter(Boolean).join(', ')}`,
  'reminder.set': () => 'Reminder set',
  'reminder.done': () => 'Reminder done',
  'order.linked': (facts) => `${orderIn(facts)} linked`,
  'order.link_confirmed': (facts) => `${orderIn(facts)} opened: the customer knew its number and postcode or phone`,
  'order.unlinked': (facts) => `${orderIn(facts)} taken off`,
  'order.proof_failed': (facts) => `What the customer said did not fit ${orderIn(facts, 'the order')}`,
  'claim.taken': ({ person }, by) => (person && person !== by ? `${person} is on it` : 'On it'),
  'claim.released': () => 'Done with it',
  'claim.taken_over': () => 'Took it over, with a word',
  'claim.doubled': () => 'Answered while somebody else was on it',
  'claim.yielded': () => 'Merged a ticket into it while people were on both',
  'draft.started': () => 'Answer begun',
  'macro.used': () => 'Saved reply used',
  'rule.applied': ({ acts }) => `By rule: ${ruleActs(acts)}`,
  'reply.automatic': () => 'Automatic answer handed over to Gmail',
  'thanks.refused': () => 'Needs an answer after all',
  'customer.reminded': () => 'Customer asked whether they still need help',
  'promise.found': () => 'A promise was read in the answer',
  'promise.confirmed': () => 'Promise became a reminder',
  'promise.dropped': () => 'Promise needs no reminder',
  'said.otherwise': () => 'The answer says other than what was done',
  'action.form_opened': (facts) => `Form begun on ${orderIn(facts, 'an order')}`,
  'action.handed_on': () => 'A running action is looked after by somebody else',
  'action.step_done': stepSentence('done'),
  'action.step_refused': stepSentence('refused by Shopify'),
}

/** What has no sentence of its own reads as it is named: `action.approval_asked` is `Action approval asked`. */
export function sentenceOf({ type, facts, actor }: Pick<TimelineEntry, 'type' | 'facts' | 'actor'>): string {
  const known = Object.hasOwn(SENTENCES, type) ? SENTENCES[type] : undefined
  return known ? known(facts, actor.name) : inPlainText(type)
}

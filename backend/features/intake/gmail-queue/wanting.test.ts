import { expect, test } from '@jest/globals'
import { type Account, meaningOf, type TicketState, wantedOf } from './wanting.ts'

const NORA = 'nora'
const inbox: Account = { staffId: NORA, labels: true, archive: true }
const archive: Account = { staffId: null, labels: true, archive: true }
const open: TicketState = { open: true, done: false, snoozed: false, assigneeId: null, late: false }
const done: TicketState = { ...open, open: false, done: true }

test.each([
  ['new work', open, inbox, ['unassigned', 'ticket'], false],
  ['new work in the archive', open, archive, ['unassigned', 'ticket'], false],
  ['what is mine and late', { ...open, assigneeId: NORA, late: true }, inbox, ['mine', 'breaching', 'ticket'], false],
  ["a colleague's work that is late", { ...open, assigneeId: 'sam', late: true }, inbox, ['ticket'], false],
  ['the same in the archive', { ...open, assigneeId: 'sam', late: true }, archive, ['breaching', 'ticket'], false],
  ['snoozed work', { ...open, assigneeId: NORA, late: true, snoozed: true }, inbox, ['ticket'], false],
  ['solved work', { ...done, assigneeId: NORA }, inbox, [], true],
  ['solved work where archiving is off', done, { ...inbox, archive: false }, [], false],
  ['void work stays where it is', { ...done, done: false }, inbox, [], false],
  ['work where labels are off', { ...open, assigneeId: NORA }, { ...inbox, labels: false }, [], false],
] as const)('%s has its labels', (_what, ticket, account, kinds, archived) => {
  expect(wantedOf(ticket, account)).toEqual({ kinds, archived })
})

test.each([
  ['Mine put on', ['unassigned', 'ticket'], ['unassigned', 'mine', 'ticket'], 'take'],
  ['Unassigned taken off', ['unassigned', 'ticket'], ['ticket'], 'take'],
  ['both', ['unassigned', 'ticket'], ['mine', 'ticket'], 'take'],
  ['Mine put on what a colleague has', ['ticket'], ['mine', 'ticket'], 'take'],
  ['Unassigned instead of Mine', ['mine', 'ticket'], ['unassigned', 'ticket'], 'give_back'],
  ['Unassigned beside Mine', ['mine', 'ticket'], ['mine', 'unassigned', 'ticket'], 'give_back'],
  ['Mine taken off alone', ['mine', 'ticket'], ['ticket'], null],
  ['the number taken off', ['mine', 'ticket'], ['mine'], null],
  ['Breaching put on', ['mine', 'ticket'], ['mine', 'breaching', 'ticket'], null],
  ['nothing', ['unassigned'], ['unassigned'], null],
] as const)('%s means what it says', (_what, written, found, meaning) => {
  expect(meaningOf(written, found)).toBe(meaning)
})

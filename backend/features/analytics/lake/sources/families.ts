import type { TableName } from '../tables.ts'
import { action, approval, compensation, giftCard, line, step } from './money.ts'
import { customer, leave, mailbox, session, shift, staff, workBreak } from './people.ts'
import type { Source } from './scope.ts'

/** Things that are read together, by the ids of one of them. */
export type Family = {
  name: FamilyName
  tables: readonly TableName[]
  /** Where the ids of all of them are, in the desk; without `id` they are read whole, workspace by workspace. */
  ids: { table: string; id: string | null }
  /** One for each table, which is copied as the lake holds it; null is made in another way: making/tickets.ts. */
  sources: readonly Source[] | null
  /** Small: any change of it has all of it written anew. */
  whole?: true
}

export const FAMILY_NAMES = [
  'ticket',
  'customer',
  'action',
  'gift_card',
  'compensation',
  'session',
  'break',
  'shift',
  'leave',
  'staff',
  'mailbox',
] as const
export type FamilyName = (typeof FAMILY_NAMES)[number]

const one = (name: FamilyName & TableName, table: string, source: Source): Family => ({
  name,
  tables: [name],
  ids: { table, id: 'id' },
  sources: [source],
})
const small = (name: FamilyName & TableName, source: Source): Family => ({
  name,
  tables: [name],
  ids: { table: name, id: null },
  sources: [source],
  whole: true,
})

export const FAMILIES: readonly Family[] = [
  {
    name: 'ticket',
    tables: ['rating', 'ticket', 'message', 'move', 'clock'],
    ids: { table: 'ticket', id: 'id' },
    sources: null,
  },
  one('customer', 'customer', customer),
  {
    name: 'action',
    tables: ['action', 'step', 'line', 'approval'],
    ids: { table: 'combined_action', id: 'id' },
    sources: [action, step, line, approval],
  },
  one('gift_card', 'gift_card_issue', giftCard),
  { name: 'compensation', tables: ['compensation'], ids: { table: 'compensation', id: null }, sources: [compensation] },
  one('session', 'work_session', session),
  one('break', 'work_break', workBreak),
  small('shift', shift),
  small('leave', leave),
  small('staff', staff),
  small('mailbox', mailbox),
]

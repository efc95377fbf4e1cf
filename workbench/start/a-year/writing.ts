import { setImmediate } from 'node:timers/promises'
import type pg from 'pg'
import { newId } from '../../../backend/platform/ids.ts'
import type { Google } from '../../emulators/google/google.ts'
import { DAY_MS, DAYS, daysOf, momentOf } from '../../scenarios/a-year/calendar.ts'
import { TEAM } from '../../scenarios/a-year/team.ts'
import { ticketOf } from '../../scenarios/a-year/ticket.ts'
import { drawFrom } from '../../scenarios/busy-day/drawing.ts'
import { writeAction } from './action-rows.ts'
import { type Builders, builders } from './building.ts'
import { writeCustomers } from './customer-rows.ts'
import type { Known } from './house.ts'
import { type Month, putBack, takeApart } from './months.ts'
import { keepMails, type Thread } from './old-mails.ts'
import { connectOwner } from './owner-client.ts'
import { type Pouring, pour } from './pouring.ts'
import { putAside, SAMPLED, type Shelf } from './put-aside.ts'
import { pourRecord, type Recording } from './record.ts'
import { TABLES, type TableName } from './tables.ts'
import { writeTicket } from './talk-rows.ts'
import { wordsOfTheYear } from './word-rows.ts'
import { writeWork } from './work-rows.ts'

type Wanted = { tickets: number; mailDays: number; seed: number }

type Place = Known & { google: Google; ownerUrl: string; now: number }

type Tables = Record<TableName, Pouring>

const TICKETS_A_CUSTOMER = 3.2
/** So much is made before whoever takes it gets a turn. */
const TICKETS_A_TURN = 250
/** Hardly anything is told of a ticket so long after its first mail: months before that are whole. */
const LONGEST_TALK_MS = 21 * DAY_MS

/**
 * Writes a year of the desk straight into its tables, and its last days into the mailbox, while no desk works on them.
 * @param told hears how many tickets are done
 */
export async function writeYear(
  place: Place,
  { tickets: count, mailDays, seed }: Wanted,
  told: (done: number, of: number) => void,
): Promise<void> {
  const { google, ownerUrl, now, house, orders, stems } = place
  const owner = await connectOwner(ownerUrl)
  try {
    await makeRoom(owner, now)
    const months = await takeApart(owner, RECORD, new Date(now))
    const shelf = await putAside(owner, [...LARGE.map(nameOf), ...months.map(({ table }) => table)])
    const hands = await builders(ownerUrl, HANDS)
    const build = (table: string) => hands.add((client) => shelf.build(client, table))
    const record = await pourRecord(ownerUrl, months, {
      columns: TABLES.event,
      whole: ({ table }) => build(table),
    })
    const tables: Tables = { ...(await openTables(ownerUrl)), event: record }
    const words = wordsOfTheYear(house.workspaceId, stems, tables.search_document)
    const draw = drawFrom(seed)
    const customers = Math.ceil(count / TICKETS_A_CUSTOMER)
    const people = writeCustomers(tables, house, customers, (ago) => midnight(now, ago))
    writeWork(tables, house, draw, (ago) => midnight(now, ago))
    const recent: Thread[] = []
    let number = 0
    for (const ago of daysOf(count, new Date(now))) {
      const at = midnight(now, ago) + momentOf(draw)
      number++
      if (at >= now) continue
      const ticket = ticketOf(draw, house.counting.open, { at, ago, now, customers })
      const person = people[ticket.customer] ?? people[0]
      if (!person) throw new Error('A year needs customers')
      const one = { ticket, id: newId(new Date(at)), number, customerId: person.id, customer: person }
      const mails = writeTicket(tables, house, one)
      for (const mail of mails) words.writeMail(one.id, mail)
      words.writeTicket(one)
      writeAction(tables, house, one, draw, draw.one(orders))
      if (ago <= mailDays) recent.push(mails)
      if (number % TICKETS_A_TURN === 0) {
        record.passed(at - LONGEST_TALK_MS)
        await Promise.all(Object.values(tables).map((table) => table.flush()))
        await setImmediate()
        if (number % 10_000 === 0) told(number, count)
      }
    }
    await endAll({ tables, record, hands, build }, () => keepMails(google, tables.mailbox_mail, house, recent))
    await putTogether(owner, { months, late: record.late, shelf, ownerUrl })
    await finish(owner, house.workspaceId, { number: number + 1, now })
    told(count, count)
  } finally {
    await owner.end()
  }
}

/** A midnight of the shop's clocks would move with summer; an hour more or less is nobody's story. */
const midnight = (now: number, ago: number) => Math.floor(now / DAY_MS) * DAY_MS - ago * DAY_MS

const nameOf = (table: TableName) => `desk.${table}`
const RECORD = nameOf('event')

/** Tables with as many rows as a year has tickets, or more; those that take longest to build first. */
const LARGE = ['search_document', 'message', 'ticket', 'sla_clock', 'handle_time'] as const
const isLarge = (table: TableName) => LARGE.some((large) => large === table)

/** As many as keep two cores busy. */
const HANDS = 2

type Ends = { tables: Tables; record: Recording; hands: Builders; build: (table: string) => void }

/** Each table is built as soon as it is whole. */
async function endAll(
  { tables: { event: _, mailbox_mail, ...others }, record, hands, build }: Ends,
  keepRecent: () => Promise<void>,
): Promise<void> {
  const ending = async (table: TableName) => {
    await others[table as keyof typeof others].end()
    if (isLarge(table)) build(nameOf(table))
  }
  const names = Object.keys(others) as TableName[]
  const [longest, ...large] = LARGE
  await ending(longest)
  await Promise.all([...large, ...names.filter((name) => !isLarge(name))].map(ending))
  await Promise.all([record.end(), keepRecent().then(() => mailbox_mail.end())])
  hands.add(lookOver)
  hands.add((client) => client.query('checkpoint').then(() => undefined)) // so that the server has little left to write when it is started anew
  await hands.end()
}

/** Months go back into the record, and what refers to each other does so again. */
async function putTogether(
  owner: pg.Client,
  { months, late, shelf, ownerUrl }: { months: Month[]; late: Recording['late']; shelf: Shelf; ownerUrl: string },
): Promise<void> {
  for (const month of months) await putBack(owner, RECORD, month)
  if (late.length > 0) {
    const pouring = await pour(ownerUrl, { name: RECORD, columns: TABLES.event })
    for (const row of late) pouring.row(...row)
    await pouring.end()
  }
  await shelf.refer(owner)
  await owner.query(`set default_statistics_target = ${SAMPLED}; analyze only ${RECORD}`)
}

/** Who reads tables of which nobody knows how many rows they have reads them row by row, for minutes. */
async function lookOver(client: pg.Client): Promise<void> {
  const small = (Object.keys(TABLES) as TableName[]).filter((table) => !isLarge(table) && nameOf(table) !== RECORD)
  await client.query(`set default_statistics_target = ${SAMPLED}; analyze ${small.map(nameOf).join(', ')}`)
}

/** Months of the past have no room for their record yet. */
async function makeRoom(owner: pg.Client, now: number): Promise<void> {
  for (let ago = DAYS + 31; ago > 0; ago -= 27)
    await owner.query('select app.ensure_partitions($1)', [new Date(now - ago * DAY_MS)])
}

async function openTables(url: string): Promise<Omit<Tables, 'event'>> {
  const names = (Object.keys(TABLES) as TableName[]).filter((name) => name !== 'event')
  const opened = await Promise.all(
    names.map(
      async (name) =>
        [name, await pour(url, { name: nameOf(name), columns: TABLES[name] }, { begun: isLarge(name) })] as const,
    ),
  )
  return Object.fromEntries(opened) as Omit<Tables, 'event'>
}

/** What the desk would have counted and kept by itself. No trigger told of what was poured: the lake is asked to read all of it. */
async function finish(
  owner: pg.Client,
  workspaceId: string,
  { number, now }: { number: number; now: number },
): Promise<void> {
  await owner.query(
    `insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
     values ($1, pg_current_xact_id()::text::bigint, 'all', '', $2)`,
    [workspaceId, new Date(now)],
  )
  await owner.query('update desk.workspace set next_ticket_number = $2 where workspace_id = $1', [workspaceId, number])
  for (const { seed, since } of TEAM)
    await owner.query(
      'update desk.staff set started_on = $3::timestamptz::date, created_at = $3::timestamptz where workspace_id = $1 and email = $2',
      [workspaceId, seed.email, new Date(now - since * DAY_MS)],
    )
}

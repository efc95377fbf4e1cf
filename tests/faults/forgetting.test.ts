import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { forgetKeys } from '../../backend/features/settings/index.ts'
import { eraseCustomer, listForgettingRuns, placeLegalHold, putRetentionSettings } from '../../shared/retention.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { until } from '../support/until.ts'
import { dumpOf, type WholeDump } from '../support/whole-dump.ts'
import { brought, closed, type Mail, ticketOf } from './support/conversations.ts'
import { type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { cutOff } from './support/cutting-off.ts'
import { beside, expectObjectsWhole } from './support/objects.ts'

const OLD = 400
const LONG = 300_000
const YEAR_AND_MORE = 400 * 24 * 60

let desk: CrashingDesk
let random: Random
beforeEach(async () => {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  random = randomFrom(seed)
  desk = await startCrashingDesk()
})
afterEach(() => desk.stop())

/** A mail whose words stand nowhere else; some are long, some bring a file, some a file that others bring as well. */
const mailOf = (kind: string, n: number, more: Partial<Mail> = {}): Mail => ({
  id: `${kind}-${n}`,
  from: `${kind}${n}@home.example`,
  name: `${kind} ${n}`,
  text: `It is the ${kind}word${n}x.${n % 10 === 0 ? ' A long list of jars.'.repeat(LONG / 20) : ''}`,
  ...(n % 4 === 1 ? { file: `${kind}file${n}x\r\n`.repeat(100) } : n % 4 === 3 ? { file: 'Terms of our shop' } : {}),
  ...more,
})

const several = (count: number, kind: string, more: Partial<Mail> = {}): Mail[] =>
  Array.from({ length: count }, (_, n) => mailOf(kind, n, more))

/** All that a mail left behind, whatever of it. */
const tracesOf = (dump: WholeDump, mails: readonly Mail[]): string[] =>
  mails.flatMap(({ id }) => {
    const [kind = '', n] = id.split('-')
    return [`${kind}word${n}x`, `${kind}file${n}x`].filter((word) => dump.placesOf(word).length > 0)
  })

/** As much as these mails have words to be found by. */
const wordsOf = (mails: readonly Mail[]) => mails.length + mails.filter(({ file }) => file?.includes('file')).length

/** Then sockets that were closed while nothing else ran are noticed. */
async function dump(): Promise<WholeDump> {
  const all = await beside(desk, (ctx) => dumpOf({ ...desk, ctx }))
  await pause(500)
  return all
}

/** Conversations as they stand, with their files and bytes, apart from what nobody said. */
const keptRows = async (mails: readonly Mail[]) => {
  const ids = await Promise.all(mails.map(async ({ id }) => (await ticketOf(desk, id)).ticketId))
  return desk.rows(
    `select t.id, t.subject, t.status, md5(string_agg(m::text || coalesce(r::text, '') || coalesce(a.all, ''), ' ' order by m.id)) as said
     from desk.ticket t join desk.message m on m.workspace_id = t.workspace_id and m.ticket_id = t.id
     left join desk.raw_mail r on r.workspace_id = m.workspace_id and r.id = m.raw_id
     left join lateral (select string_agg(a::text, ' ' order by a.id) as all from desk.attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id) a on true
     where t.id = any($1::uuid[]) group by t.workspace_id, t.id order by t.id`,
    [ids],
  )
}

const eventsOf = (runId: string) =>
  desk.rows<{ type: string; count: number; subjects: number }>(
    `select type, count(*)::int as count, count(distinct coalesce(ticket_id::text, payload ->> 'customerId', payload ->> 'runId'))::int as subjects
     from desk.event where payload ->> 'runId' = $1 group by type order by type`,
    [runId],
  )

/** Bytes go in jobs after the rows that named them. */
const bytesGone = () =>
  until(
    'the bytes to be gone',
    async () => {
      await desk.travel(2)
      return (
        (
          await desk.rows(
            `select from graphile_worker.jobs where task_identifier in ('intake:remove-objects', 'files:erase')`,
          )
        ).length === 0
      )
    },
    { everyMs: 500 },
  )

test('a round of retention that is killed again and again forgets all that is old and nothing else, and says it once', async () => {
  const [old, held, open] = [several(OLD, 'pear'), several(40, 'plum'), several(40, 'fig')]
  const [aged, junk] = [several(60, 'oldspam', { spam: true }), several(20, 'junk', { spam: true })]
  await brought(desk, [...old, ...held, ...open, ...aged])
  await closed(desk, [...old, ...held])
  await desk.travel(YEAR_AND_MORE)
  for (const { id } of held) {
    const { ticketId } = await ticketOf(desk, id)
    await desk.ada.call(placeLegalHold, { body: { about: 'ticket', subjectId: ticketId, reason: 'The court asks' } })
  }
  const young = several(20, 'quince')
  await brought(desk, [...young, ...junk])
  await closed(desk, young)
  const kept = [...held, ...open, ...young]
  const before = await keptRows(kept)
  expect(tracesOf(await dump(), [...old, ...aged])).toHaveLength(wordsOf(old) + wordsOf(aged))

  await desk.ada.call(putRetentionSettings, { body: { months: 12, mode: 'delete' } })
  await desk.perform(forgetKeys.name) // answers to requests of a year ago, which a night forgets by itself
  await desk.perform('retention:sweep')
  const [round] = (await desk.ada.call(listForgettingRuns)).items
  if (!round) throw new Error('No round began')
  const cuts = await cutOff(desk, random, round.id)
  await bytesGone()

  console.log(`cut off ${cuts.length} times: ${cuts.join(', ')}`)
  expect(cuts.length).toBeGreaterThan(4)
  const after = await dump()
  expect(tracesOf(after, [...old, ...aged])).toEqual([])
  expect(tracesOf(after, [...kept, ...junk])).toHaveLength(wordsOf(kept) + wordsOf(junk))
  expect(await keptRows(kept)).toEqual(before)
  const files = [...old].filter(({ file }) => file !== undefined)
  expect((await desk.ada.call(listForgettingRuns)).items).toMatchObject([
    {
      id: round.id,
      state: 'done',
      failed: 0,
      counts: {
        tickets: OLD,
        messages: OLD,
        raw_mails: OLD,
        attachments: files.length,
        customers: OLD,
        loose_mails: 60,
      },
    },
  ])
  expect(await eventsOf(round.id)).toEqual([
    { type: 'customer.forgotten', count: OLD, subjects: OLD },
    { type: 'forgetting.ended', count: 1, subjects: 1 },
    { type: 'forgetting.started', count: 1, subjects: 1 },
    { type: 'ticket.forgotten', count: OLD, subjects: OLD },
  ])
  expect(await expectObjectsWhole(desk)).toBeGreaterThan(0)
}, 1_200_000)

test('an erasure that is killed in each of its stages leaves nothing of the customer, all of the others, and one true report', async () => {
  const [NAME, ADDRESS] = ['Ottilie Zwetschgenkern', 'ottilie.zwetschgenkern@home.example']
  const her = { from: ADDRESS, name: NAME }
  const [hers, spam] = [several(100, 'pear', her), several(60, 'oldspam', { ...her, spam: true })]
  const [others, junk] = [several(60, 'fig'), several(60, 'junk', { spam: true })]
  const naming = Array.from({ length: 180 }, (_, n) =>
    mailOf('plum', n, { text: `${NAME} (${ADDRESS}) has the plumword${n}x.` }),
  )
  await brought(desk, [...hers, ...spam, ...others, ...naming, ...junk])
  await closed(desk, hers.slice(0, 50))
  const { customerId } = await ticketOf(desk, 'pear-0')
  const before = await keptRows(others)
  expect(tracesOf(await dump(), [...hers, ...spam])).toHaveLength(wordsOf(hers) + wordsOf(spam))

  const key = randomUUID()
  const ask = () =>
    desk.ada.call(eraseCustomer, {
      params: { customerId },
      body: { reason: 'customer_asked', confirmation: ADDRESS },
      key,
    })
  const asking = ask().catch((error: unknown) => error) // nobody hears the answer
  await Promise.all([asking, desk.api.killAndRestart()])
  const { id: runId } = await ask()
  const cuts = await cutOff(desk, random, runId)
  await bytesGone()

  console.log(`cut off ${cuts.length} times: ${cuts.join(', ')}`)
  expect([...new Set(cuts)].sort()).toEqual(expect.arrayContaining(['loose_mails', 'loose_words', 'tickets']))
  const after = await dump()
  expect([ADDRESS, 'zwetschgenkern'].flatMap((word) => after.placesOf(word))).toEqual([])
  expect(tracesOf(after, [...hers, ...spam])).toEqual([])
  expect(tracesOf(after, [...others, ...naming, ...junk])).toHaveLength(
    wordsOf(others) + wordsOf(naming) + wordsOf(junk),
  )
  expect(await keptRows(others)).toEqual(before)
  const [run, ...more] = (await desk.ada.call(listForgettingRuns)).items
  expect(more).toEqual([])
  expect(run).toMatchObject({
    id: runId,
    state: 'done',
    failed: 0,
    counts: { tickets: 100, messages: 100, loose_mails: 60, elsewhere: 180, customers: 1 },
  })
  expect(await eventsOf(runId)).toEqual([
    { type: 'customer.forgotten', count: 1, subjects: 1 },
    { type: 'forgetting.ended', count: 1, subjects: 1 },
    { type: 'forgetting.started', count: 1, subjects: 1 },
    { type: 'ticket.forgotten', count: 100, subjects: 100 },
  ])
  expect(await expectObjectsWhole(desk)).toBeGreaterThan(0)
}, 1_200_000)

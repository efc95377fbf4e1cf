import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type foundBy, lexemesOf, lexemesSql } from '../../backend/features/tickets/lexemes.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

type Said = Parameters<typeof foundBy>[0]

const said = (subject: string, text: string, name = 'Ada Lovelace'): Said => ({
  envelope: {
    subject,
    messageId: '<a@ada.example>',
    from: { name, address: 'ada+7@ada.example' },
    to: ['support@desk.example'],
    cc: [],
  },
  text,
})

/** Messages whose words the desk and the database do not count alike. */
const unlike = (messages: readonly Said[]): Promise<string[]> =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const written = await lexemesOf(tx, messages)
    const rows = messages.map(
      (message, n) => Prisma.sql`(${n}::int, ${written[n] ?? Prisma.empty}, ${lexemesSql(message)})`,
    )
    const differing = await tx.$queryRaw<{ n: number }[]>`
      select n from (values ${Prisma.join(rows)}) as w (n, ours, theirs) where ours <> theirs`
    return differing.map(({ n }) => JSON.stringify(messages[n]).slice(0, 300))
  })

test('words that the desk counts itself are the words that the database counts', async () => {
  expect(
    await unlike([
      said('', ''),
      said('Order FF-20418', 'Where is FF 20418, please? I ordered it, and ordering is easy. The order, the order!'),
      said(
        'Straße',
        'Die Häuser in der Straße sind schön; Müller schreibt Mueller. Bücher, Buch, buecher',
        'Jörg Müller',
      ),
      said('3.14 and 1e5', 'http://a.example/x?y=1 <b>not</b> &amp; 10-20 -5 +49 30 00 007 v1.2.3 a_b c-d'),
      said("it's", "rock 'n' roll \\ 'quoted' don't"),
      said('Заказ', 'Где мой заказ? ΑΘΗΝΑ हिन्दी 注文はどこですか'),
      said('Re: Re: Re: help', `${'again '.repeat(200)}once`),
    ]),
  ).toEqual([])
})

test('the same holds for any letters and digits, and again once the stems are known', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const upTo = (n: number) => Math.floor(random() * n)
  const letters = 'aaabcdeeefghiijklmnooprsstuuvwxyzäöüßéøñ'
  const known = [
    'running',
    'houses',
    'bestellungen',
    'gekauft',
    'flies',
    'nan',
    'inf',
    'http',
    'www',
    'e',
    'order',
    'TKT',
  ]
  const word = () =>
    [
      () => String(upTo(10 ** (1 + upTo(9)))).padStart(upTo(8), '0'),
      () => known[upTo(known.length)] ?? '',
      () => Array.from({ length: 1 + upTo(12) }, () => letters[upTo(letters.length)]).join(''),
    ][upTo(3)]?.() ?? ''
  const text = (most: number) => Array.from({ length: upTo(most) }, word).join([' ', ', ', '-', '\n'][upTo(4)])
  const messages = Array.from({ length: 150 }, (_, n) => said(text(12), text(n % 30 === 0 ? 3_000 : 150), text(4)))
  expect(await unlike(messages)).toEqual([])
  expect(await unlike(messages)).toEqual([])
})

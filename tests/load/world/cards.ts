import type pg from 'pg'
import { newId } from '../../../backend/platform/ids.ts'
import type { Box } from '../../../backend/platform/keyring.ts'
import { randomFrom } from '../../support/random.ts'
import { textOf, zipfWords } from './words.ts'
import type { WorldPlan } from './world.ts'

/** In few messages of the whole world, all of which can be opened. */
export const RARE_WORD = 'quokka'

/** Gives some tickets of a workspace a long conversation whose texts are sealed for their own rows. @returns their ids */
export async function writeCards(
  client: pg.ClientBase,
  plan: WorldPlan,
  workspaceId: string,
  box: Box,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string; customer: string; at: Date }>(
    'select id, customer_id as customer, created_at as at from desk.ticket where workspace_id = $1 order by id desc limit $2',
    [workspaceId, plan.cards.tickets],
  )
  const random = randomFrom(plan.seed + 1)
  const word = zipfWords(plan.vocabulary, random)
  const ids = rows.map(({ id }) => id)
  for (const table of ['message', 'search_document'])
    await client.query(`delete from desk.${table} where workspace_id = $1 and ticket_id = any($2::uuid[])`, [
      workspaceId,
      ids,
    ])
  for (const [place, ticket] of rows.entries()) {
    for (let number = 0; number < plan.cards.messages; number++) {
      const id = newId(ticket.at)
      const text = textOf(word, 400 + random() * 3_000)
      await client.query(
        `with stored as (
           insert into desk.message (workspace_id, id, ticket_id, direction, author_kind, author_id, sent_at, envelope, excerpt, body, created_at)
           values ($1, $2, $3, 'in', 'customer', $4, $5::timestamptz + make_interval(hours => $6), $7, $8, $9, $5) returning workspace_id, id, ticket_id, sent_at)
         insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes)
         select workspace_id, id, ticket_id, sent_at, app.lexemes_of('', '', '', $10) from stored`,
        [
          workspaceId,
          id,
          ticket.id,
          ticket.customer,
          ticket.at,
          number,
          box.seal(
            'message.envelope',
            id,
            JSON.stringify({
              subject: word(),
              messageId: id,
              from: { name: word(), address: 'a@example.com' },
              to: [],
              cc: [],
            }),
          ),
          box.seal('message.excerpt', id, text.slice(0, 400)),
          box.seal('message.body', id, text),
          number === 0 && place % 20 === 0 ? `${text} ${RARE_WORD}` : text,
        ],
      )
    }
  }
  await client.query('update desk.ticket set message_count = $3 where workspace_id = $1 and id = any($2::uuid[])', [
    workspaceId,
    ids,
    plan.cards.messages,
  ])
  return ids
}

import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { type Follower, following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { orderLinked, orderUnlinked } from '../orders/index.ts'
import { regroupingEvents, ticketCategorised, ticketCreated, ticketTagged } from '../tickets/index.ts'
import { writeTicketWords } from './ticket-words.ts'

const idsOf = (facts: readonly Fact[]) => [...new Set(facts.flatMap(({ ticketId }) => ticketId ?? []))]

/** A ticket that came by mail is found by its mail; until somebody labels it, it has no words of its own. */
const byHand = (fact: Fact): boolean => fact.type !== ticketCreated.type || fact.payload['mailboxId'] === null

const labelled = following<Ctx>(
  [ticketCreated, ticketTagged, ticketCategorised, orderLinked, orderUnlinked],
  (_ctx, tx, facts) => writeTicketWords(tx, idsOf(facts.filter(byHand))),
)

/** Messages that went to another ticket are found there. */
const regrouped = following<Ctx>(regroupingEvents, (_ctx, tx, facts) => moveWords(tx, idsOf(facts)))

export const searchFollowers: readonly Follower<Ctx>[] = [labelled, regrouped]

async function moveWords(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    update desk.search_document d set ticket_id = m.ticket_id from desk.message m
    where m.workspace_id = ${tx.workspaceId}::uuid and m.ticket_id = any(${[...ticketIds]}::uuid[])
      and d.workspace_id = m.workspace_id and d.id = m.id and d.ticket_id <> m.ticket_id`
}

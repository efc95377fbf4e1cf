import { CLAIM_WORD } from '../../../shared/claims.ts'
import type { PanelCard, PanelPress, PanelSection } from '../../../shared/panel.ts'
import { newId } from '../../platform/ids.ts'
import {
  button,
  buttons,
  clockTime,
  longInput,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../platform/panel.ts'
import { type CardPart, type CardScene, cardPart } from '../tickets/index.ts'
import { type ClaimRow, claimSql, type OpenClaim } from './holding.ts'

/** Who is on the ticket, and since when; nothing while nobody is. */
export const claimPart: CardPart = cardPart<ClaimRow | null>({
  name: 'claims',
  sql: ({ now }) => claimSql(now),
  present: (_ctx, scene, claim, ticket) =>
    present(claim === null ? null : heldSection(claim, ticket.id, { id: scene.actor.id, mayWork: mayClaim(scene) })),
  more: (_ctx, scene, claim, ticket) =>
    claim === null && mayClaim(scene) && ticket.voidReason === null
      ? [button('I am on it', pressOf(ticket.id, 'PUT', 'You are on it'))]
      : [],
})

const mayClaim = ({ actor }: CardScene): boolean =>
  actor.kind === 'staff' && ['agent', 'supervisor', 'admin'].includes(actor.role)

function heldSection(
  claim: ClaimRow,
  ticketId: string,
  me: { id: string | null; mayWork: boolean },
): PanelSection | null {
  const { name, answeredBy, doubled } = claim
  const [since, until] = [clockTime(new Date(claim.since)), clockTime(new Date(claim.until))]
  const mine = claim.staffId === me.id
  return section(
    null,
    mine ? remark(`You are on it until ${until}, longer when you go on.`) : warning(`${name} is on it since ${since}.`),
    doubled ? warning(answeredBy === null ? NAMELESS : `${answeredBy} answered meanwhile.`) : null,
    mine ? buttons(button('I am done', pressOf(ticketId, 'DELETE', 'Others see that you are done'))) : null,
    !mine && me.mayWork
      ? buttons(
          button('Take over', {
            kind: 'call',
            method: 'GET',
            path: `/v1/tickets/${ticketId}/claim/takeover-card`,
            key: null,
            lay: 'push',
          }),
        )
      : null,
  )
}

const NAMELESS = 'A second answer left meanwhile, and does not say whose it is.'

const pressOf = (ticketId: string, method: 'PUT' | 'DELETE', say: string) =>
  ({
    kind: 'change',
    method,
    path: `/v1/tickets/${ticketId}/claim`,
    key: newId(),
    body: {},
    takes: [],
    say,
  }) satisfies PanelPress

const takeoverOf = (ticketId: string) =>
  ({ ...pressOf(ticketId, 'PUT', 'You are on it'), body: { takeOver: true }, takes: ['word'] }) satisfies PanelPress

/** A word to whoever is on it; without anybody there is nothing to take over. */
export const takeoverCard = (ticketId: string, claim: OpenClaim | null): PanelCard => ({
  title: 'Take over',
  subtitle: claim && `${claim.name} is on it since ${clockTime(claim.since)}`,
  sections: present(
    section(
      null,
      claim === null
        ? remark('Nobody is on it any more. You can begin.')
        : longInput('word', `A word to ${claim.name}`, '', `Why you take over; at most ${CLAIM_WORD} characters`),
      buttons(
        claim === null
          ? button('I am on it', pressOf(ticketId, 'PUT', 'You are on it'), { filled: true })
          : button('Take over', takeoverOf(ticketId), { filled: true }),
        toTicket(ticketId),
      ),
      claim && remark(`${claim.name} gets it by mail.`),
    ),
  ),
  say: null,
})

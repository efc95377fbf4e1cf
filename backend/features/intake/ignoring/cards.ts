import type { PanelButton, PanelCard, PanelPress } from '../../../../shared/panel.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { newId } from '../../../platform/ids.ts'
import {
  button,
  buttons,
  fact,
  pick,
  plain,
  present,
  remark,
  section,
  toTicket,
  warning,
  yesNo,
} from '../../../platform/panel.ts'
import { domainOf } from '../../settings/index.ts'
import { type CardPart, type CardTicket, cardPart, changeOf, whyNoWork } from '../../tickets/index.ts'
import { knownWords, type Sender } from './of-ticket.ts'

/** Says on the card of a ticket that its sender is ignored since somebody pressed so there, and takes it back. */
export const ignoringPart: CardPart = cardPart<string | null>({
  name: 'ignoring',
  sql: () =>
    Prisma.sql`(select to_json(i.key) from desk.ignored_sender i where i.workspace_id = t.workspace_id and i.ticket_id = t.id limit 1)`,
  present: (_ctx, _scene, key, ticket) =>
    key === null
      ? []
      : present(section(null, remark(`Mail of ${key} makes no ticket any more.`), buttons(undoButton(ticket)))),
  more: (_ctx, _scene, key, ticket) => (key === null && ticket.voidReason !== 'merged' ? [ignoreButton(ticket)] : []),
})

const HEARD = 'The sender is heard again'

const undoButton = (ticket: CardTicket): PanelButton =>
  button(
    'Undo',
    changeOf(ticket, {
      method: 'DELETE',
      path: 'ignored-sender',
      body: {},
      takes: [],
      say: HEARD,
    }),
    { off: whyNoWork(ticket) },
  )

const pathOf = (ticketId: string) => `/v1/tickets/${ticketId}/ignored-sender/card` as const

const ignoreButton = (ticket: CardTicket): PanelButton => {
  const open: PanelPress = { kind: 'call', method: 'GET', path: pathOf(ticket.id), key: null, lay: 'push' }
  return button('Always ignore sender', open, { off: whyNoWork(ticket) })
}

type Form = { ticketId: string; sender: Sender; lead: boolean; problem: string | null }

/** What ignoring this sender would mean. */
export function ignoreForm({ ticketId, sender, lead, problem }: Form): PanelCard {
  const known = knownWords(sender)
  const confirm: PanelPress = { kind: 'call', method: 'POST', path: pathOf(ticketId), key: newId(), lay: 'update' }
  const whole = [
    { value: 'address', label: sender.key },
    { value: 'domain', label: `Everybody at ${domainOf(sender.key)}` },
  ]
  return {
    title: 'Always ignore this sender',
    subtitle: sender.key,
    sections: present(
      problem === null ? null : section(null, warning(problem)),
      known === null ? null : section(null, warning(known), yesNo('sure', 'Ignore all the same', 'no')),
      section(
        null,
        lead ? pick('whole', 'Ignore', whole, 'address') : null,
        plain('Later mail makes no ticket. It is counted under Settings, and can be made a ticket there for 30 days.'),
        sender.proven
          ? null
          : remark(
              'This mail is not proved to come from that address, so only such mails are ignored; the real owner is still heard.',
            ),
      ),
      section(null, buttons(button('Ignore always', confirm, { filled: true }), toTicket(ticketId))),
    ),
    say: null,
  }
}

const hearing = (ticketId: string): PanelPress => ({
  kind: 'change',
  method: 'DELETE',
  path: `/v1/tickets/${ticketId}/ignored-sender`,
  key: newId(),
  body: {},
  takes: [],
  say: HEARD,
})

export const ignoredCard = (ticketId: string, key: string): PanelCard => ({
  title: 'Ignored from now on',
  subtitle: null,
  sections: present(section(null, fact('Sender', key), buttons(button('Undo', hearing(ticketId)), toTicket(ticketId)))),
  say: `${key} is ignored`,
})

import type { PanelButton, PanelCard, PanelPress, PanelWidget } from '../../../../shared/panel.ts'
import { LEADS, WORKERS } from '../../../../shared/roles.ts'
import type { Actor } from '../../../platform/actor.ts'
import { newId } from '../../../platform/ids.ts'
import { button, buttons, plain, present, remark, section } from '../../../platform/panel.ts'
import type { Standing } from './standing.ts'

/** Who looks, and from where: the ticket that the mail answers, if any, and our own address for pages. */
export type Beside = { actor: Actor; answers: string | null; origin: string; rule: string | null }

/** What is said of an open mail that is no ticket's; null where nothing is known that helps. */
export function besideCard(standing: Standing, beside: Beside): PanelCard | null {
  if (standing.state === 'received') return waitingCard(beside)
  if (standing.suspectedId !== null) return spamCard(standing, standing.suspectedId, beside)
  if (standing.ignoredId !== null) return ignoredCard(standing.ignoredId, beside)
  return standing.quarantinedId === null ? null : quarantinedCard(standing, standing.quarantinedId, beside)
}

/** A mail that a ticket stands beside already is waited for without a word. */
const waitingCard = ({ answers }: Beside): PanelCard | null =>
  answers === null
    ? cardOf(
        'Not read yet',
        [plain('This mail has reached the desk and waits to be read. Look again in a moment.')],
        [],
        answers,
      )
    : null

const LOOK_ONLY = 'Your role looks at tickets and does not work on them.'

function spamCard({ mailbox, confirmed }: Standing, id: string, { actor, answers }: Beside): PanelCard {
  const off = isAmong(WORKERS, actor) ? null : LOOK_ONLY
  const said = confirmed
    ? 'Somebody on your team said that this mail is spam.'
    : `Gmail holds this mail to ${mailbox} for spam. It is no ticket: nothing counts it and nobody was told.`
  const path = `/v1/suspected-spam/${id}` as const
  return cardOf(
    confirmed ? 'Spam' : 'Suspected spam',
    [plain(said)],
    [
      button('No spam: make ticket', pressing(`${path}/release/card`), { filled: !confirmed, off }),
      ...(confirmed ? [] : [button('Yes, spam', pressing(`${path}/confirmation/card`), { off })]),
    ],
    answers,
  )
}

function ignoredCard(id: string, { actor, answers, rule }: Beside): PanelCard {
  const why = rule === null ? 'its sender is on the list of ignored senders' : `so says the rule «${rule}»`
  const lead = isAmong(LEADS, actor)
  return cardOf(
    'Ignored',
    [
      plain(`This mail makes no ticket: ${why}.`),
      ...(lead ? [] : [remark('A supervisor or an admin makes a ticket of it.')]),
    ],
    lead ? [button('Make ticket', pressing(`/v1/ignored-mails/${id}/filing/card`), { filled: true })] : [],
    answers,
  )
}

function quarantinedCard({ ticketId }: Standing, id: string, { actor, answers, origin }: Beside): PanelCard {
  const lead = isAmong(LEADS, actor)
  return cardOf(
    'In quarantine',
    [
      plain(
        'The desk could not read this mail. Its bytes are kept, and each new version of the desk tries it once more.',
      ),
      ...(lead ? [] : [remark('A supervisor or an admin can try it again, or make a ticket of it by hand.')]),
    ],
    [
      ...(lead
        ? [button('Quarantine', { kind: 'link', url: `${origin}/settings/quarantine/${id}` }, { filled: true })]
        : []),
      ...(ticketId === null ? [] : [button('Its ticket', { kind: 'open' as const, ticketId })]),
    ],
    answers,
  )
}

/** After a press: the work is done by a job, so the way on is to look again. */
export const doneCard = (title: string, words: string): PanelCard => cardOf(title, [plain(words)], [], null, words)

const LOOK_AGAIN: PanelButton = button('Look again', { kind: 'mail' })

function cardOf(
  title: string,
  said: readonly PanelWidget[],
  row: readonly PanelButton[],
  answers: string | null,
  say: string | null = null,
): PanelCard {
  const ticket =
    answers === null ? [] : [button('Ticket that it answers', { kind: 'open' as const, ticketId: answers })]
  return {
    title,
    subtitle: null,
    sections: present(section(null, ...said, buttons(...row, ...ticket, LOOK_AGAIN))),
    say,
  }
}

const pressing = (path: `/v1/${string}`): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path,
  key: newId(),
  lay: 'update',
})

const isAmong = (roles: readonly string[], actor: Actor): boolean =>
  actor.kind === 'staff' && roles.includes(actor.role)

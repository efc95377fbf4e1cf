import type { PanelButton, PanelCard, PanelSection, PanelWidget } from '../../../shared/panel.ts'
import { LANGUAGES } from '../../../shared/settings.ts'
import { TICKET_PRIORITIES, type TicketCardView } from '../../../shared/tickets.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { button, buttons, fact, pick, present, remark, section, toTicket } from '../../platform/panel.ts'
import {
  type CardTicket,
  cardPart,
  changeOf,
  PRIORITY_WORDS,
  type Triage,
  whyNot,
  whyNoWork,
} from '../tickets/index.ts'

/** Says which keywords decided, as long as what they decided stands, and takes it back in one press. */
export const triagePart = cardPart<Triage | null>({
  name: 'triage',
  sql: () => Prisma.sql`t.triage::json`,
  present: (_ctx, _scene, triage, ticket) => present(triage && boxOf(triage, ticket)),
  more: (_ctx, _scene, _triage, ticket) => [languageButton(ticket)],
})

const FINISHED: readonly CardTicket['status'][] = ['solved', 'closed']

function boxOf(triage: Triage, ticket: CardTicket): PanelSection | null {
  const reasons = [priorityReason(triage, ticket), categoryReason(triage, ticket)].filter((reason) => reason !== null)
  if (reasons.length === 0 || FINISHED.includes(ticket.status) || whyNot(ticket)) return null
  const byPriority = priorityReason(triage, ticket) !== null
  const byCategory = categoryReason(triage, ticket) !== null
  return {
    title: null,
    folded: byCategory ? (byPriority ? 2 : 1) : null,
    widgets: [
      fact('Keywords', reasons.join(' · '), byPriority ? 'Not so? Set the priority:' : null),
      ...(byPriority ? [otherPriorities(ticket)] : []),
      ...(byCategory ? [categoryPick(ticket)] : []),
    ],
  }
}

const because = (what: string, word: string) => `${what} because of “${word}”`

const priorityReason = ({ priority, priorityWord }: Triage, ticket: CardTicket): string | null =>
  priorityWord !== null && priority === ticket.priority ? because(PRIORITY_WORDS[priority], priorityWord) : null

function categoryReason({ category, categoryWord }: Triage, ticket: CardTicket): string | null {
  if (categoryWord === null || category !== ticket.category) return null
  return because(ticket.categories.find(({ id }) => id === category)?.label ?? category ?? '', categoryWord)
}

const otherPriorities = (ticket: CardTicket): PanelWidget =>
  buttons(
    ...TICKET_PRIORITIES.filter((priority) => priority !== ticket.priority).map((priority) =>
      button(
        PRIORITY_WORDS[priority],
        changeOf(ticket, {
          method: 'PUT',
          path: 'priority',
          body: { priority, version: ticket.version },
          takes: [],
          say: `Priority ${PRIORITY_WORDS[priority].toLowerCase()}`,
        }),
      ),
    ),
  )

/** The section «Work» has one as well: this one says what it is for. */
const categoryPick = (ticket: CardTicket): PanelWidget =>
  pick(
    'about',
    'Not so? Its category',
    ticket.categories.map(({ id, label }) => ({ value: id, label })),
    ticket.category ?? '',
    changeOf(ticket, {
      method: 'PUT',
      path: 'category',
      body: { version: ticket.version },
      takes: ['about:category'],
      say: 'Category set',
    }),
  )

const NOBODY_KNOWS = 'none'
const CHOICES = [
  { value: NOBODY_KNOWS, label: 'Nobody knows' },
  ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
]

const languageName = (language: string | null): string =>
  (language && (LANGUAGES as Record<string, string>)[language]) ?? language ?? 'unknown'

const languageButton = (ticket: CardTicket): PanelButton =>
  button(`Language: ${languageName(ticket.language)}`, {
    kind: 'call',
    method: 'GET',
    path: `/v1/tickets/${ticket.id}/language/card`,
    key: null,
    lay: 'push',
  })

/** In which language the customer writes: what answers, layouts and people are chosen by. */
export const languageCard = (ticket: TicketCardView): PanelCard => {
  const off = whyNoWork(ticket)
  const say = changeOf(ticket, { method: 'PUT', path: 'language', body: {}, takes: ['language'], say: 'Language set' })
  const chosen = ticket.language ?? NOBODY_KNOWS
  return {
    title: 'Language',
    subtitle: `${ticket.number} · ${ticket.subject}`,
    sections: present(
      section(
        null,
        off
          ? fact('Language', languageName(ticket.language))
          : pick('language', 'The customer writes', CHOICES, chosen, say),
        remark(off ?? 'Saved replies, layouts of mail and people are chosen by it. A tag like lang:de goes before it.'),
        buttons(toTicket(ticket.id)),
      ),
    ),
    say: null,
  }
}

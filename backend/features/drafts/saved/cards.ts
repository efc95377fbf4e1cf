import type { SavedReply } from '../../../../shared/drafts.ts'
import type { PanelCard, PanelPress } from '../../../../shared/panel.ts'
import { LANGUAGES, type Language } from '../../../../shared/settings.ts'
import type { TicketCardView } from '../../../../shared/tickets.ts'
import {
  button,
  buttons,
  fact,
  input,
  longInput,
  plain,
  present,
  remark,
  section,
  toTicket,
  warning,
} from '../../../platform/panel.ts'
import { changeOf, doubtOf, PRIORITY_WORDS, whyNot } from '../../tickets/index.ts'
import { leftIn } from './filling.ts'

/** A card shows 100 widgets at most. */
const MOST_SHOWN = 60
const PREVIEW = 120

const pathOf = (ticketId: string) => `/v1/tickets/${ticketId}/saved-replies`

/** Lays the list of saved replies on the card of a ticket. */
export const savedRepliesPress = (ticketId: string): PanelPress => opening(`${pathOf(ticketId)}/card`)

const opening = (path: string): PanelPress => ({ kind: 'call', method: 'GET', path, key: null, lay: 'push' })

/**
 * @param words of a title; all of them must be in it
 * @param page where they are written
 */
export function listCard(ticketId: string, saved: readonly SavedReply[], words: string, page: string): PanelCard {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = saved.filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)))
  const search: PanelPress = {
    kind: 'call',
    method: 'POST',
    path: `${pathOf(ticketId)}/card`,
    key: null,
    lay: 'update',
  }
  return {
    title: 'Saved replies',
    subtitle: null,
    sections: present(
      section(null, input('words', 'Words of the title', words), buttons(button('Search', search))),
      section(null, found.length > 0 ? null : remark(nothing(saved.length, words)), ...entries(ticketId, found)),
      section(
        null,
        found.length > MOST_SHOWN ? remark(`${found.length - MOST_SHOWN} more. Search by title.`) : null,
        buttons(button('Write or change', { kind: 'link', url: page }), toTicket(ticketId)),
      ),
    ),
    say: null,
  }
}

const entries = (ticketId: string, found: readonly SavedReply[]) =>
  found
    .slice(0, MOST_SHOWN)
    .map((saved) =>
      fact(kindOf(saved), saved.title, preview(saved.text), opening(`${pathOf(ticketId)}/${saved.id}/card`)),
    )

const nothing = (all: number, words: string): string =>
  all === 0 ? 'There are no saved replies yet. Press «Write or change».' : `No title has «${words}» in it.`

const kindOf = ({ scope, acts, used }: SavedReply): string =>
  [
    ...(scope === 'own' ? ['Yours'] : []),
    Object.keys(acts).length > 0 ? 'Macro' : 'Reply',
    ...(used > 0 ? [`used ${used} ${used === 1 ? 'time' : 'times'}`] : []),
  ].join(' · ')

function preview(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > PREVIEW ? `${line.slice(0, PREVIEW).toWellFormed()}…` : line
}

/** One saved reply, filled in; what was not known is named, and what a press does besides. */
export function oneCard(
  ticket: TicketCardView,
  saved: SavedReply,
  { language, text, assignee }: { language: string; text: string; assignee: string | null },
): PanelCard {
  const path = `${pathOf(ticket.id)}/${saved.id}`
  const off = whyNot(ticket)
  const left = leftIn(text)
  const does = doesWords(saved, assignee)
  const doubt = doubtOf(ticket)
  const use = {
    method: 'POST',
    path: `saved-replies/${saved.id}/use`,
    body: doubt ? { despiteDoubt: true } : {},
    takes: ['text'],
    needs: ['text'],
  } as const
  const send = changeOf(ticket, {
    ...use,
    takes: [...use.takes],
    needs: [...use.needs],
    say: 'The answer is on its way',
  })
  return {
    title: saved.title,
    subtitle: ticket.number,
    sections: present(
      doubt && section(null, ...doubt.map(warning), fact('Goes to', ticket.customer.email)),
      languageSection(path, saved, language),
      section(
        null,
        longInput('text', 'Answer', text, 'Change what you like; it is sent as it stands here'),
        left.length > 0 ? remark(`Still to be filled by hand: ${left.join(', ')}`) : null,
        does === '' ? null : plain(`Also: ${does}.`),
        buttons(
          button('Send', send, { off, filled: off === null }),
          button('Open in Gmail', { kind: 'draft', path: `${path}/draft?language=${language}` }, { off }),
          toTicket(ticket.id),
        ),
      ),
    ),
    say: null,
  }
}

function languageSection(path: string, { variants }: SavedReply, language: string) {
  const others = Object.keys(variants).filter((code) => code !== language)
  if (others.length === 0) return null
  const row = others.slice(0, 5).map((code) => button(nameOf(code), opening(`${path}/card?language=${code}`)))
  return section(null, fact('Language', nameOf(language)), buttons(...row))
}

const nameOf = (code: string): string => LANGUAGES[code as Language] ?? code

export const SENDING_WORDS: Record<string, string> = {
  solve: 'solved when it is sent',
  wait: 'waits for the customer when it is sent',
  keep: 'kept open',
  keep_2h: 'kept open, answer owed in 2 hours',
  keep_4h: 'kept open, answer owed in 4 hours',
  keep_tomorrow: 'kept open, answer owed by tomorrow noon',
  keep_3d: 'kept open, answer owed in 3 days',
}

/** What a saved reply does besides its text, in words; empty for nothing. @param assignee to whom it gives the ticket; null for who left */
export function doesWords({ acts }: Pick<SavedReply, 'acts'>, assignee: string | null): string {
  const { priority, category, tags = [], take, assigneeId, sending } = acts
  return [
    ...(sending ? [SENDING_WORDS[sending] ?? sending] : []),
    ...(priority ? [`priority ${PRIORITY_WORDS[priority].toLowerCase()}`] : []),
    ...(category ? [`category ${category}`] : []),
    ...(tags.length > 0 ? [`tagged ${tags.join(', ')}`] : []),
    ...(take ? ['you take it'] : []),
    ...(assigneeId && !take ? [assignee ? `given to ${assignee}` : 'its owner stays: whom it names has left'] : []),
  ].join('; ')
}

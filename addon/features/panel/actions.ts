import type { draftActionAnswer, turnActionDraft } from '../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../shared/panel.ts'
import type { moveTicket } from '../../../shared/tickets.ts'
import { follow } from '../../api.ts'
import { type AddonEvent, draftPlaceOf, readerOf } from '../../event.ts'
import type { Given } from '../../given.ts'
import type { Card } from '../../kit/card.ts'
import { draftResponse, type Shown } from '../../kit/response.ts'
import { newGmailDraft } from '../drafts/gmail-draft.ts'
import { changedCard, ticketCardFor, ticketOf } from '../tickets/reading.ts'
import { unsavedTexts } from '../tickets/unsaved-texts.ts'
import { belowOf, deeper } from './below.ts'
import { panelCard } from './panel-card.ts'
import { panelFieldsOf } from './panel-fields.ts'
import { takenBy } from './taken.ts'

/** A page of a form may be turned as often as one likes, each time with other words in it: so each turn has a key of its own. */
export function pressPanel({ event, parameter, reader }: Given<'pressPanel'>): Shown {
  const [method, key, lay] = [parameter('method'), parameter('key'), parameter('lay')]
  const shown = follow<typeof turnActionDraft>(method, parameter('path'), {
    ...(method === 'POST' || method === 'PUT' ? { body: { fields: panelFieldsOf(event) } } : {}),
    key: method === 'PUT' ? `${key}-${reader.now.getTime()}` : key,
  })
  const [ticketId, over] = [parameter('ticketId'), parameter('over')]
  const laid = panelOf(event, shown, lay === 'push' ? belowOf(ticketId, event) || deeper(over) : over)
  return { ...(lay === 'push' ? { push: laid } : { update: laid }), say: shown.say, changed: key !== '' }
}

export function changeTicket({ event, parameter, field }: Given<'changeTicket'>): Shown {
  const [body, taken, typed] = [JSON.parse(parameter('body')), takenBy(parameter('takes')), parameter('typed')]
  for (const { name, as } of taken) body[as] = field(name)
  const method = parameter('method')
  const ticket = follow<typeof moveTicket>(method, parameter('path'), {
    ...(method === 'DELETE' ? {} : { body }),
    key: parameter('key'),
  })
  if (!parameter('ticketId')) return { push: ticketCardFor(event, ticket), say: parameter('say'), changed: true } // what it was pressed on, a homepage, stays below
  const sent = taken.map(({ name }) => name)
  return changedCard(event, ticket, parameter('say'), typed ? JSON.parse(typed) : unsavedTexts(event, sent))
}

export const backToTicket = ({ event, parameter }: Given<'backToTicket'>): Shown => ({
  update: ticketCardFor(event, ticketOf(parameter('ticketId')), JSON.parse(parameter('typed') || '{}')),
})

export function draftFromPanel({ event, parameter }: Given<'draftFromPanel'>) {
  const draft = follow<typeof draftActionAnswer>('POST', parameter('path'), { body: {}, key: null })
  return draftResponse(newGmailDraft(event, draft))
}

export const panelOf = (event: AddonEvent, shown: PanelCard, over: string): Card =>
  panelCard(shown, { reader: readerOf(event), drafts: draftPlaceOf(event), over })

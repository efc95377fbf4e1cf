import type {
  ActionStart,
  draftActionAnswer,
  startActionDraft,
  turnActionDraft,
  undoAction,
} from '../../../shared/combined-actions.ts'
import type { PanelCard } from '../../../shared/panel.ts'
import { call, follow } from '../../api.ts'
import { type AddonEvent, draftPlaceOf } from '../../event.ts'
import type { Given } from '../../given.ts'
import { draftResponse, type Shown } from '../../kit/response.ts'
import { newGmailDraft } from '../drafts/gmail-draft.ts'
import { ticketCardFor, ticketOf } from '../tickets/reading.ts'
import { belowOf } from './below.ts'
import { panelCard } from './panel-card.ts'
import { panelFieldsOf } from './panel-fields.ts'
import { NOTHING_CHOSEN, startFieldOf } from './start-field.ts'

/** Chosen again, it is a new form: the order may stand otherwise by then, and a form is no action yet. */
export function startAction({ event, parameter, field, reader }: Given<'startAction'>): Shown {
  const params = { ticketId: parameter('ticketId'), orderId: parameter('orderId') }
  const start = field(startFieldOf(params.orderId))
  if (start === NOTHING_CHOSEN) return { say: 'Choose what happened.' }
  const shown = call<typeof startActionDraft>('POST', '/v1/tickets/:ticketId/orders/:orderId/action-drafts', {
    params,
    body: { start: start as ActionStart },
    key: `${parameter('key')}-${params.orderId}-${reader.now.getTime()}`,
  })
  return { push: panelOf(event, shown, belowOf(params.ticketId, event)), say: shown.say }
}

export function openPanel({ event, parameter }: Given<'openPanel'>): Shown {
  const [method, key] = [parameter('method'), parameter('key')]
  const body = method === 'POST' ? { body: {} } : {}
  const shown = follow<typeof undoAction>(method, parameter('path'), { ...body, key })
  return { push: panelOf(event, shown, belowOf(parameter('ticketId'), event)), say: shown.say, changed: key !== '' }
}

/** A page of a form may be turned as often as one likes, each time with other words in it: so each turn has a key of its own. */
export function pressPanel({ event, parameter, reader }: Given<'pressPanel'>): Shown {
  const [method, key] = [parameter('method'), parameter('key')]
  const shown = follow<typeof turnActionDraft>(method, parameter('path'), {
    ...(method === 'POST' || method === 'PUT' ? { body: { fields: panelFieldsOf(event) } } : {}),
    key: method === 'PUT' ? `${key}-${reader.now.getTime()}` : key,
  })
  const laid = panelOf(event, shown, parameter('over'))
  return { ...(parameter('lay') === 'push' ? { push: laid } : { update: laid }), say: shown.say, changed: key !== '' }
}

export const backToTicket = ({ event, parameter }: Given<'backToTicket'>): Shown => ({
  update: ticketCardFor(
    event,
    ticketOf(parameter('ticketId')),
    JSON.parse(parameter('typed')) as Record<string, string>,
  ),
})

export function draftFromPanel({ event, parameter }: Given<'draftFromPanel'>) {
  const draft = follow<typeof draftActionAnswer>('POST', parameter('path'), { body: {}, key: null })
  return draftResponse(newGmailDraft(event, draft))
}

const panelOf = (event: AddonEvent, shown: PanelCard, over: string) => panelCard(shown, over, draftPlaceOf(event))

import type { ActionStart, startActionDraft } from '../../../shared/combined-actions.ts'
import { call } from '../../api.ts'
import type { Given } from '../../given.ts'
import type { Shown } from '../../kit/response.ts'
import { panelOf } from '../panel/actions.ts'
import { belowOf } from '../panel/below.ts'
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

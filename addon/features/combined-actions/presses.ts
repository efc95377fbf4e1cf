import type { PanelPress } from '../../../shared/panel.ts'
import type { ActionOf } from '../../kit/click.ts'

/** Where a press is drawn: see parameters.ts. */
export type PressScene = { filled: string; over: string }

type OfCard = Extract<PanelPress, { kind: 'call' | 'ticket' }>

/** The action of a press that is answered with a card. */
export function actionOf(press: OfCard, { filled, over }: PressScene): ActionOf {
  if (press.kind === 'ticket')
    return {
      action: 'backToTicket',
      parameters: { ticketId: press.ticketId, onTop: press.ticketId === over ? 'yes' : 'no' },
    }
  const { method, path, key, lay } = press
  return {
    action: 'pressPanel',
    parameters: { method, path, key: key ?? '', lay, filled, over: lay === 'update' ? over : '' },
  }
}

/** A card of the backend, laid on top of one of ours. */
export const callOf = (method: string, path: string, key: string, over: string): ActionOf => ({
  action: 'pressPanel',
  parameters: { method, path, key, lay: 'push', filled: '', over },
})

export const progressOf = (actionId: string, over: string): ActionOf =>
  callOf('GET', `/v1/combined-actions/${actionId}/card`, '', over)

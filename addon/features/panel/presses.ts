import type { PanelPress } from '../../../shared/panel.ts'
import type { ActionOf } from '../../kit/click.ts'
import { placeOf } from './below.ts'

/** Where a press is drawn: see parameters.ts. `ticketId`: the ticket whose own card it stands on; empty on a card of the backend. */
export type PressScene = { ticketId: string; own: string; filled: string; over: string }

type OfCard = Exclude<PanelPress, { kind: 'link' | 'draft' }>

/** The action of a press that is answered with a card. */
export function actionOf(press: OfCard, scene: PressScene): ActionOf {
  if (press.kind === 'ticket') return backTo(press.ticketId, scene)
  if (press.kind === 'mail') return { action: 'refreshMail', parameters: {} }
  if (press.kind === 'open') return { action: 'openTicket', parameters: { ticketId: press.ticketId } }
  if (press.kind === 'change') return changeOf(press, scene)
  const { method, path, key, lay } = press
  const { ticketId, own, filled, over } = scene
  return { action: 'pressPanel', parameters: { method, path, key: key || '', lay, ticketId, own, filled, over } }
}

function changeOf(press: Extract<PanelPress, { kind: 'change' }>, { ticketId, over }: PressScene): ActionOf {
  const { method, path, key, body, takes, say } = press
  const place = ticketId ? { ticketId, onTop: '0', typed: '' } : placeOf(over)
  return {
    action: 'changeTicket',
    parameters: { method, path, key, body: JSON.stringify(body), takes: takes.join(' '), say, ...place },
  }
}

function backTo(ticketId: string, scene: PressScene): ActionOf {
  if (scene.ticketId === ticketId) return { action: 'refreshTicket', parameters: { ticketId } }
  return { action: 'backToTicket', parameters: placeOf(scene.over, ticketId) }
}

/** A press on a card of ours, none of whose fields are meant. `ticketId`: the ticket that the card is of; empty elsewhere. */
export const layOf = (
  lay: 'push' | 'update',
  call: { method: string; path: string; key: string; ticketId: string },
): ActionOf => ({
  action: 'pressPanel',
  parameters: { ...call, lay, own: '', filled: '', over: '' },
})

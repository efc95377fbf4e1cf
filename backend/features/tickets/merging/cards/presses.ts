import type { PanelPress } from '../../../../../shared/panel.ts'
import { newId } from '../../../../platform/ids.ts'

/** Lays the card of a path on top of this one. */
export const opened = (path: string): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: path as `/v1/${string}`,
  key: null,
  lay: 'push',
})

/** Puts the card of a path in place of this one. */
export const turned = (path: string): PanelPress => ({ ...opened(path), lay: 'update' }) as PanelPress

/** Sends what was typed; the answer takes the place of this card. */
export const sent = (path: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: path as `/v1/${string}`,
  key: newId(),
  lay: 'update',
})

/** Sends what was typed; the answer is laid on top of this card. */
export const sentOnTop = (path: string): PanelPress => ({ ...sent(path), lay: 'push' }) as PanelPress

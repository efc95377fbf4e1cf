import { html } from '../../../platform/html.ts'
import type { Receiver } from '../open/scene.ts'

/** Everybody who could go on with it. */
export const receiverField = (receivers: readonly Receiver[], chosen: string | null) => html`
  <label>To<select name="to">
    <option value="">Choose somebody</option>
    ${receivers.map(({ id, name }) => html`<option value=${id} selected=${id === chosen}>${name}</option>`)}
  </select></label>`

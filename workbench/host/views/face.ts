import { type Html, html } from './html.ts'
import { hue, initials } from './words.ts'

export const face = (name: string): Html => html`
  <span class="face" aria-hidden="true" style=${`--hue:${hue(name)}`}>${initials(name)}</span>`

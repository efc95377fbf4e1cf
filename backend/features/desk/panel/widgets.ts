import type { PanelButton, PanelWidget } from '../../../../shared/panel.ts'
import { html } from '../../../platform/html.ts'
import { timed, timedText } from './clock.ts'
import { checkView, dateView, inputView, pickView } from './fields.ts'
import { pressView } from './presses.ts'
import type { InSection } from './scene.ts'

type Of<K extends PanelWidget['kind']> = Extract<PanelWidget, { kind: K }>

/** One part of a card as a page shows it. */
export function widgetView(widget: PanelWidget, scene: InSection) {
  switch (widget.kind) {
    case 'text':
      return textView(widget, scene)
    case 'fact':
      return factView(widget, scene)
    case 'input':
      return inputView(widget, scene)
    case 'pick':
      return pickView(widget, scene)
    case 'check':
      return checkView(widget, scene)
    case 'date':
      return dateView(widget, scene)
    case 'buttons':
      return buttonsView(widget, scene)
  }
}

const TONES = { plain: '', remark: 'soft', warning: 'bad' } as const

const textView = ({ text, tone }: Of<'text'>, { clock }: InSection) =>
  html`<p class=${`lines ${TONES[tone]}`}>${timed(text, clock)}</p>`

function factView({ label, text, below, press }: Of<'fact'>, scene: InSection) {
  const inside = html`<small>${timed(label, scene.clock)}</small><span class="lines">${timed(text, scene.clock)}</span>${
    below && html`<small class="lines">${timed(below, scene.clock)}</small>`
  }`
  const pressed = press && pressView(press, scene, { inside, name: 'line' })
  return pressed ?? html`<p class="fact">${inside}</p>`
}

/** A button that cannot be pressed says why, once for all beside it. */
function buttonsView({ buttons }: Of<'buttons'>, scene: InSection) {
  const why = [...new Set(buttons.flatMap(({ off }) => off ?? []))]
  return html`<p class="row">${buttons.map((one) => buttonView(one, scene))}</p>
    ${why.map((words) => html`<p class="soft">${timed(words, scene.clock)}</p>`)}`
}

const buttonView = ({ label, press, filled, off }: PanelButton, scene: InSection) =>
  pressView(press, scene, {
    inside: timedText(label, scene.clock),
    name: filled ? '' : 'second',
    off: off !== null,
  })

import type { FormInputs } from '../../../apps-script/event-objects.ts'
import type { GoogleUser, Manifest } from '../../../apps-script/index.ts'
import { offsetMinutes } from '../../../apps-script/utilities/format-date.ts'
import { currentStack, type PanelState } from '../panel-state.ts'
import { type Frame, top } from '../stack.ts'
import { cardHtml, headerLine } from './card-html.ts'
import type { Drawing } from './drawing.ts'
import { drawing as glyphDrawing, picture } from './images.ts'
import { html, type Markup, toHtml } from './markup.ts'

type Setting = { manifest: Manifest; user: GoogleUser; mobile: boolean; nowMs: number }

/** The whole panel: the add-on's bar, the card or the error, a peeking card, the notification, and what this is. */
export function panelHtml(state: PanelState, setting: Setting): string {
  const { common } = setting.manifest.addOns
  const colors = common.layoutProperties
  const primary = safeColor(colors.primaryColor, '#424242')
  const secondary = safeColor(colors.secondaryColor ?? colors.primaryColor, '#2196f3')
  const style = `--sd-primary:${primary};--sd-secondary:${secondary}`
  return toHtml(
    html`<div class="sd-panel ${setting.mobile ? 'sd-mobile' : ''}" style=${style} data-place=${state.place}>
    ${bar(state, setting)}
    <div class="sd-body">${state.failure === undefined ? frame(top(currentStack(state)), state, setting) : failure(state.failure)}</div>
    ${state.peek ? html`<button type="button" class="sd-peek" data-act="peek">${headerLine(state.peek.peekCardHeader ?? state.peek.header ?? { title: common.name })}</button>` : null}
    ${state.notification ? html`<div class="sd-toast" role="status">${state.notification}</div>` : null}
    <div class="sd-emulation">Emulation of an add-on panel, not drawn by Google</div>
  </div>` as Markup,
  )
}

function bar(state: PanelState, { manifest }: Setting): Markup {
  const { name, logoUrl, universalActions } = manifest.addOns.common
  const goesBack = currentStack(state).length > (state.failure === undefined ? 1 : 0)
  return html`<div class="sd-bar">
    ${goesBack ? html`<button type="button" class="sd-back" data-act="back" aria-label="Back">${glyphDrawing('chevron_left')}</button>` : null}
    ${logoUrl && !goesBack ? picture(logoUrl, '', 'sd-logo') : null}
    <span class="sd-name sd-cut">${name}</span>
    ${
      universalActions.length > 0
        ? html`<details class="sd-menu"><summary aria-label="Add-on menu">${glyphDrawing('more_vert')}</summary>
      <div class="sd-menu-items" role="menu">${universalActions.map(({ label }, index) => html`<button type="button" role="menuitem" data-act="universal" data-index=${index}>${label}</button>`)}</div></details>`
        : null
    }
  </div>` as Markup
}

function frame(shown: Frame | undefined, state: PanelState, setting: Setting): Markup {
  if (!shown)
    return html`<p class="sd-empty">${setting.mobile && state.place === 'home' ? 'Gmail on a phone has no add-on homepage. Open a message.' : 'Nothing to show.'}</p>` as Markup
  if ('card' in shown) return cardHtml(shown.card, drawingOf(shown.values, state, setting))
  return html`<div class="sd-choose">${shown.list.map(
    (card, index) =>
      html`<button type="button" class="sd-header" data-act="choose" data-index=${index}>${headerLine(card.header ?? { title: card.name ?? 'Card' })}</button>`,
  )}</div>` as Markup
}

function failure(message: string): Markup {
  return html`<div class="sd-failure" role="alert"><strong>Something went wrong when running the add-on</strong>
    <p class="sd-text">${message}</p><button type="button" class="sd-button sd-outlined" data-act="reload"><span>Retry</span></button></div>` as Markup
}

function drawingOf(values: FormInputs, state: PanelState, { user, nowMs }: Setting): Drawing {
  return {
    enteredIn: (field) => {
      const value = values[field]
      return value && 'stringInputs' in value ? value.stringInputs.value : undefined
    },
    millisecondsOf: (field) => millisecondsOf(values[field]),
    problemOf: (field) => state.problems[field],
    offsetMinutes: offsetMinutes(nowMs, user.timeZone),
  }
}

function millisecondsOf(value: FormInputs[string] | undefined): number | undefined {
  if (!value || 'stringInputs' in value) return undefined
  if ('dateInput' in value) return value.dateInput.msSinceEpoch
  if ('timeInput' in value) return (value.timeInput.hours * 60 + value.timeInput.minutes) * 60_000
  return value.dateTimeInput.msSinceEpoch
}

const safeColor = (given: string | undefined, usual: string) =>
  given && /^#[0-9a-f]{3,6}$/i.test(given) ? given : usual

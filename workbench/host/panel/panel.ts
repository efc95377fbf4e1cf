import type { Card } from '../../apps-script/card-service/json.ts'
import type { FormInputs, Recipients } from '../../apps-script/event-objects.ts'
import type { Caller, Execution, HostApp, Platform } from '../../apps-script/index.ts'
import { homepageFunction } from '../../apps-script/manifest.ts'
import { actionPressed, emptied, enteredIn, valuesOf } from './card-form.ts'
import { problemsIn } from './form.ts'
import { genericHomepage } from './google-cards.ts'
import { panelHtml } from './html/panel-html.ts'
import { afterAction, afterTrigger, type Effects } from './outcomes.ts'
import * as states from './panel-state.ts'
import { type Click, PanelRequest } from './requests.ts'
import { top } from './stack.ts'
import { type OpenedMessage, type VisitOptions, visitOf } from './visit.ts'

export type PanelOptions = Omit<VisitOptions, 'hostApp' | 'platform'> & { hostApp?: HostApp; platform?: Platform }

/** What the browser gets: the panel drawn anew, and what the host is to do beside it. */
export type PanelAnswer = Effects & { html: string; suggestions?: string[] }
export type Panel = ReturnType<typeof createPanel>

/** The side panel of one user in one browser tab. Message ids are those of Gmail's REST API. */
export function createPanel(options: PanelOptions) {
  const { appsScript, user, hostApp = 'GMAIL', platform = 'WEB', spreadsheet, onExecution } = options
  let state = states.emptyPanel
  const visit = visitOf({ appsScript, user, hostApp, platform, spreadsheet, onExecution })
  const mobile = platform !== 'WEB'
  const common = () => appsScript.manifest().addOns.common

  /** The panel was opened outside a message, or opened again: the homepage trigger runs. Mobile has no homepage. */
  async function openHomepage(): Promise<PanelAnswer> {
    leaveFor(undefined)
    if (mobile) return answer()
    const name = homepageFunction(appsScript.manifest(), hostApp)
    if (name === undefined) state = states.showRoot(state, 'home', [genericHomepage(common().name)])
    else await showTrigger('home', name)
    return answer()
  }

  /** A message was opened: the contextual trigger runs for it, and the cards of the last message are gone. */
  async function openMessage(opened: OpenedMessage): Promise<PanelAnswer> {
    leaveFor(opened)
    const trigger = appsScript.manifest().addOns.gmail?.contextualTriggers[0]
    if (trigger) await showTrigger('contextual', trigger.onTriggerFunction)
    return answer()
  }

  /** Back to the list of mails: the homepage stack is as it was left, unless a change made it stale. */
  async function leaveMessage(): Promise<PanelAnswer> {
    if (state.stacks.home.length === 0 || state.homeIsStale) return openHomepage()
    leaveFor(undefined)
    return answer()
  }

  /** The add-on was chosen in a compose window; give such a window a panel of its own. */
  async function openCompose(draft: Recipients): Promise<PanelAnswer> {
    visit.draftOpened(draft)
    const action = appsScript.manifest().addOns.gmail?.composeTrigger?.selectActions[0]
    if (action) await showTrigger('compose', action.runFunction)
    return answer()
  }

  /** A click or a change in the card: kept back if the form is not fit to be sent, ignored while a spinner turns. */
  async function click(pressed: Click): Promise<PanelAnswer> {
    const card = shownCard()
    if (!card || visit.blocked()) return answer()
    const found = actionPressed(card, pressed)
    const formInputs = valuesOf(card, pressed.formInputs)
    const drawn = { ...formInputs, ...emptied(card, pressed.cleared ?? []) }
    const demands = {
      requiredWidgets: found?.action.requiredWidgets ?? [],
      allWidgetsAreRequired: found?.action.allWidgetsAreRequired === true,
    }
    const problems = problemsIn(enteredIn(card, formInputs), demands)
    if (Object.keys(problems).length > 0) {
      state = states.refuse(state, problems, drawn)
      return answer()
    }
    const caller: Caller = found?.draft ? 'compose' : state.place === 'compose' ? 'draft-update' : 'click'
    const spins = found?.action.loadIndicator !== 'NONE'
    const { parameters } = pressed
    const execution = await visit.run({
      name: pressed.function,
      caller,
      place: state.place,
      parameters,
      formInputs,
      spins,
    })
    return execution ? applied(execution, found?.action.persistValues === true ? drawn : {}) : answer()
  }

  /** What the script suggests for a text being typed. */
  async function suggest(typed: Click): Promise<PanelAnswer> {
    const { parameters, formInputs } = typed
    const execution = await visit.run({
      name: typed.function,
      caller: 'suggestions',
      place: state.place,
      parameters,
      formInputs,
      spins: false,
    })
    const items = execution?.ok && execution.kind === 'suggestions' ? execution.json.autoComplete.items : []
    return { ...answer(), suggestions: items.map((item) => item.text) }
  }

  /** An entry of the add-on's own menu, by its place in the manifest. */
  async function universal(index: number): Promise<PanelAnswer> {
    const entry = common().universalActions[index]
    if (!entry || visit.blocked()) return answer()
    if ('openLink' in entry) return { ...answer(), link: { url: entry.openLink } }
    const execution = await visit.run({ name: entry.runFunction, caller: 'universal', place: state.place, spins: true })
    return execution ? applied(execution, {}) : answer()
  }

  /** Runs the trigger of what is shown again, as after a window with OnClose.RELOAD was closed. */
  async function reload(): Promise<PanelAnswer> {
    if (state.place === 'compose') return openCompose(visit.draft())
    const message = visit.message()
    return message ? openMessage(message) : openHomepage()
  }

  /** One request of the browser script. Throws a ZodError for anything else. */
  async function handle(request: unknown): Promise<PanelAnswer> {
    const asked = PanelRequest.parse(request)
    switch (asked.act) {
      case 'click':
        return click(asked)
      case 'suggest':
        return suggest(asked)
      case 'universal':
        return universal(asked.index)
      case 'reload':
        return reload()
      case 'back':
        return moved(states.goBack(state))
      case 'choose':
        return moved(states.choose(state, asked.index))
      case 'peek':
        return moved(states.openPeek(state))
    }
  }

  return {
    openHomepage,
    openMessage,
    leaveMessage,
    openCompose,
    click,
    suggest,
    universal,
    reload,
    handle,
    html,
    state: () => state,
  }

  function applied(execution: Execution, kept: FormInputs): PanelAnswer {
    const { next, effects } = afterAction(state, execution, kept)
    return { ...moved(next), ...effects }
  }

  async function showTrigger(place: states.Place, name: string): Promise<void> {
    const execution = await visit.run({ name, caller: 'trigger', spins: true })
    if (execution) state = afterTrigger(state, place, execution)
  }

  function leaveFor(next: OpenedMessage | undefined): void {
    state = states.dropMessage(state)
    visit.leaveFor(next)
  }

  function shownCard(): Card | undefined {
    const frame = top(states.currentStack(state))
    return frame && 'card' in frame ? frame.card : undefined
  }

  function moved(next: states.PanelState): PanelAnswer {
    state = next
    return answer()
  }

  function answer(): PanelAnswer {
    return { html: html() }
  }

  /** The panel as it is now. */
  function html(): string {
    return panelHtml(state, { manifest: appsScript.manifest(), user, mobile, nowMs: appsScript.clock.now().getTime() })
  }
}

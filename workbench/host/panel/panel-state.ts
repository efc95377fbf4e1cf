import type { Card } from '../../apps-script/card-service/json.ts'
import type { ActionResponse } from '../../apps-script/card-service/response-json.ts'
import type { FormInputs } from '../../apps-script/event-objects.ts'
import { back, chooseFrom, navigate, rootOf, type Stack, withValues } from './stack.ts'

export type Place = 'home' | 'contextual' | 'compose'

/** The panel as Google keeps it: one stack for the homepage, one for the open message, one in a compose window. */
export type PanelState = {
  place: Place
  stacks: Readonly<Record<Place, Stack>>
  /** The homepage was overtaken by a change elsewhere and is built anew when it is shown next. */
  homeIsStale: boolean
  /** A contextual card that only peeks out below the homepage. */
  peek: Card | undefined
  notification: string | undefined
  failure: string | undefined
  /** Why the last form was not sent, by field. */
  problems: Readonly<Record<string, string>>
}

export const emptyPanel: PanelState = {
  place: 'home',
  stacks: { home: [], contextual: [], compose: [] },
  homeIsStale: false,
  peek: undefined,
  notification: undefined,
  failure: undefined,
  problems: {},
}

export const currentStack = (state: PanelState): Stack => state.stacks[state.place]

export function showRoot(state: PanelState, place: Place, cards: readonly Card[]): PanelState {
  const [only] = cards
  const peeks =
    place === 'contextual' && cards.length === 1 && only?.displayStyle === 'PEEK' && state.stacks.home.length > 0
  if (peeks) return { ...quiet(state), place: 'home', peek: only }
  return { ...quiet(withStack(state, place, rootOf(cards))), place, ...(place === 'home' && { homeIsStale: false }) }
}

/** Another message, or none: whatever was built for the last one is gone. */
export function dropMessage(state: PanelState): PanelState {
  const place = state.place === 'contextual' ? 'home' : state.place
  return { ...quiet(withStack(state, 'contextual', [])), place, peek: undefined }
}

export function openPeek(state: PanelState): PanelState {
  return state.peek
    ? { ...withStack(state, 'contextual', rootOf([state.peek])), place: 'contextual', peek: undefined }
    : state
}

/** The answer of a click, in the current stack only. */
export function applyAnswer(state: PanelState, answer: ActionResponse, kept: FormInputs): PanelState {
  const { navigations = [], notification, stateChanged } = answer
  const before = withValues(currentStack(state), kept)
  return {
    ...quiet(withStack(state, state.place, navigate(before, navigations, kept))),
    notification: notification?.text,
    homeIsStale: state.homeIsStale || (stateChanged === true && state.place !== 'home'),
  }
}

/** Cards of a universal action come on top of what is shown. */
export function showOnTop(state: PanelState, cards: readonly Card[]): PanelState {
  return quiet(withStack(state, state.place, [...currentStack(state), ...rootOf(cards)]))
}

export const goBack = (state: PanelState): PanelState =>
  state.failure === undefined ? quiet(withStack(state, state.place, back(currentStack(state)))) : quiet(state)

export const choose = (state: PanelState, index: number): PanelState =>
  quiet(withStack(state, state.place, chooseFrom(currentStack(state), index)))

export const fail = (state: PanelState, place: Place, failure: string): PanelState => ({
  ...quiet(state),
  place,
  failure,
})

/** The client kept the form back: the entered values stay and each problem stands at its field. */
export const refuse = (state: PanelState, problems: Record<string, string>, values: FormInputs): PanelState => ({
  ...quiet(withStack(state, state.place, withValues(currentStack(state), values))),
  problems,
})

function quiet(state: PanelState): PanelState {
  return { ...state, notification: undefined, failure: undefined, problems: {} }
}

function withStack(state: PanelState, place: Place, stack: Stack): PanelState {
  return { ...state, stacks: { ...state.stacks, [place]: stack } }
}

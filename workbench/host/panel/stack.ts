import type { Card } from '../../apps-script/card-service/json.ts'
import type { NavigationStep } from '../../apps-script/card-service/response-json.ts'
import type { FormInputs } from '../../apps-script/event-objects.ts'

/** One level of the panel: a card with what the user has entered, or the headers of several cards to choose from. */
export type Frame = { card: Card; values: FormInputs } | { list: Card[] }

/** The last frame is the one shown; the first is the root and is never popped. */
export type Stack = readonly Frame[]

/** What a trigger returned: one card is shown, several become a list of their headers. */
export function rootOf(cards: readonly Card[]): Stack {
  const [first, ...others] = cards
  if (!first) return []
  return [others.length > 0 ? { list: [...cards] } : shown(first)]
}

/** The navigation of an answer, step by step. `values` stay in the new top card when the action persists them. */
export function navigate(stack: Stack, steps: readonly NavigationStep[], values: FormInputs): Stack {
  return steps.reduce<Stack>((before, step) => take(before, step, values), stack)
}

export const top = (stack: Stack): Frame | undefined => stack.at(-1)

export const back = (stack: Stack): Stack => (stack.length > 1 ? stack.slice(0, -1) : stack)

/** Opens one card of a list of headers. */
export function chooseFrom(stack: Stack, index: number): Stack {
  const frame = top(stack)
  const card = frame && 'list' in frame ? frame.list[index] : undefined
  return card ? [...stack, shown(card)] : stack
}

export function withValues(stack: Stack, values: FormInputs): Stack {
  const frame = top(stack)
  return frame && 'card' in frame ? [...stack.slice(0, -1), { ...frame, values }] : stack
}

function take(stack: Stack, step: NavigationStep, values: FormInputs): Stack {
  if ('pushCard' in step) return [...stack, shown(step.pushCard)]
  if ('updateCard' in step) return [...stack.slice(0, -1), { card: step.updateCard, values }]
  if ('pop' in step) return back(stack)
  if ('popToRoot' in step) return stack.slice(0, 1)
  const at = stack.findLastIndex((frame) => 'card' in frame && frame.card.name === step.popToCard)
  return at < 0 ? stack : stack.slice(0, at + 1)
}

function shown(card: Card): Frame {
  return { card, values: {} }
}

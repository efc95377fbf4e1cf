import type { Action, ComposedDraftType, OnClick } from '../../../apps-script/card-service/json.ts'
import { traitsOf } from '../card-form.ts'

/** What the browser script needs to know of an action; it stands in the data-call attribute as JSON. */
export type CallData = {
  function: string
  parameters: Record<string, string>
  required: string[]
  allRequired: boolean
  spinner: boolean
  traits: string
}

/** The attributes that make an element do what its click handler says. */
export function clickAttributes(
  onClick: OnClick | null | undefined,
  extra: Record<string, string> = {},
): Record<string, string> {
  if (!onClick) return {}
  if (onClick.openLink?.url)
    return linkAttributes(
      onClick.openLink.url,
      onClick.openLink.onClose ?? 'NOTHING',
      onClick.openLink.openAs ?? 'FULL_SIZE',
    )
  const action = onClick.action ?? onClick.openDynamicLinkAction
  return action ? { 'data-act': 'click', 'data-call': callData(action, extra, onClick.composedDraftType) } : {}
}

export const changeAttributes = (action: Action | null | undefined): Record<string, string> =>
  action ? { 'data-change': callData(action) } : {}

export function callData(action: Action, extra: Record<string, string> = {}, draft?: ComposedDraftType): string {
  const own = (action.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? ''])
  const data: CallData = {
    function: action.function ?? '',
    parameters: { ...Object.fromEntries(own), ...extra },
    required: action.requiredWidgets ?? [],
    allRequired: action.allWidgetsAreRequired === true,
    spinner: action.loadIndicator !== 'NONE',
    traits: traitsOf(action, draft),
  }
  return JSON.stringify(data)
}

function linkAttributes(url: string, onClose: string, openAs: string): Record<string, string> {
  return { 'data-act': 'link', 'data-url': url, 'data-on-close': onClose, 'data-open-as': openAs }
}

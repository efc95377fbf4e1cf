import { inspect } from 'node:util'
import { card } from '../card-service/card.ts'
import type { Card } from '../card-service/json.ts'
import { refusedLink } from '../card-service/links.ts'
import type { ActionResponse } from '../card-service/response-json.ts'
import * as responses from '../card-service/responses.ts'
import type { ServiceClass } from '../realm/service-class.ts'
import type { Caller, Outcome } from './execution.ts'
import {
  actionJson,
  composeJson,
  draftUpdateJson,
  fileScopeJson,
  suggestionsJson,
  universalJson,
} from './response-actions.ts'
import type { Services } from './services.ts'

type Result = ({ ok: true } & Outcome) | { ok: false; message: string }

/** What each caller may be answered with; anything else is the platform's error. */
const ACCEPTED: Record<Caller, readonly Outcome['kind'][]> = {
  trigger: ['card', 'cards', 'nothing'],
  click: ['action', 'nothing'],
  suggestions: ['suggestions'],
  universal: ['universal', 'nothing'],
  compose: ['compose'],
  'draft-update': ['draft-update', 'action', 'nothing'],
}

/** The value a function returned, as the platform takes it: by its class and by who called. */
export function readReturned(value: unknown, services: Services, caller: Caller): Result {
  const outcome = outcomeOf(value, services)
  if (!outcome || !ACCEPTED[caller].includes(outcome.kind)) return { ok: false, message: unusable(value, services) }
  const link = refusedLink(outcome, services.manifest.addOns.common.openLinkUrlPrefixes)
  if (link !== undefined)
    return { ok: false, message: `The link ${link} matches no prefix of openLinkUrlPrefixes in the manifest.` }
  return { ok: true, ...outcome }
}

function outcomeOf(value: unknown, { realm }: Services): Outcome | undefined {
  if (value === undefined || value === null) return { kind: 'nothing', json: undefined }
  if (Array.isArray(value)) {
    const cards = value.map((each) => realm.find(each))
    const all = cards.length > 0 && cards.every((each) => each?.class.name === card.name)
    return all ? { kind: 'cards', json: cards.map((each) => each?.state as Card) } : undefined
  }
  const found = realm.find(value)
  const read = found && READERS.get(found.class.name)
  return read?.(found?.state)
}

const reader = <S>(made: ServiceClass<S>, read: (state: S) => Outcome | undefined) =>
  [made.name, (state: unknown) => read(state as S)] as const

const READERS = new Map<string, (state: unknown) => Outcome | undefined>([
  reader(card, (json) => ({ kind: 'card', json })),
  reader(responses.actionResponse, (state) =>
    isEmpty(state) ? undefined : { kind: 'action', json: actionJson(state) },
  ),
  reader(responses.suggestionsResponse, (state) => ({ kind: 'suggestions', json: suggestionsJson(state) })),
  reader(responses.universalActionResponse, (state) =>
    isEmpty(state) ? undefined : { kind: 'universal', json: universalJson(state) },
  ),
  reader(responses.composeActionResponse, ({ draft }) => draft && { kind: 'compose', json: composeJson(draft) }),
  reader(responses.updateDraftResponse, (state) =>
    isEmpty(state) ? undefined : { kind: 'draft-update', json: draftUpdateJson(state) },
  ),
  reader(responses.fileScopeResponse, ({ asks }) => (asks ? { kind: 'action', json: fileScopeJson() } : undefined)),
])

const isEmpty = (state: object) => Object.keys(state as ActionResponse).length === 0

function unusable(value: unknown, { realm }: Services): string {
  const found = realm.find(value)
  const shown =
    typeof value === 'object'
      ? `Object with values: ${inspect(found ? found.state : value, { depth: 3 })}`
      : String(value)
  return (
    'The value returned from Apps Script has a type that cannot be used by the add-ons platform. ' +
    `Also make sure to call build on any builder before returning it. Value: ${shown}`
  )
}

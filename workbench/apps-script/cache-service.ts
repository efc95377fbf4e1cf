import type { Services } from './execution/services.ts'
import { integer, listOf, optional, text, textMap } from './realm/parameter.ts'
import { ScriptError } from './realm/script-error.ts'
import { answer, serviceClass } from './realm/service-class.ts'

const LONGEST_KEY = 250
const LARGEST_VALUE = 100 * 1024
const USUAL_SECONDS = 600
const MOST_SECONDS = 21_600

/** Limits of [AS]/reference/cache. A document cache exists only in scripts bound to a document. */
export function cacheService({ realm, ask }: Services): object {
  const put = (kind: 'user' | 'script', entries: Record<string, string>, seconds = USUAL_SECONDS) => {
    for (const [key, value] of Object.entries(entries)) {
      if (key.length > LONGEST_KEY) throw new ScriptError('Argument too large: key')
      if (Buffer.byteLength(value) > LARGEST_VALUE) throw new ScriptError('Argument too large: value')
    }
    if (seconds < 1 || seconds > MOST_SECONDS) throw new ScriptError('Invalid argument: expirationInSeconds')
    ask('cachePut', { kind, entries, seconds })
  }
  const cache = serviceClass<{ kind: 'user' | 'script' }>('CacheService.Cache', {
    get: answer([text], ({ kind }, key) => ask('cacheGet', { kind, keys: [key] })[key] ?? null),
    getAll: answer([listOf(text)], ({ kind }, keys) => ask('cacheGet', { kind, keys })),
    put: answer([text, text, optional(integer)], ({ kind }, key, value, seconds) =>
      put(kind, { [key]: value }, seconds),
    ),
    putAll: answer([textMap, optional(integer)], ({ kind }, entries, seconds) => put(kind, entries, seconds)),
    remove: answer([text], ({ kind }, key) => ask('cacheRemove', { kind, keys: [key] })),
    removeAll: answer([listOf(text)], ({ kind }, keys) => ask('cacheRemove', { kind, keys })),
  })
  const made = serviceClass<unknown>('CacheService', {
    getUserCache: answer([], () => realm.make(cache, { kind: 'user' })),
    getScriptCache: answer([], () => realm.make(cache, { kind: 'script' })),
    getDocumentCache: answer([], () => null),
  })
  return realm.make(made, undefined)
}

import type { Services } from './execution/services.ts'
import { flag, optional, text, textMap } from './realm/parameter.ts'
import { ScriptError } from './realm/script-error.ts'
import { answer, chain, serviceClass } from './realm/service-class.ts'

const LARGEST_VALUE = 9 * 1024
const LARGEST_STORE = 500 * 1024

type Held = { kind: 'user' | 'script' }

/** Strings only; limits of [AS]/guides/services/quotas. Document properties exist only in scripts bound to a document. */
export function propertiesService({ realm, ask }: Services): object {
  const write = ({ kind }: Held, entries: Record<string, string>, replace: boolean) => {
    const tooLarge = Object.values(entries).some((value) => Buffer.byteLength(value) > LARGEST_VALUE)
    if (tooLarge) throw new ScriptError('Argument too large: value')
    const all = { ...(replace ? {} : ask('propertiesGet', { kind })), ...entries }
    if (Buffer.byteLength(JSON.stringify(all)) > LARGEST_STORE) {
      throw new ScriptError(
        'You have exceeded the property storage quota. Please remove some properties and try again.',
      )
    }
    ask('propertiesSet', { kind, entries, replace })
  }
  const properties = serviceClass<Held>('PropertiesService.Properties', {
    getProperty: answer([text], ({ kind }, key) => ask('propertiesGet', { kind })[key] ?? null),
    getProperties: answer([], ({ kind }) => ask('propertiesGet', { kind })),
    getKeys: answer([], ({ kind }) => Object.keys(ask('propertiesGet', { kind }))),
    setProperty: chain([text, text], (held: Held, key, value) => write(held, { [key]: value }, false)),
    setProperties: chain([textMap, optional(flag)], (held: Held, entries, replace) =>
      write(held, entries, replace ?? false),
    ),
    deleteProperty: chain([text], ({ kind }: Held, key) => ask('propertiesDelete', { kind, keys: [key] })),
    deleteAllProperties: chain([], ({ kind }: Held) => ask('propertiesSet', { kind, entries: {}, replace: true })),
  })
  const made = serviceClass<unknown>('PropertiesService', {
    getUserProperties: answer([], () => realm.make(properties, { kind: 'user' })),
    getScriptProperties: answer([], () => realm.make(properties, { kind: 'script' })),
    getDocumentProperties: answer([], () => null),
  })
  return realm.make(made, undefined)
}

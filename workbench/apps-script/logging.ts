import { inspect } from 'node:util'
import type { LogLine, Services } from './execution/services.ts'
import type { Parameter } from './realm/parameter.ts'
import { chain, type Method, serviceClass } from './realm/service-class.ts'

const anyOrNone: Parameter<unknown> = { optional: true, read: (value) => value }
const SEVERAL = Array.from({ length: 20 }, () => anyOrNone)

/** The console of Apps Script has these four methods and sends its lines to Cloud Logging. */
export function consoleOf({ realm, log }: Services): object {
  const writes = (severity: LogLine['severity']): Method<unknown> =>
    chain(SEVERAL, (_self, ...parts) => log({ severity, text: line(parts) }))
  const made = serviceClass<unknown>('console', {
    log: writes('DEBUG'),
    info: writes('INFO'),
    warn: writes('WARNING'),
    error: writes('ERROR'),
  })
  return realm.make(made, undefined)
}

export function loggerOf({ realm, log }: Services): object {
  const lines: string[] = []
  const made = serviceClass<unknown>('Logger', {
    log: chain(SEVERAL, (_self, ...parts) => {
      const text = line(parts)
      lines.push(text)
      log({ severity: 'INFO', text })
    }),
    clear: chain([], () => {
      lines.length = 0
    }),
    getLog: { parameters: [], chains: false, run: () => lines.join('\n') },
  })
  return realm.make(made, undefined)
}

function line(parts: readonly unknown[]): string {
  const given = parts.slice(0, parts.findLastIndex((part) => part !== undefined) + 1)
  const [first, ...rest] = given
  if (typeof first !== 'string') return given.map(show).join(' ')
  let used = 0
  const text = first.replaceAll(/%[sdjo]/g, (place) => (used < rest.length ? show(rest[used++]) : place))
  return [text, ...rest.slice(used).map(show)].join(' ')
}

const show = (value: unknown) =>
  typeof value === 'string' ? value : inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY })

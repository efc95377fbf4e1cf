import type { Services } from './services.ts'

/** What the platform shows of an error the script let pass; its stack goes to the log. */
export function failureOf(thrown: unknown, { log }: Services): { ok: false; message: string } {
  const message = describe(thrown)
  log({ severity: 'ERROR', text: [message, ...placesIn(thrown)].join('\n') })
  return { ok: false, message }
}

function describe(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null || !('message' in thrown)) return String(thrown)
  const name = 'name' in thrown ? String(thrown.name) : 'Error'
  return `${name}: ${String(thrown.message)}`
}

/** Only the script's own lines of the stack; the runtime's are of no use to its author. */
function placesIn(thrown: unknown): string[] {
  const stack = typeof thrown === 'object' && thrown !== null && 'stack' in thrown ? String(thrown.stack) : ''
  return stack.split('\n').filter((line) => line.includes('Code.js:'))
}

import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { sqlStateOf } from './database-errors.ts'
import { errorWords } from './error-words.ts'
import type { Mask } from './mask.ts'

export type { Logger }

/** Fields that may carry a person's words or address; they are replaced wherever they appear in a log line. */
const PERSONAL = [
  'email',
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'text',
  'body',
  'name',
  'address',
  'authorization',
  'token',
  'raw',
]

/**
 * The process log: one JSON line each, personal data censored up to three levels deep.
 * @param level pino's level name; `silent` for tests
 * @param options.mask goes over every line as it is written, whatever field or error it came from
 * @param options.destination standard output when left out
 */
export function createLog(
  level: string,
  process: string,
  { mask = (line) => line, destination }: { mask?: Mask; destination?: DestinationStream } = {},
): Logger {
  const paths = PERSONAL.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  const options: LoggerOptions = {
    level,
    base: { process },
    redact: { paths, censor: '[personal]' },
    serializers: { err: serializeError },
    hooks: { streamWrite: mask },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** An error without the data that it quotes: type, code, words, and the places of its stack. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const places = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at .*:\d+\)?$/.test(line))
    .slice(0, 12)
  return {
    type: error.name,
    code,
    sqlState: sqlStateOf(error) ?? undefined,
    message: errorWords(error),
    at: places,
    ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
  }
}

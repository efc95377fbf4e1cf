import { z } from 'zod'
import { DeskError } from './errors.ts'

/** Longest text that is looked at, and longest that is kept, in characters. */
const LOOKED_AT = 4_000
const KEPT = 300

/**
 * What an error says, without the data that it quotes: for logs and for the job queue, which are not encrypted.
 * @returns one line: our own words as they are, otherwise the message without addresses and anything between quotes or brackets
 */
export function errorWords(error: Error): string {
  const bare = withoutAddresses(uncut(messageOf(error)))
  const safe = error instanceof DeskError || error instanceof z.ZodError ? bare : QUOTES.reduce(withoutQuoted, bare)
  return safe.replace(/\s+/g, ' ').trim().slice(0, KEPT)
}

/** A schema's refusal names fields and types, never what was given. */
function messageOf(error: Error): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  return error.name.startsWith('PrismaClient') ? lastLine(error.message) : error.message
}

/** Prisma puts the whole call with its arguments before its last line. */
const lastLine = (message: string): string => message.trimEnd().split('\n').at(-1) ?? ''

/** A word that the limit cuts in two could be the first half of an address. */
const uncut = (message: string): string =>
  message.length > LOOKED_AT ? message.slice(0, LOOKED_AT).replace(/\S{0,400}$/, '') : message

const withoutAddresses = (message: string): string =>
  message.replace(/[^\s<>"'`=(),:;]{1,320}@[^\s<>"'`),:;]*[^\s<>"'`),:;.]/g, '[address]')

const QUOTES = [
  ['"', '"'],
  ['`', '`'],
  ["'", "'"],
  ['(', ')'],
  ['{', '}'],
] as const

/** From the first opening to the last closing, because what is quoted may hold quotes itself; to the end when none closes. */
function withoutQuoted(message: string, [open, close]: readonly [string, string]): string {
  const first = open === "'" ? message.search(/(?<![\p{L}\p{N}])'/u) : message.indexOf(open)
  if (first < 0) return message
  const last = message.lastIndexOf(close)
  return `${message.slice(0, first)}[value]${last > first ? message.slice(last + 1) : ''}`
}

import { randomInt } from 'node:crypto'
import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Shop } from '../../shop.ts'

/** As it is kept: lower-case, without the blanks and dashes that people type. */
export const plainCode = (code: string) => code.toLowerCase().replace(/[\s-]/g, '')

export const lastCharacters = ({ code }: { code: string }) => code.slice(-4)

const AT = ['input', 'code']

/** A code stays taken after its card was deactivated. The answer to a taken one has no code (facts/shopify-meta.md 1.8). */
export function codeError(shop: Shop, code: string): UserError | null {
  if (code.length < 8) return userError(AT, 'Code must be at least 8 characters long', 'TOO_SHORT')
  if (code.length > 20) return userError(AT, 'Code must be at most 20 characters long', 'TOO_LONG')
  if (!/^[a-z0-9]+$/.test(code)) return userError(AT, 'Code can only contain letters(a-z) and numbers(0-9)', 'INVALID')
  const taken = shop.tables.giftCards.by('code', code).length > 0
  return taken ? userError(AT, 'Code has already been taken', null) : null
}

/** What Shopify makes when the app brings no code of its own. */
export const newCode = () => Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'

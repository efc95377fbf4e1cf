import { type House, isOwnGroup } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'

export type AutomaticSign = 'bounce' | 'auto_submitted' | 'auto_response_suppressed' | 'bulk' | 'list'

const BOUNCERS = /^(mailer-?daemon|post_?master|mail[._-]?delivery([._-]?(subsystem|system))?)([+.].*)?@/i

/**
 * Whether a machine wrote this mail: it reopens nothing and is never answered by a machine. Rules and how often they are right:
 * facts/mail.md sections 2.5 and 5. An empty Return-Path alone proves nothing; our own group marks all it relays as a list.
 */
export function automaticSign(mail: MailText, house: House): AutomaticSign | null {
  const { headers, from } = mail
  const first = (name: keyof typeof headers) => headers[name]?.[0]?.toLowerCase() ?? ''
  if (
    /^multipart\/report/.test(first('content-type')) ||
    headers['x-failed-recipients'] ||
    BOUNCERS.test(from?.address ?? '')
  )
    return 'bounce'
  const submitted = first('auto-submitted')
  if (submitted !== '' && !/^no\b/.test(submitted)) return 'auto_submitted'
  if (headers['x-autoreply'] || headers['x-autorespond'] || headers['x-auto-reply-from']) return 'auto_submitted'
  if (headers['x-auto-response-suppress']) return 'auto_response_suppressed'
  const precedence = first('precedence')
  if (/^(bulk|junk|auto_reply)/.test(precedence)) return 'bulk'
  const listed = precedence === 'list' || headers['list-id'] !== undefined
  return listed && !isOwnGroup(house, headers['list-id']) ? 'list' : null
}

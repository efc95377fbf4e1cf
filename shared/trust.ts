import { z } from 'zod'

/** What Google found of one check: for the sender's domain, for another one, or nothing. */
export const TRUST_CODES = ['pass', 'other_domain', 'fail', 'none', 'error', 'absent'] as const
export type TrustCode = (typeof TRUST_CODES)[number]

/** own: we sent it · proven: Google proved the sender's domain · unproven: nothing did · forged: it claims to be ours and nothing proves it */
export const TRUST_LEVELS = ['own', 'proven', 'unproven', 'forged'] as const

/** Tricks that a mail shows, whether its sender is proved or not. */
export const TRUST_SIGNS = [
  'forged_team',
  'team_name',
  'like_own_domain',
  'like_known_sender',
  'address_as_name',
  'disguised_domain',
  'reply_to_elsewhere',
] as const
export type TrustSign = (typeof TRUST_SIGNS)[number]

/** How far the sender of a mail can be believed. */
export const MessageTrust = z.object({
  level: z.enum(TRUST_LEVELS),
  dmarc: z.enum(TRUST_CODES),
  dkim: z.enum(TRUST_CODES),
  spf: z.enum(TRUST_CODES),
  signs: z.array(z.enum(TRUST_SIGNS)),
  /** Whether it has to be read before anything else. */
  warns: z.boolean(),
  /** The same in sentences; none for a mail that is proved and shows no trick. */
  words: z.array(z.string()),
})
export type MessageTrust = z.infer<typeof MessageTrust>

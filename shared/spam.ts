import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { READERS, WORKERS } from './roles.ts'

/** A mail that Gmail holds for spam. It is no ticket: nothing counts it, nobody is given it, and nothing answers it. */
export const SuspectedMail = z.object({
  id: z.uuid(),
  /** The shared address that it came to. */
  mailbox: z.string(),
  sender: z.string(),
  name: z.string(),
  subject: z.string(),
  excerpt: z.string(),
  at: z.iso.datetime(),
})
export type SuspectedMail = z.infer<typeof SuspectedMail>

const tags = ['spam']

export const listSuspectedSpam = endpoint('GET', '/v1/suspected-spam', {
  summary: 'What Gmail put into spam in the last 30 days and nobody has decided about, newest first',
  callers: READERS,
  query: PageQuery,
  reply: page(SuspectedMail),
  tags,
})

export const releaseSuspectedSpam = endpoint('POST', '/v1/suspected-spam/:suspectedId/release', {
  summary: 'Makes a ticket of it a moment later, and takes it out of spam in Gmail',
  callers: WORKERS,
  body: z.object({}),
  reply: z.object({ released: z.boolean() }),
  tags,
})

export const confirmSuspectedSpam = endpoint('POST', '/v1/suspected-spam/:suspectedId/confirmation', {
  summary: 'It is spam: takes it off the list and leaves it where it is in Gmail',
  callers: WORKERS,
  body: z.object({}),
  reply: z.object({ confirmed: z.boolean() }),
  tags,
})

export const releaseOpenMail = endpoint('POST', '/v1/suspected-spam/:suspectedId/release/card', {
  summary: 'The same from the card beside the mail, answered with a card',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
  tags: ['panel'],
})

export const confirmOpenMail = endpoint('POST', '/v1/suspected-spam/:suspectedId/confirmation/card', {
  summary: 'It is spam, said on the card beside the mail',
  callers: WORKERS,
  body: PanelFields,
  reply: PanelCard,
  tags: ['panel'],
})

import type { Notice } from './sending.ts'

/**
 * A notice in plain text: what is needed to act and nothing of the customer; the rest is behind the link, for who is signed in.
 * @param link null where there is no page to go to
 */
export const noticeText = (about: string, subject: string, lines: readonly string[], link: string | null): Notice => ({
  about,
  subject,
  text: [
    ...lines,
    '',
    ...(link === null ? [] : [link, '']),
    'Sidedesk wrote this mail. Do not answer it: an answer becomes a ticket, as any other mail does.',
    '',
  ].join('\n'),
})

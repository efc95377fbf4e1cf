import type { Answer } from '../http/router.ts'
import type { Manners } from '../http/server.ts'
import { GoogleError, notFound, OAuthError, tooLarge } from './error.ts'

/** How Google says no. */
export const manners: Omit<Manners, 'report'> = {
  /** Above Gmail's own 35 MiB for an upload, to leave room for base64 and JSON around an import. */
  largestBody: 220 * 1024 * 1024,
  tooLarge: () => answerOf(tooLarge()),
  notFound: (request) => answerOf(notFound(`${request} is not part of this emulation.`)),
  failed: () => ({
    status: 500,
    json: { error: { code: 500, message: 'The emulator failed; see its log.', status: 'INTERNAL' } },
  }),
  answerFor(error) {
    if (error instanceof GoogleError) return answerOf(error)
    if (error instanceof OAuthError) return { status: error.code, json: error.body }
    return undefined
  },
}

const answerOf = (error: GoogleError): Answer => ({
  status: error.code,
  json: error.body,
  headers: error.refusal.headers ?? {},
})

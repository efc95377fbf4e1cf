import { gmailRest } from '../gmail-app/gmail-rest.ts'
import type { gmailIds } from '../gmail-app/ids.ts'
import { mailbox } from '../gmail-app/mailbox.ts'
import type { messageTokens } from '../gmail-app/message-tokens.ts'
import { fetchForScript } from '../http.ts'
import type { AppsScriptOptions } from '../index.ts'
import type { Manifest } from '../manifest.ts'
import { costOf, type SpreadsheetStore } from '../spreadsheet/store.ts'
import type { cacheStore } from '../stores/cache-store.ts'
import type { propertyStore } from '../stores/property-store.ts'
import type { GoogleUser } from '../user.ts'
import type { meter } from './meter.ts'
import type { Answers, Store } from './questions.ts'

type Parts = {
  options: AppsScriptOptions
  manifest: Manifest
  user: GoogleUser
  ids: ReturnType<typeof gmailIds>
  tokens: ReturnType<typeof messageTokens>
  caches: ReturnType<typeof cacheStore>
  properties: ReturnType<typeof propertyStore>
  spreadsheets: SpreadsheetStore
  meter: ReturnType<typeof meter>
  signal: AbortSignal
}

/** What the main thread does for one execution of one user. */
export function answersFor(parts: Parts): Answers {
  const { options, manifest, user, ids, tokens, caches, properties, spreadsheets, meter, signal } = parts
  const owner = ({ kind }: Store) => (kind === 'user' ? `user:${user.email}` : 'script')
  const web = { resolveUrl: options.resolveUrl ?? ((url: string) => url), allowed: manifest.urlFetchWhitelist, signal }
  const gmail = async () => {
    const rest = gmailRest(options.gmailUrl, await options.gmailAccessToken(user), signal)
    return mailbox({ rest, ids, tokens, email: user.email })
  }
  return {
    fetch: (requests) => {
      for (const _ of requests) meter.count('UrlFetchApp.fetch')
      return Promise.all(requests.map((request) => fetchForScript(request, web)))
    },
    identityToken: (claims) => options.identityToken(user, claims),
    gmailMessage: async (question) => (await gmail()).message(question),
    gmailThread: async (question) => (await gmail()).thread(question),
    gmailDraft: async (question) => (await gmail()).draft(question),
    cacheGet: (question) => caches.get(owner(question), question.keys),
    cachePut: (question) => void caches.put(owner(question), question.entries, question.seconds),
    cacheRemove: (question) => void caches.remove(owner(question), question.keys),
    propertiesGet: (question) => properties.get(owner(question)),
    propertiesSet: (question) => void properties.set(owner(question), question.entries, question.replace),
    propertiesDelete: (question) => void properties.delete(owner(question), question.keys),
    spreadsheet: ({ method, asked }) => {
      meter.count(method, costOf(asked))
      return spreadsheets.do(asked, user.email)
    },
  }
}

import type { Answer, Call, Route } from '../../http/router.ts'
import type { User } from '../directory.ts'
import { delegationDenied, insufficientScopes, invalid, notFound, unauthenticated } from '../error.ts'
import { errorFor } from '../faults.ts'
import type { Ground } from '../ground.ts'
import type { Token } from '../store/entries.ts'
import type { Mail, Mailbox } from '../store/mailbox.ts'
import { type Upload, uploadIn } from './upload.ts'

export interface GmailCall {
  ground: Ground
  user: User
  token: Token
  box: Mailbox
  query: URLSearchParams
  params: Record<string, string>
  /** This reader sees an older state of the mailbox. */
  stale: boolean
  disordered: boolean
  upload(): Upload
  json(): Record<string, unknown>
}

export interface GmailMethod {
  /** As Google names it, without `gmail.users.`. */
  name: string
  verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below users/:userId/. */
  path: string
  scopes: readonly string[]
  /** Also reachable under /upload. */
  media?: boolean
  /** The reply's body; undefined answers 204. */
  run(call: GmailCall): unknown
}

/** Each method checks identity, scope, faults and quota in that order, then does its work. */
export const gmailRoutes = (ground: Ground, methods: GmailMethod[]): Route[] =>
  methods.flatMap((method) =>
    ['/gmail/v1', ...(method.media ? ['/upload/gmail/v1'] : [])].map((root) => ({
      method: method.verb,
      pattern: `${root}/users/:userId/${method.path}`,
      run: (call) => answer(ground, method, call),
    })),
  )

export function mailOf(box: Mailbox, id: string | undefined): Mail {
  const mail = box.mails.get(id ?? '')
  if (mail) return mail
  if (!/^[0-9a-f]{1,16}$/.test(id ?? '')) throw invalid('Invalid id value')
  throw notFound()
}

/** A list of strings in a JSON body; left out means none. */
export function strings(json: Record<string, unknown>, name: string): string[] {
  const value = json[name] ?? []
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string'))
    throw invalid(`Invalid value at '${name}'`)
  return value as string[]
}

export function pageSize(query: URLSearchParams, otherwise = 100, most = 500) {
  const asked = Number(query.get('maxResults') ?? otherwise)
  if (!Number.isInteger(asked) || asked < 0) throw invalid('Invalid value at max_results')
  return Math.min(asked || otherwise, most)
}

async function answer(ground: Ground, method: GmailMethod, call: Call): Promise<Answer> {
  const name = `gmail.users.${method.name}`
  const token = bearerOf(ground, call)
  const user = ground.directory.user(token.email)
  if (!user) throw unauthenticated()
  const userId = call.params.userId ?? ''
  if (userId !== 'me' && userId.toLowerCase() !== user.email) throw delegationDenied(userId)
  if (!method.scopes.some((scope) => token.scopes.includes(scope))) throw insufficientScopes(name)
  const fault = ground.faults.take(name, user.email)
  const error = fault && errorFor(fault)
  if (error) throw error
  if (fault?.kind === 'timeout') return new Promise(() => undefined)
  if (fault?.kind === 'closed') return { hangUp: true }
  ground.quota.spend(user.email, name)
  const json = method.run({
    ground,
    user,
    token,
    box: ground.store.box(user.email),
    query: call.query,
    params: call.params,
    stale: fault?.kind === 'stale',
    disordered: fault?.kind === 'disordered',
    upload: () => uploadIn(call),
    json: () => uploadIn(call).json,
  })
  if (fault?.kind === 'lost-reply') return { hangUp: true }
  return json === undefined ? { status: 204 } : { json }
}

function bearerOf(ground: Ground, call: Call): Token {
  const value = /^Bearer\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? call.query.get('access_token') ?? ''
  const token = ground.tokens.find('access', value)
  if (!token) throw unauthenticated()
  return token
}

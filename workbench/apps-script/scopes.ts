import { ScriptError } from './realm/script-error.ts'

const auth = (name: string) => `https://www.googleapis.com/auth/${name}`

export const SCOPES = {
  openid: 'openid',
  email: auth('userinfo.email'),
  externalRequest: auth('script.external_request'),
  locale: auth('script.locale'),
  messageMetadata: auth('gmail.addons.current.message.metadata'),
  messageReadonly: auth('gmail.addons.current.message.readonly'),
  messageAction: auth('gmail.addons.current.message.action'),
  compose: auth('gmail.addons.current.action.compose'),
  spreadsheetsCurrent: auth('spreadsheets.currentonly'),
  spreadsheets: auth('spreadsheets'),
  mail: 'https://mail.google.com/',
} as const

export type Permissions = ReturnType<typeof permissionsOf>

/** What the manifest's oauthScopes allow; every user has consented to all of them. */
export function permissionsOf(granted: readonly string[]) {
  const has = (scope: string) => granted.includes(scope)
  return {
    has,
    /** Throws in the script unless one of the scopes is granted. */
    demand(method: string, anyOf: readonly string[]): void {
      if (anyOf.some(has)) return
      const needed = anyOf.join(' || ')
      const sentence = `Specified permissions are not sufficient to call ${method}. Required permissions: ${anyOf.length > 1 ? `(${needed})` : needed}`
      throw new ScriptError(sentence)
    },
  }
}

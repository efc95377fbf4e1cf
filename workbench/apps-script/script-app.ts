import type { Services } from './execution/services.ts'
import { answer, serviceClass } from './realm/service-class.ts'
import { SCOPES } from './scopes.ts'

export function scriptApp({ realm, ask, permissions }: Services): object {
  const made = serviceClass<unknown>('ScriptApp', {
    /** Null without openid; the e-mail address is a claim only with userinfo.email. */
    getIdentityToken: answer([], () =>
      permissions.has(SCOPES.openid) ? ask('identityToken', { email: permissions.has(SCOPES.email) }) : null,
    ),
  })
  return realm.make(made, undefined)
}

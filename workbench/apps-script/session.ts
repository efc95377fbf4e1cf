import type { Services } from './execution/services.ts'
import { answer, serviceClass } from './realm/service-class.ts'
import { SCOPES } from './scopes.ts'

/** A user whose address is blank unless userinfo.email is granted. */
export function session({ realm, permissions, user, manifest }: Services): object {
  const person = serviceClass<unknown>('Session.User', {
    getEmail: answer([], () => (permissions.has(SCOPES.email) ? user.email : '')),
  })
  const made = serviceClass<unknown>('Session', {
    getActiveUser: answer([], () => realm.make(person, undefined)),
    getEffectiveUser: answer([], () => realm.make(person, undefined)),
    getActiveUserLocale: answer([], () => {
      permissions.demand('Session.getActiveUserLocale', [SCOPES.locale])
      return user.locale
    }),
    getScriptTimeZone: answer([], () => manifest.timeZone),
  })
  return realm.make(made, undefined)
}

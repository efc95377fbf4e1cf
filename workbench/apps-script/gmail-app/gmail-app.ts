import type { Services } from '../execution/services.ts'
import { isPlainObject, optional, plainObject, text } from '../realm/parameter.ts'
import { ScriptError } from '../realm/script-error.ts'
import { answer, serviceClass } from '../realm/service-class.ts'
import { SCOPES } from '../scopes.ts'
import { gmailDraft } from './draft.ts'
import { draftOptions } from './draft-options.ts'
import type { Mail } from './mail.ts'
import { openMail } from './message.ts'

const READ = [SCOPES.messageReadonly, SCOPES.messageAction, SCOPES.messageMetadata, SCOPES.mail]

/** GmailApp as an add-on may use it: the open mail and its thread by the mail's token, and drafts. */
export function gmailApp(services: Services): object {
  const { realm, ask, permissions } = services
  let token: string | undefined
  const current = () => {
    if (token === undefined)
      throw new ScriptError('Access denied: no current message access token is set in this execution.')
    return token
  }
  const mail = openMail(services, current)
  const app = serviceClass<unknown>('GmailApp', {
    setCurrentMessageAccessToken: answer([text], (_app, given) => {
      token = given
    }),
    getMessageById: answer([text], (_app, id) => {
      permissions.demand('GmailApp.getMessageById', READ)
      return mail.message(ask('gmailMessage', { id, token: current() }) as Mail)
    }),
    getThreadById: answer([text], (_app, id) => {
      permissions.demand('GmailApp.getThreadById', [SCOPES.messageReadonly, SCOPES.mail])
      return mail.thread(id)
    }),
    createDraft: answer([text, text, text, optional(plainObject)], (_app, to, subject, body, options) => {
      permissions.demand('GmailApp.createDraft', [SCOPES.compose, SCOPES.mail])
      const draft = { to, subject, body, ...draftOptions(isPlainObject(options) ? options : {}) }
      return realm.make(gmailDraft, ask('gmailDraft', { draft, token }))
    }),
  })
  return realm.make(app, undefined)
}

import type { Services } from '../execution/services.ts'
import { isPlainObject, optional, plainObject, text } from '../realm/parameter.ts'
import { answer, type Method, type ServiceClass, serviceClass } from '../realm/service-class.ts'
import { SCOPES } from '../scopes.ts'
import { gmailDraft } from './draft.ts'
import { draftOptions } from './draft-options.ts'
import type { Mail } from './mail.ts'

const METADATA = [SCOPES.messageReadonly, SCOPES.messageAction, SCOPES.messageMetadata, SCOPES.mail]
const CONTENT = [SCOPES.messageReadonly, SCOPES.messageAction, SCOPES.mail]
const WHOLE_THREAD = [SCOPES.messageReadonly, SCOPES.mail]
const DRAFTS = [SCOPES.compose, SCOPES.mail]

type Attachment = Mail['attachments'][number]

const attachmentClass = serviceClass<Attachment>('GmailApp.GmailAttachment', {
  getName: answer([], (attachment) => attachment.name),
  getContentType: answer([], (attachment) => attachment.contentType),
  getSize: answer([], (attachment) => attachment.size),
})

/** GmailMessage and GmailThread of one execution: each method asks for the scope it needs and for the token that was set. */
export function openMail({ realm, ask, permissions }: Services, token: () => string) {
  const reads = (name: string, scopes: readonly string[], read: (mail: Mail) => unknown): [string, Method<Mail>] => [
    name,
    answer([], (mail: Mail) => {
      permissions.demand(`GmailMessage.${name}`, scopes)
      return read(mail)
    }),
  ]

  const replies = (name: string, all: boolean): [string, Method<Mail>] => [
    name,
    answer([text, optional(plainObject)], (mail: Mail, body, options) => {
      permissions.demand(`GmailMessage.${name}`, DRAFTS)
      const answers = { messageId: mail.id, all }
      const draft = { to: '', subject: '', body, ...draftOptions(isPlainObject(options) ? options : {}), answers }
      return realm.make(gmailDraft, ask('gmailDraft', { draft, token: token() }))
    }),
  ]

  const messageClass: ServiceClass<Mail> = serviceClass<Mail>('GmailApp.GmailMessage', {
    ...Object.fromEntries([
      reads('getId', METADATA, (mail) => mail.id),
      reads('getThread', METADATA, (mail) => thread(mail.threadId)),
      reads('getSubject', METADATA, (mail) => mail.subject),
      reads('getFrom', METADATA, (mail) => mail.from),
      reads('getTo', METADATA, (mail) => mail.to),
      reads('getCc', METADATA, (mail) => mail.cc),
      reads('getBcc', METADATA, (mail) => mail.bcc),
      reads('getReplyTo', METADATA, (mail) => mail.replyTo),
      reads('getDate', METADATA, (mail) => new Date(mail.dateMs)),
      reads('getPlainBody', CONTENT, (mail) => mail.plainBody),
      reads('getBody', CONTENT, (mail) => mail.body),
      reads('getAttachments', CONTENT, (mail) => mail.attachments.map((each) => realm.make(attachmentClass, each))),
      replies('createDraftReply', false),
      replies('createDraftReplyAll', true),
    ]),
    // Whether .metadata alone is enough here is undocumented, so the emulation asks for more.
    getHeader: answer([text], (mail, name) => {
      permissions.demand('GmailMessage.getHeader', CONTENT)
      return mail.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? ''
    }),
  })

  const threadClass = serviceClass<{ id: string }>('GmailApp.GmailThread', {
    getId: answer([], ({ id }) => id),
    getMessages: answer([], ({ id }) => {
      permissions.demand('GmailThread.getMessages', WHOLE_THREAD)
      return ask('gmailThread', { id, token: token() }).map(message)
    }),
    getMessageCount: answer([], ({ id }) => {
      permissions.demand('GmailThread.getMessageCount', WHOLE_THREAD)
      return ask('gmailThread', { id, token: token() }).length
    }),
  })

  function message(mail: Mail): object {
    return realm.make(messageClass, mail)
  }

  function thread(id: string): object {
    return realm.make(threadClass, { id })
  }

  return { message, thread }
}

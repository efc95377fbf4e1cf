import { Router } from 'express'
import { type Agent, agentOf, type Ground } from '../ground.ts'
import { dataAddress } from '../mail/html-mail.ts'
import { answerTo, composed, Outgoing } from '../mail/outgoing.ts'
import { type ConversationView, conversationOf, mailOf } from '../mail/view.ts'
import { composeBox } from '../views/compose.ts'
import { conversationPage } from '../views/conversation.ts'
import { fragment } from '../views/html.ts'
import { inboxList } from '../views/inbox-list.ts'

/** Types a browser may show in place; anything else is offered as a download. */
const SHOWN_IN_PLACE = /^(image\/(png|jpeg|gif|webp)|application\/pdf|text\/plain)$/

/** What the page asks about one agent's mailbox, all of it read over the Gmail API. */
export function mailRoutes(ground: Ground): Router {
  const router = Router()

  router.get('/mail/:agent/inbox', async (request, response) => {
    const inbox = await agentOf(ground, request.params.agent).inbox()
    response.set('etag', `"${inbox.version}"`)
    if (request.fresh) return void response.status(304).end()
    response.send(fragment(inboxList(inbox, ground.options.clock.now())))
  })

  router.get('/mail/:agent/threads/:thread', async (request, response) => {
    const agent = agentOf(ground, request.params.agent)
    const conversation = conversationOf(await agent.mailbox.thread(request.params.thread))
    if (conversation.mails.some((mail) => mail.unread)) await agent.mailbox.markRead(conversation.threadId)
    response.send(
      fragment(
        conversationPage({ conversation, pictures: await picturesOf(agent, conversation), agent: agent.handle }),
      ),
    )
  })

  router.get('/mail/:agent/threads/:thread/answer', async (request, response) => {
    const agent = agentOf(ground, request.params.agent)
    const { mails } = conversationOf(await agent.mailbox.thread(request.params.thread))
    response.send(fragment(composeBox(answerTo(mails, ground.options.shop.support), shownFrom(agent))))
  })

  router.get('/mail/:agent/drafts/:draft', async (request, response) => {
    const agent = agentOf(ground, request.params.agent)
    const draft = await agent.mailbox.draft(request.params.draft)
    const { to, cc, bcc, replyTo, subject, text } = mailOf(draft.message)
    response.send(
      fragment(
        composeBox(
          { to, cc, bcc, replyTo, subject, text, draftId: draft.id, threadId: draft.message.threadId },
          shownFrom(agent),
        ),
      ),
    )
  })

  router.delete('/mail/:agent/drafts/:draft', async (request, response) => {
    await agentOf(ground, request.params.agent).mailbox.discardDraft(request.params.draft)
    response.status(204).end()
  })

  router.post('/mail/:agent/sent', async (request, response) => {
    const sent = await send(agentOf(ground, request.params.agent), Outgoing.parse(request.body))
    response.json({ id: sent.id, threadId: sent.threadId })
  })

  router.get('/mail/:agent/files/:message/:file', async (request, response) => {
    const agent = agentOf(ground, request.params.agent)
    const { files } = mailOf(await agent.mailbox.message(request.params.message))
    const file = files.find(({ attachmentId }) => attachmentId === request.params.file)
    const bytes = await agent.mailbox.attachment(request.params.message, request.params.file)
    const type = file && SHOWN_IN_PLACE.test(file.type) ? file.type : 'application/octet-stream'
    if (type === 'application/octet-stream') response.attachment(file?.name ?? 'attachment')
    response.set({
      'content-type': type,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    response.send(bytes)
  })

  return router
}

/** A draft that is sent keeps the threading headers it was made with. */
async function send(agent: Agent, mail: Outgoing) {
  if (mail.draftId) {
    const { messageId, references } = await answeredBy(agent, mail.draftId)
    return agent.mailbox.sendDraft(mail.draftId, await composed(agent.sendsAs, mail, { messageId, references }))
  }
  const answered = mail.answers ? mailOf(await agent.mailbox.message(mail.answers)) : undefined
  return agent.mailbox.send(await composed(agent.sendsAs, mail, answered), answered?.threadId)
}

async function answeredBy(agent: Agent, draftId: string) {
  const { message } = await agent.mailbox.draft(draftId)
  const inReplyTo =
    message.payload.headers?.find(({ name }) => name.toLowerCase() === 'in-reply-to')?.value.trim() ?? ''
  return { messageId: inReplyTo, references: mailOf(message).references.filter((id) => id !== inReplyTo) }
}

async function picturesOf(agent: Agent, { mails }: ConversationView): Promise<Map<string, string>> {
  const shown = mails.flatMap((mail) =>
    mail.files
      .filter((file) => file.contentId && file.type.startsWith('image/') && mail.html.includes(`cid:${file.contentId}`))
      .map((file) => ({ mail, file })),
  )
  const loaded = await Promise.all(
    shown.map(
      async ({ mail, file }) =>
        [file.contentId, dataAddress(file.type, await agent.mailbox.attachment(mail.id, file.attachmentId))] as const,
    ),
  )
  return new Map(loaded)
}

const shownFrom = ({ sendsAs, name }: Agent) => `${sendsAs.name} <${sendsAs.address}> (${name})`

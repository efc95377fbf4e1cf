import { ScriptError } from '../realm/script-error.ts'
import type { gmailRest } from './gmail-rest.ts'
import type { gmailIds } from './ids.ts'
import type { CreatedDraft, Mail, NewDraft } from './mail.ts'
import type { messageTokens } from './message-tokens.ts'
import { readMail } from './read-mail.ts'
import { writeDraft } from './write-draft.ts'

type Parts = {
  rest: ReturnType<typeof gmailRest>
  ids: ReturnType<typeof gmailIds>
  tokens: ReturnType<typeof messageTokens>
  email: string
}

/** What one user's scripts can reach in Gmail: the message its token names, that message's thread, and new drafts. */
export function mailbox({ rest, ids, tokens, email }: Parts) {
  return { message, thread, draft }

  async function message({ id, token }: { id: string; token: string }): Promise<Mail> {
    const grant = tokens.open(token, email)
    const found = await rest.message(restId(id))
    if (found.threadId !== grant.threadId) throw new ScriptError('Access denied: the token is for another message.')
    return { ...(await readMail(found.raw)), id: ids.message(found.id), threadId: ids.thread(found.threadId) }
  }

  async function thread({ id, token }: { id: string; token: string }): Promise<Mail[]> {
    const grant = tokens.open(token, email)
    if (restId(id) !== grant.threadId) throw new ScriptError('Access denied: the token is for another thread.')
    const messageIds = await rest.threadMessageIds(grant.threadId)
    return Promise.all(messageIds.map((each) => message({ id: ids.message(each), token })))
  }

  async function draft({ draft: asked, token }: { draft: NewDraft; token: string | undefined }): Promise<CreatedDraft> {
    const answered = asked.answers && (await message({ id: asked.answers.messageId, token: token ?? '' }))
    const raw = await writeDraft(asked, email, answered)
    const created = await rest.createDraft(raw, answered && restId(answered.threadId))
    return {
      draftId: ids.draft(created.id),
      messageId: ids.message(created.message.id),
      restDraftId: created.id,
      restThreadId: created.message.threadId,
    }
  }

  function restId(id: string): string {
    const found = ids.rest(id)
    if (found === undefined) throw new ScriptError(`Invalid argument: ${id}`)
    return found
  }
}

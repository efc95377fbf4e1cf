import type { User } from './directory.ts'
import { SCOPE } from './gmail/scopes.ts'
import { type Submission, send } from './gmail/sending.ts'
import type { Ground } from './ground.ts'
import { type Identity, identityToken } from './oauth/identity.ts'
import type { Clock } from './seed.ts'
import type { Mail } from './store/mailbox.ts'
import { type OldMail, remember } from './workspace/remembering.ts'

export type Users = ReturnType<typeof usersOf>

/** The organisation's own people, for the host page and for tests. */
export function usersOf(ground: Ground) {
  const must = (email: string): User => {
    const user = ground.directory.user(email)
    if (!user) throw new Error(`${email} is not a user of this organisation`)
    return user
  }
  return {
    list: () => ground.directory.users(),
    get: must,
    /** A bearer for the Gmail API, as if the user had consented. */
    accessToken: (email: string, scopes: string[] = [SCOPE.mail], seconds?: number) =>
      ground.tokens.access(must(email).email, scopes, 'workbench', seconds).value,
    refreshToken: (email: string, clientId: string, scopes: string[] = [SCOPE.mail]) =>
      ground.tokens.refresh(must(email).email, scopes, clientId).value,
    /** Every token of the user ends, as when an administrator revokes the app. */
    revoke: (email: string) => ground.tokens.revokeUser(must(email).email),
    /** Sends as the user's own mail client would. */
    send(email: string, submission: Submission) {
      const { id, threadId, head } = send(ground, must(email), submission)
      return { id, threadId, messageId: head.messageId }
    },
    /** Mails that were there before anybody watched. */
    remember: (email: string, mails: readonly OldMail[]) => remember(ground, must(email).email, mails),
    /** Oldest first. */
    mails: (email: string): readonly Mail[] => ground.store.box(must(email).email).ordered,
    rawOf: (mail: Mail) => ground.store.rawOf(mail.raw),
    historyId: (email: string) => String(ground.store.box(must(email).email).history),
    /** Starts below this history id answer 404 from now on; the current one when left out. */
    forgetHistory(email: string, before?: string) {
      const user = must(email).email
      ground.store.commit([{ t: 'floor', user, history: Number(before ?? ground.store.box(user).history) }])
    },
    /** The history of changes never tells of the next mails that come; none when 0. */
    leaveOut(email: string, mails: number) {
      ground.store.commit([{ t: 'untold', user: must(email).email, mails }])
    },
    /** The identity token an add-on gets for this user. */
    identityToken(email: string, aud: string, more: Partial<Identity> = {}, clock: Clock = ground.clock) {
      const { sub, hd } = must(email)
      return identityToken(ground.key, { email: must(email).email, sub, hd, aud, ...more }, clock)
    },
  }
}

import type { GmailMethod } from './route.ts'
import { MAY } from './scopes.ts'

export const profileMethods: GmailMethod[] = [
  {
    name: 'getProfile',
    verb: 'GET',
    path: 'profile',
    scopes: MAY.seeProfile,
    run: ({ user, box }) => ({
      emailAddress: user.email,
      messagesTotal: box.mails.size,
      threadsTotal: box.threads.size,
      historyId: String(box.history),
    }),
  },
]

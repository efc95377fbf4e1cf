import { act, answering } from './actions.ts'
import { type AddonEvent, isInSheets, readerOf } from './event.ts'
import { asCard, asUniversal } from './failures/responses.ts'
import { retryAsRoot } from './failures/retry.ts'
import { reportsNow } from './features/analytics/reading.ts'
import { savedRepliesNow } from './features/drafts/actions.ts'
import { homepageCard } from './features/queues/actions.ts'
import { homepageAction } from './features/queues/homepage-action.ts'
import { mailCard } from './features/tickets/reading.ts'
import { universalResponse } from './kit/response.ts'
import { hasOpenMail } from './open-mail.ts'

const queueAgain = retryAsRoot(homepageAction('update'))
const mailAgain = retryAsRoot({ action: 'refreshMail', parameters: {} })
const savedRepliesAgain = retryAsRoot({ action: 'refreshSavedReplies', parameters: {} })

const reportsAgain = retryAsRoot({ action: 'showReports', parameters: { onTop: '0' } })

export const onGmailHomepage = (event: AddonEvent) => answering(event, asCard(queueAgain), () => homepageCard(event))

export const onSheetsHomepage = (event: AddonEvent) =>
  answering(event, asCard(reportsAgain), () => reportsNow(readerOf(event)))

export const onGmailMessage = (event: AddonEvent) => answering(event, asCard(mailAgain), () => mailCard(event))

export const onCompose = (event: AddonEvent) => answering(event, asCard(savedRepliesAgain), savedRepliesNow)

export const onQueue = (event: AddonEvent) =>
  answering(event, asUniversal(queueAgain), () => universalResponse(homepageCard(event)))

export const onRefresh = (event: AddonEvent) => {
  if (isInSheets(event))
    return answering(event, asUniversal(reportsAgain), () => universalResponse(reportsNow(readerOf(event))))
  return hasOpenMail(event)
    ? answering(event, asUniversal(mailAgain), () => universalResponse(mailCard(event)))
    : onQueue(event)
}

/** Every button, field and line of every card. */
export const onAction = (event: AddonEvent) => act(event)

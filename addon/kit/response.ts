import type { Card } from './card.ts'

/** What a click shows: a card on top or in place, a sentence, and whether other open cards are now out of date. */
export type Shown = { push?: Card; update?: Card; say?: string | null; changed?: boolean }

/** @param pops how many cards that were only laid on top, such as a failure or a form, go away first */
export function clickResponse(
  { push, update, say, changed }: Shown,
  pops: number,
): GoogleAppsScript.Card_Service.ActionResponse {
  const builder = CardService.newActionResponseBuilder()
  const navigation = CardService.newNavigation()
  for (let popped = 0; popped < pops; popped++) navigation.popCard()
  if (push) navigation.pushCard(push)
  if (update) navigation.updateCard(update)
  if (push || update || pops > 0) builder.setNavigation(navigation)
  if (say) builder.setNotification(CardService.newNotification().setText(say))
  return builder.setStateChanged(changed ?? false).build()
}

export const universalResponse = (card: Card): GoogleAppsScript.Card_Service.UniversalActionResponse =>
  CardService.newUniversalActionResponseBuilder().displayAddOnCards([card]).build()

/** Opens the draft in Gmail's window; nothing is sent. */
export const draftResponse = (
  draft: GoogleAppsScript.Gmail.GmailDraft,
): GoogleAppsScript.Card_Service.ComposeActionResponse =>
  CardService.newComposeActionResponseBuilder().setGmailDraft(draft).build()

/** Puts text where the cursor stands in the open draft. */
export function insertResponse(html: string): GoogleAppsScript.Card_Service.UpdateDraftActionResponse {
  const body = CardService.newUpdateDraftBodyAction()
    .addUpdateContent(html, CardService.ContentType.MUTABLE_HTML)
    .setUpdateType(CardService.UpdateDraftBodyType.IN_PLACE_INSERT)
  return CardService.newUpdateDraftActionResponseBuilder().setUpdateDraftBodyAction(body).build()
}

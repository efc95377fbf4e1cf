import type { Card } from './card.ts'

/** What a click shows: a card on top or in place, a sentence, and whether other open cards are now out of date. */
export type Shown = { push?: Card; update?: Card; say?: string | null; changed?: boolean }

/** @param onTop the click came from a card that was only laid on top, such as a failure, and that goes away with it */
export function clickResponse(
  { push, update, say, changed }: Shown,
  onTop: boolean,
): GoogleAppsScript.Card_Service.ActionResponse {
  const builder = CardService.newActionResponseBuilder()
  const navigation = CardService.newNavigation()
  if (onTop) navigation.popCard()
  if (push) navigation.pushCard(push)
  if (update) navigation.updateCard(update)
  if (push || update || onTop) builder.setNavigation(navigation)
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

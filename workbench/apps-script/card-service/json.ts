import type { chat_v1 } from '@googleapis/chat'

/** Google's own types of the card JSON: whatever a bundle builds is checked against these names. */
export type Card = chat_v1.Schema$GoogleAppsCardV1Card
export type CardHeader = chat_v1.Schema$GoogleAppsCardV1CardHeader
export type CardAction = chat_v1.Schema$GoogleAppsCardV1CardAction
export type CardFixedFooter = chat_v1.Schema$GoogleAppsCardV1CardFixedFooter
export type Section = chat_v1.Schema$GoogleAppsCardV1Section
export type Widget = chat_v1.Schema$GoogleAppsCardV1Widget
export type TextParagraph = chat_v1.Schema$GoogleAppsCardV1TextParagraph
export type Image = chat_v1.Schema$GoogleAppsCardV1Image
export type DecoratedText = chat_v1.Schema$GoogleAppsCardV1DecoratedText
export type SwitchControl = chat_v1.Schema$GoogleAppsCardV1SwitchControl
export type Button = chat_v1.Schema$GoogleAppsCardV1Button
export type ButtonList = chat_v1.Schema$GoogleAppsCardV1ButtonList
export type Icon = chat_v1.Schema$GoogleAppsCardV1Icon
export type MaterialIcon = chat_v1.Schema$GoogleAppsCardV1MaterialIcon
export type TextInput = chat_v1.Schema$GoogleAppsCardV1TextInput
export type Validation = chat_v1.Schema$GoogleAppsCardV1Validation
export type Suggestions = chat_v1.Schema$GoogleAppsCardV1Suggestions
export type SelectionInput = chat_v1.Schema$GoogleAppsCardV1SelectionInput
export type DateTimePicker = chat_v1.Schema$GoogleAppsCardV1DateTimePicker
export type Grid = chat_v1.Schema$GoogleAppsCardV1Grid
export type GridItem = chat_v1.Schema$GoogleAppsCardV1GridItem
export type ImageComponent = chat_v1.Schema$GoogleAppsCardV1ImageComponent
export type ImageCropStyle = chat_v1.Schema$GoogleAppsCardV1ImageCropStyle
export type BorderStyle = chat_v1.Schema$GoogleAppsCardV1BorderStyle
export type Action = chat_v1.Schema$GoogleAppsCardV1Action
export type OpenLink = chat_v1.Schema$GoogleAppsCardV1OpenLink
export type Color = chat_v1.Schema$Color

export type ComposedDraftType = 'REPLY_AS_DRAFT' | 'STANDALONE_DRAFT'

/** The card schema has no word for setComposeAction; composedDraftType is ours and says that the click opens a draft. */
export type OnClick = chat_v1.Schema$GoogleAppsCardV1OnClick & { composedDraftType?: ComposedDraftType }

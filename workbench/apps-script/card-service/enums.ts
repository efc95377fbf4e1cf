import { enumeration } from '../realm/enumeration.ts'

const named = (name: string, ...members: string[]) => enumeration(`CardService.${name}`, members)

export const BorderType = named('BorderType', 'NO_BORDER', 'STROKE')
export const ComposedEmailType = named('ComposedEmailType', 'REPLY_AS_DRAFT', 'STANDALONE_DRAFT')
export const ContentType = named('ContentType', 'TEXT', 'MUTABLE_HTML', 'IMMUTABLE_HTML')
export const DisplayStyle = named('DisplayStyle', 'PEEK', 'REPLACE')
export const GridItemLayout = named('GridItemLayout', 'TEXT_BELOW', 'TEXT_ABOVE')
export const HorizontalAlignment = named('HorizontalAlignment', 'START', 'CENTER', 'END')
export const ImageCropType = named('ImageCropType', 'SQUARE', 'CIRCLE', 'RECTANGLE_CUSTOM', 'RECTANGLE_4_3')
export const ImageStyle = named('ImageStyle', 'SQUARE', 'CIRCLE')
export const InputType = named('InputType', 'TEXT', 'INTEGER', 'FLOAT', 'EMAIL')
export const LoadIndicator = named('LoadIndicator', 'SPINNER', 'NONE')
export const OnClose = named('OnClose', 'NOTHING', 'RELOAD')
export const OpenAs = named('OpenAs', 'FULL_SIZE', 'OVERLAY')
export const SelectionInputType = named(
  'SelectionInputType',
  'CHECK_BOX',
  'RADIO_BUTTON',
  'DROPDOWN',
  'SWITCH',
  'MULTI_SELECT',
)
export const SwitchControlType = named('SwitchControlType', 'SWITCH', 'CHECK_BOX')
export const TextButtonStyle = named('TextButtonStyle', 'OUTLINED', 'FILLED', 'FILLED_TONAL', 'BORDERLESS')
export const UpdateDraftBodyType = named('UpdateDraftBodyType', 'IN_PLACE_INSERT')
export const Icon = named(
  'Icon',
  ...'NONE AIRPLANE BOOKMARK BUS CAR CLOCK CONFIRMATION_NUMBER_ICON DOLLAR DESCRIPTION EMAIL EVENT_PERFORMER'.split(
    ' ',
  ),
  ...'EVENT_SEAT FLIGHT_ARRIVAL FLIGHT_DEPARTURE HOTEL HOTEL_ROOM_TYPE INVITE MAP_PIN MEMBERSHIP'.split(' '),
  ...'MULTIPLE_PEOPLE OFFER PERSON PHONE RESTAURANT_ICON SHOPPING_CART STAR STORE TICKET TRAIN'.split(' '),
  ...'VIDEO_CAMERA VIDEO_PLAY'.split(' '),
)

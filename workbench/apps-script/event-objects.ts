import type { HostApp, Manifest } from './manifest.ts'
import { SCOPES } from './scopes.ts'
import type { GoogleUser } from './user.ts'
import { offsetMinutes } from './utilities/format-date.ts'

export type FormValue =
  | { stringInputs: { value: string[] } }
  | { dateInput: { msSinceEpoch: number } }
  | { timeInput: { hours: number; minutes: number } }
  | { dateTimeInput: { hasDate: boolean; hasTime: boolean; msSinceEpoch: number } }
export type FormInputs = Record<string, FormValue>
export type Platform = 'WEB' | 'IOS' | 'ANDROID'

type Zone = { id: string; offset: string }
type GmailPart = {
  messageId?: string
  threadId?: string
  accessToken?: string
  toRecipients?: string[]
  ccRecipients?: string[]
  bccRecipients?: string[]
}

/** What a function of an add-on receives; the second half is deprecated but still sent. */
export type EventObject = {
  commonEventObject: {
    hostApp: HostApp
    platform: Platform
    parameters?: Record<string, string>
    formInputs?: FormInputs
    userLocale?: string
    timeZone?: Zone
  }
  gmail?: GmailPart
  sheets?: { addonHasFileScopePermission: boolean; id?: string; title?: string }
  hostApp: string
  clientPlatform: string
  messageMetadata?: { accessToken: string; messageId: string; threadId: string }
  formInput?: Record<string, unknown>
  formInputs?: Record<string, unknown>
  parameters?: Record<string, string>
  userLocale?: string
  userCountry?: string
  userTimezone?: { id: string; offset: string }
}

export type OpenMessage = { messageId: string; threadId: string; accessToken: string }
export type Recipients = { to: string[]; cc: string[]; bcc: string[] }

export type Moment = {
  hostApp: HostApp
  platform: Platform
  user: GoogleUser
  nowMs: number
  /** The open message, for everything that happens on a contextual card. */
  message?: OpenMessage
  /** The recipients of the open draft; sent only when the manifest asks for METADATA. */
  draft?: Recipients
  sheet?: { granted: boolean; id: string; title: string }
  parameters?: Record<string, string>
  formInputs?: FormInputs
}

/** The event of one moment, with the fields Google sends then and no other. */
export function eventObject(manifest: Manifest, moment: Moment): EventObject {
  const { hostApp, platform, message, sheet, parameters, formInputs } = moment
  const locale = localeOf(manifest, moment)
  const gmail = gmailPart(manifest, moment)
  const form = formInputs && Object.keys(formInputs).length > 0 ? formInputs : undefined
  return {
    commonEventObject: {
      hostApp,
      platform,
      ...(parameters && { parameters }),
      ...(form && { formInputs: form }),
      ...(locale && { userLocale: locale.language, timeZone: locale.zone }),
    },
    ...(gmail && { gmail }),
    ...(sheet && { sheets: sheetPart(sheet) }),
    hostApp: hostApp.toLowerCase(),
    clientPlatform: platform.toLowerCase(),
    ...(message && {
      messageMetadata: { accessToken: message.accessToken, messageId: message.messageId, threadId: message.threadId },
    }),
    ...(form && {
      formInput: legacyForm(form, (values) => values[0]),
      formInputs: legacyForm(form, (values) => values),
    }),
    ...(parameters && { parameters }),
    ...(locale && {
      userLocale: locale.language,
      userTimezone: locale.zone,
      ...(locale.country && { userCountry: locale.country }),
    }),
  }
}

/** Locale and zone are sent only when the manifest says useLocaleFromApp and has the scope for it. */
function localeOf(manifest: Manifest, { user, nowMs }: Moment) {
  if (!manifest.addOns.common.useLocaleFromApp || !manifest.oauthScopes.includes(SCOPES.locale)) return undefined
  const offset = String(offsetMinutes(nowMs, user.timeZone) * 60_000)
  const zone: Zone = { id: user.timeZone, offset }
  return { language: user.locale, country: user.locale.split('-')[1], zone }
}

function gmailPart(manifest: Manifest, { message, draft }: Moment): GmailPart | undefined {
  const asksRecipients =
    manifest.addOns.gmail?.composeTrigger?.draftAccess === 'METADATA' &&
    manifest.oauthScopes.includes(SCOPES.messageMetadata)
  const recipients = draft &&
    asksRecipients && { toRecipients: draft.to, ccRecipients: draft.cc, bccRecipients: draft.bcc }
  return message || recipients ? { ...message, ...(recipients || {}) } : undefined
}

function sheetPart({ granted, id, title }: NonNullable<Moment['sheet']>) {
  return granted ? { addonHasFileScopePermission: true, id, title } : { addonHasFileScopePermission: false }
}

function legacyForm(form: FormInputs, choose: (values: string[]) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      if ('stringInputs' in value) return [name, choose(value.stringInputs.value)]
      if ('dateInput' in value) return [name, { msSinceEpoch: value.dateInput.msSinceEpoch }]
      if ('timeInput' in value) return [name, value.timeInput]
      return [name, value.dateTimeInput]
    }),
  )
}

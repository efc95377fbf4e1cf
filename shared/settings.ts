import { z } from 'zod'
import { Day } from './days.ts'
import { endpoint } from './endpoint.ts'
import { ADMINS, READERS, STAFF_ROLES } from './roles.ts'

/** Everything that is set for a workspace, by its code in the record of changes: what people read there. Add, never rename. */
export const SETTINGS = {
  workspace: 'Name, time zone and languages',
  domains: 'Domains',
  staff: 'Staff',
  api_keys: 'API keys',
  webhooks: 'Webhooks',
  action_limits: 'Limits of actions',
  reason_codes: 'Reasons of actions',
  sla_policies: 'Answering times',
  business_hours: 'Business hours',
  holidays: 'Holidays and special days',
  closing: 'Closing and reminding',
  views: 'Saved views',
  threading: 'Conversations',
  assignment: 'Assignment',
  skills: 'Skills',
  claims: 'Claims',
  work_times: 'Log-in and log-out',
  breaks: 'Breaks',
  displays: 'Display links',
  shift_templates: 'Shift templates',
  staffing: 'Needed people',
  report_mails: 'Report mails',
  sheets_log: 'Log in Google Sheets',
  ignored_senders: 'Ignored senders',
  mail_rules: 'Which mail becomes a ticket',
  contact_forms: 'Contact forms',
  automatic_answers: 'Brake of automatic mail',
  saved_replies: 'Saved replies',
  macros: 'Macros',
  templates: 'Templates of mail',
  after_sending: 'What happens after sending',
  files: 'Files',
  gmail_queue: 'Labels in Gmail',
  rules: 'Rules',
  keywords: 'Keywords',
  fields: 'Custom fields',
  categories: 'Categories',
  retention: 'Retention',
  legal_holds: 'Legal holds',
  inboxes: 'Inboxes of people',
  mailbox_reading: 'How mailboxes are read',
  shadow_mode: 'Shadow mode',
  history: 'History and go-live',
} as const
export type Setting = keyof typeof SETTINGS

/** Languages that the desk knows: two-letter codes and their own names. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  nl: 'Nederlands',
  pt: 'Português',
  pl: 'Polski',
  sv: 'Svenska',
  da: 'Dansk',
} as const
export type Language = keyof typeof LANGUAGES

export const StaffMember = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(STAFF_ROLES),
  state: z.enum(['invited', 'active', 'deactivated']),
})
export type StaffMember = z.infer<typeof StaffMember>

export const listStaff = endpoint('GET', '/v1/staff', {
  summary: 'The staff of the workspace by name, deactivated ones last; 500 at most',
  callers: [...READERS, 'settings:read'],
  reply: z.object({ items: z.array(StaffMember) }),
})

export const setStaffStart = endpoint('PUT', '/v1/staff/:staffId/start', {
  summary: 'Sets the first day at work of somebody; null is not known. Nobody has shifts before it',
  callers: ADMINS,
  body: z.object({ startedOn: Day.nullable() }),
  reply: z.object({ startedOn: Day.nullable() }),
})

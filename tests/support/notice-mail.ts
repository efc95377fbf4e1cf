import type { Google } from '../../workbench/emulators/google/google.ts'
import type { Desk, StaffName } from './desk.ts'

export type SeenNotice = { subject: string; text: string; raw: string }

/** What Sidedesk wrote to its own people, as each finds it in their own mailbox; oldest first. */
export const noticesTo = ({ google, staff }: Pick<Desk, 'google' | 'staff'>, name: StaffName): SeenNotice[] =>
  noticesAt(google, staff[name].email)

export const noticesAt = ({ users }: Pick<Google, 'users'>, address: string): SeenNotice[] =>
  users
    .mails(address)
    .map((mail) => users.rawOf(mail).toString('latin1'))
    .filter((raw) => /^X-Sidedesk-Notice:/im.test(raw))
    .map((raw) => ({ raw, subject: /^Subject: (.*)$/im.exec(raw)?.[1]?.trim() ?? '', text: unfolded(raw) }))

/** The body without the soft line breaks and signs of its encoding. */
function unfolded(raw: string): string {
  const quoted = raw.slice(raw.indexOf('\r\n\r\n') + 4).replace(/=\r?\n/g, '')
  const bytes = quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

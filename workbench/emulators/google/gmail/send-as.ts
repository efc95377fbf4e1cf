import type { SendAs } from '../directory.ts'
import { notFound } from '../error.ts'
import type { GmailCall, GmailMethod } from './route.ts'
import { MAY } from './scopes.ts'

export const sendAsMethods: GmailMethod[] = [
  { name: 'settings.sendAs.list', verb: 'GET', path: 'settings/sendAs', scopes: MAY.seeSettings, run: list },
  { name: 'settings.sendAs.get', verb: 'GET', path: 'settings/sendAs/:email', scopes: MAY.seeSettings, run: get },
]

function list({ ground, user }: GmailCall) {
  return { sendAs: ground.directory.sendAsOf(user).map(present) }
}

function get({ ground, user, params }: GmailCall) {
  const alias = ground.directory.sendAsOf(user).find(({ email }) => email.toLowerCase() === params.email?.toLowerCase())
  if (!alias) throw notFound()
  return present(alias)
}

const present = ({ email, name, verified, primary }: SendAs) =>
  primary
    ? { sendAsEmail: email, displayName: name, replyToAddress: '', signature: '', isPrimary: true, isDefault: true }
    : {
        sendAsEmail: email,
        displayName: name,
        replyToAddress: '',
        signature: '',
        isDefault: false,
        treatAsAlias: true,
        verificationStatus: verified ? 'accepted' : 'pending',
      }

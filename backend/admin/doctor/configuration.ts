import type { Ctx } from '../../context.ts'
import { type Check, note, ok, problem, several } from './check.ts'

const GOOGLE = 'https://www.googleapis.com/'
const CLIENT_ID = /^\d+-[\w-]+\.apps\.googleusercontent\.com$/

/** What the variables say by themselves; that they can be read at all was seen before. */
export function checkConfiguration({ config }: Ctx): Check[] {
  return [
    ok('configuration', 'every variable can be read'),
    audiences(config),
    signIn(config),
    pubSub(config),
    pause(config),
  ].flat()
}

function audiences({ addon, google }: Ctx['config']): Check {
  const odd = google.certsUrl.startsWith(GOOGLE) ? addon.audiences.filter((id) => !CLIENT_ID.test(id)) : []
  if (odd.length === 0)
    return ok('add-on', `tokens for ${several(addon.audiences.length, 'OAuth client')} are accepted`)
  return problem(
    'add-on',
    `ADDON_AUDIENCES holds ${odd.join(', ')}, which is no OAuth client id.`,
    "Take the client id of the script's Cloud project: NUMBER-TEXT.apps.googleusercontent.com. Several are separated by commas.",
  )
}

/** An OAuth client of the type Desktop app, as mailboxes need it, may not lead back to a name with https. */
function signIn({ google, http }: Ctx['config']): Check {
  const isOwn = google.signIn.clientId !== google.clientId
  if (isOwn || !google.certsUrl.startsWith(GOOGLE)) return ok('pages', `people sign in at ${http.pagesUrl}`)
  return note(
    'pages',
    'SIGN_IN_CLIENT_ID is not set: nobody can sign in to approvals, finance and settings.',
    `Make an OAuth client of the type Web application with the redirect URI ${http.pagesUrl}/signed-in, and set SIGN_IN_CLIENT_ID and SIGN_IN_CLIENT_SECRET.`,
  )
}

function pubSub({ pubSub: { topic } }: Ctx['config']): Check {
  if (!topic) return note('push', 'PUBSUB_TOPIC is not set: mailboxes are read once a minute.')
  if (!/^projects\/[^/]+\/topics\/[^/]+$/.test(topic))
    return problem('push', `PUBSUB_TOPIC is "${topic}".`, 'Write it as projects/PROJECT/topics/TOPIC.')
  return ok('push', `pushes of ${topic} are accepted from its subscription`)
}

const pause = ({ effectsPaused }: Ctx['config']): Check[] =>
  effectsPaused
    ? [
        problem(
          'effects',
          'EFFECTS_PAUSED is set: no workspace sends anything, replies wait.',
          'Take the variable away and restart the processes.',
        ),
      ]
    : []

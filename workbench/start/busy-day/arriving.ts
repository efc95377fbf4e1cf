import { randomBytes } from 'node:crypto'
import type { Google } from '../../emulators/google/google.ts'
import type { Arrival, NewThing, Reason } from '../../scenarios/busy-day/day.ts'
import type { Draw } from '../../scenarios/busy-day/drawing.ts'
import { filled } from '../../scenarios/busy-day/filling.ts'
import { MANNERS } from '../../scenarios/busy-day/texts/manners.ts'
import { OFFERS, VACATIONS } from '../../scenarios/busy-day/texts/unwanted.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import { customerMail } from '../../scenarios/post.ts'
import { type StoryMail, story, wrote } from '../../scenarios/story.ts'
import { answered, type Conversation, type Conversations, waiting } from './conversation.ts'

type Wrote = Extract<StoryMail, { kind: 'wrote' }>

/** A mail that was delivered, for whoever counts. */
export interface Delivered {
  reason: Reason
  messageId: string
}

interface Scene {
  google: Google
  draw: Draw
  all: Conversations
  now: () => Date
}

const SPAM_FOLDER_SHARE = 0.4
/** Nobody comes back to what was said long ago. */
const MOST_RECENT = 12

/** Brings one mail of the day to the shop. A mail that would come back to something begins something new when there is nothing. */
export async function arrive(scene: Scene, arrival: Arrival): Promise<Delivered> {
  const found = earlierFor(scene, arrival.reason)
  if (found === 'not needed') return arrival.reason === 'offer' ? offer(scene) : begin(scene, arrival.thing)
  if (found === undefined) return begin(scene, arrival.thing)
  if (arrival.reason === 'copy') return copy(scene, found)
  if (arrival.reason === 'twin') return twin(scene, found)
  return goOn(scene, found, arrival.reason)
}

function earlierFor({ draw, all }: Scene, reason: Reason): Conversation | undefined | 'not needed' {
  if (reason === 'new' || reason === 'offer') return 'not needed'
  const people = all.filter(({ thing }) => thing.kind !== undefined)
  const fresh = (one: Conversation) => one.twinOf === undefined && one.answers === 0
  const unanswered = waiting(people).filter(fresh)
  const fitting = {
    again: unanswered,
    twin: unanswered.length > 0 ? unanswered : people,
    copy: unanswered.length > 0 ? unanswered : people,
    back: answered(people),
    thanks: answered(people),
    machine: answered(people),
  }[reason]
  return fitting.length > 0 ? draw.one(fitting.slice(-MOST_RECENT)) : undefined
}

async function begin(scene: Scene, thing: NewThing, twinOf?: Conversation): Promise<Delivered> {
  const told = story(thing.subject, thing.customer)
  const mail = wrote(0, thing.text, { mailer: thing.mailer })
  const last = await post(scene, told, mail)
  scene.all.push({
    thing,
    story: told,
    last,
    firstId: last.messageId,
    waitsSince: scene.now(),
    answers: 0,
    owner: null,
    shut: false,
    ...(twinOf && { twinOf }),
  })
  return { reason: twinOf ? 'twin' : 'new', messageId: last.messageId }
}

/** Sent from the form of the page and from the own mail program: nothing but the person and the words say that it is the same. */
const twin = (scene: Scene, of: Conversation) =>
  begin(scene, { ...(of.thing as NewThing), subject: of.story.subject, mailer: 'plain' }, of)

/** A forwarding rule gone wrong brings the same mail once more. */
async function copy({ google }: Scene, { firstId, thing }: Conversation): Promise<Delivered> {
  const kept = google.users.mails(SHOP.archive).find(({ head }) => head.messageId === firstId)
  if (!kept) throw new Error(`${firstId} is not in the archive`)
  google.deliver(google.users.rawOf(kept), { from: thing.customer.email, to: [SHOP.support] })
  return { reason: 'copy', messageId: firstId }
}

async function goOn(scene: Scene, one: Conversation, reason: Reason): Promise<Delivered> {
  const { draw } = scene
  const slots = one.thing.slots ?? { order: '', product: '', number: '', day: 'Monday' }
  const manners = MANNERS[one.thing.customer.language]
  const text = {
    again: () => draw.one(manners.again),
    back: () => `${draw.one(manners.back)}\n\n${one.thing.customer.name}`,
    thanks: () => draw.one(manners.thanks),
    machine: () => filled(draw.one(VACATIONS), slots),
  }[reason as 'again' | 'back' | 'thanks' | 'machine']()
  const headers = reason === 'machine' ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {}
  one.last = await post(scene, one.story, wrote(0, text, { mailer: one.thing.mailer, headers }), one.last)
  if (reason === 'again' || reason === 'back') {
    one.waitsSince = one.waitsSince ?? scene.now()
    one.shut = false
  }
  return { reason, messageId: one.last.messageId }
}

async function offer(scene: Scene): Promise<Delivered> {
  const { draw } = scene
  const { name, host, subject, text } = draw.one(OFFERS)
  const slots = { order: '', product: '', number: String(200 + draw.below(9_000)), day: 'Monday' }
  const customer = { name, email: `${randomBytes(3).toString('hex')}@${host}`, language: 'en', place: NOWHERE } as const
  const told = story(filled(subject, slots), customer)
  const spam = draw.chance(SPAM_FOLDER_SHARE)
  const last = await post(scene, told, wrote(0, filled(text, slots), { mailer: 'gmail', spam }))
  const thing = { customer, mailer: 'gmail' } as const
  if (!spam)
    scene.all.push({
      thing,
      story: told,
      last,
      firstId: last.messageId,
      waitsSince: scene.now(),
      answers: 0,
      owner: null,
      shut: false,
    })
  return { reason: 'offer', messageId: last.messageId }
}

const NOWHERE = { street: '', zip: '', city: '', country: 'GB' } as const

async function post(scene: Scene, told: Conversation['story'], mail: Wrote, earlier?: Conversation['last']) {
  const at = scene.now()
  const posted = await customerMail(told, mail, at, earlier)
  scene.google.deliver(posted.raw, { from: told.customer.email, to: [SHOP.support] }, { at, spam: mail.spam ?? false })
  return { ...posted, at }
}

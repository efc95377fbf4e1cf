import { SHOP, STAFF, type StaffSeed } from './fern-and-fig.ts'
import { agentMail, customerMail, type Earlier } from './post.ts'
import type { Story, StoryMail } from './story.ts'

/** Where a scenario's mail goes; both answer with the Message-ID that recipients see. */
export interface Stage {
  fromOutside(raw: Buffer, sender: string, recipients: string[], at: Date, spam: boolean): { messageId: string }
  fromAgent(agent: StaffSeed, raw: Buffer, at: Date): { messageId: string }
}

/** Sends every mail of the stories in the order of their times; `told` hears how many of how many are done. */
export async function play(
  stories: Story[],
  now: Date,
  stage: Stage,
  told: (done: number, of: number) => void = () => {},
): Promise<void> {
  const earlier = new Map<Story, Earlier>()
  const inOrder = stories
    .flatMap((story) => story.mails.map((mail) => ({ story, mail })))
    .sort((one, other) => other.mail.ago - one.mail.ago)
  for (const [index, { story, mail }] of inOrder.entries()) {
    earlier.set(story, await send(story, mail, new Date(now.getTime() - mail.ago * 60_000), stage, earlier.get(story)))
    told(index + 1, inOrder.length)
  }
}

async function send(
  story: Story,
  mail: StoryMail,
  at: Date,
  stage: Stage,
  earlier: Earlier | undefined,
): Promise<Earlier> {
  if (mail.kind === 'wrote') {
    const posted = await customerMail(story, mail, at, earlier)
    const sender = (mail.by ?? story.customer).email
    stage.fromOutside(posted.raw, sender, [SHOP.support], at, mail.spam ?? false)
    return { ...posted, at }
  }
  const agent = STAFF.find((one) => one.email.startsWith(`${mail.by}@`))
  if (!agent || !earlier) throw new Error(`"${story.subject}": ${mail.by} is not on the staff or has nothing to answer`)
  const posted = await agentMail(story, mail, agent, at, earlier)
  return { ...posted, ...stage.fromAgent(agent, posted.raw, at), at }
}

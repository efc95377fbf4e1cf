/** A scenario tells what people wrote to a shop and what its staff answered, in times before now. */
export interface Person {
  name: string
  email: string
}

/** Which program a mail was written with: it decides HTML, quoting and small print. */
export type Mailer = 'plain' | 'gmail' | 'outlook' | 'apple' | 'phone'

export interface StoryFile {
  name: string
  type: string
  content: Buffer
  /** Set for a picture that the HTML shows where it stands. */
  inline?: boolean
}

interface Wrote {
  kind: 'wrote'
  /** Minutes before now. */
  ago: number
  text: string
  mailer: Mailer
  /** Another sender than the story's customer. */
  by?: Person
  subject?: string
  files?: StoryFile[]
  headers?: Record<string, string>
  cc?: string[]
  spam?: boolean
  /** Arrives without pointing at the mail it answers. */
  loose?: boolean
}

interface Answered {
  kind: 'answered'
  ago: number
  text: string
  /** The name of the agent before the @. */
  by: string
}

export type StoryMail = Wrote | Answered

export interface Story {
  subject: string
  customer: Person
  mails: StoryMail[]
}

export const story = (subject: string, customer: Person, ...mails: StoryMail[]): Story => ({ subject, customer, mails })

type Extras = Partial<Omit<Wrote, 'kind' | 'ago' | 'text'>>

export const wrote = (ago: number, text: string, extras: Extras = {}): Wrote => ({
  kind: 'wrote',
  ago,
  text: text.trim(),
  mailer: 'plain',
  ...extras,
})

export const answered = (by: string, ago: number, text: string): Answered => ({
  kind: 'answered',
  by,
  ago,
  text: text.trim(),
})

export const hours = (count: number, minutes = 0) => count * 60 + minutes
export const days = (count: number, more = 0) => count * 1440 + more * 60

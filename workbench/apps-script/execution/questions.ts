import type { CreatedDraft, Mail, NewDraft } from '../gmail-app/mail.ts'
import type { Asked } from '../spreadsheet/store.ts'

export type FetchRequest = {
  url: string
  method: string
  headers: [name: string, value: string][]
  body: Uint8Array | undefined
  followRedirects: boolean
}
export type FetchAnswer = { status: number; headers: [name: string, value: string][]; body: Uint8Array }
export type Store = { kind: 'user' | 'script' }

/** What the script's thread cannot do itself and asks the main thread for, waiting for the answer. */
export type Questions = {
  fetch: { question: FetchRequest[]; answer: FetchAnswer[] }
  identityToken: { question: { email: boolean }; answer: string }
  gmailMessage: { question: { id: string; token: string }; answer: Mail }
  gmailThread: { question: { id: string; token: string }; answer: Mail[] }
  gmailDraft: { question: { draft: NewDraft; token: string | undefined }; answer: CreatedDraft }
  cacheGet: { question: Store & { keys: string[] }; answer: Record<string, string> }
  cachePut: { question: Store & { entries: Record<string, string>; seconds: number }; answer: undefined }
  cacheRemove: { question: Store & { keys: string[] }; answer: undefined }
  propertiesGet: { question: Store; answer: Record<string, string> }
  propertiesSet: { question: Store & { entries: Record<string, string>; replace: boolean }; answer: undefined }
  propertiesDelete: { question: Store & { keys: string[] }; answer: undefined }
  /** `method`: as the script calls it. */
  spreadsheet: { question: { method: string; asked: Asked }; answer: unknown }
}

export type Topic = keyof Questions
export type Ask = <T extends Topic>(topic: T, question: Questions[T]['question']) => Questions[T]['answer']
export type Answers = {
  [T in Topic]: (question: Questions[T]['question']) => Promise<Questions[T]['answer']> | Questions[T]['answer']
}

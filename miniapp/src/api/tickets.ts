/** The citizen API's endpoints about tickets: own ones, anonymous ones by their receipt, and those that all may read. */
import type { ChosenFile } from '@/platform/files'
import { api, open, upload } from './client'
import type { Page } from './types/case'
import type { Schema } from './types/generated'
import type {
  PublicTicket,
  PublicTicketDetail,
  Receipt,
  SentTicket,
  Similar,
  TicketAction,
  TicketDetail,
  TicketInput,
  TicketKind,
  TicketOptions,
  TicketPhoto,
  TicketSummary,
} from './types/ticket'

const at = (id: string, rest = '') => `/tickets/${encodeURIComponent(id)}${rest}`
const publicAt = (id: string, rest = '') => `/tickets/public/${encodeURIComponent(id)}${rest}`

export const getTicketOptions = () => api<TicketOptions>({ path: '/tickets/options', anonymous: true })
/** `unnamed`: without the token, so that the picture belongs to the device. */
export const uploadPhoto = (
  file: ChosenFile,
  uploadId: string,
  unnamed: boolean,
  onProgress: (percent: number) => void,
) => upload<TicketPhoto>({ path: '/tickets/photos', file, uploadId, unnamed, onProgress })
export const removePhoto = (id: string, unnamed: boolean) =>
  api<void>({ method: 'DELETE', path: `/tickets/photos/${id}`, anonymous: unnamed, device: unnamed })
export const findSimilar = (body: Schema<'SimilarIn'>) =>
  api<Similar>({ method: 'POST', path: '/tickets/similar', body, anonymous: true })
export const sendTicket = (body: TicketInput, unnamed: boolean, idempotencyKey: string) =>
  api<SentTicket>({ method: 'POST', path: '/tickets', body, anonymous: unnamed, device: unnamed, idempotencyKey })

export const getTickets = (cursor?: string) =>
  api<Page<TicketSummary>>({ path: '/tickets', query: { scope: 'mine', cursor } })
export const getFollowed = (cursor?: string) =>
  api<Page<PublicTicket>>({ path: '/tickets/followed', query: { cursor } })
export const getTicket = (id: string) => api<TicketDetail>({ path: at(id) })
export const openPhoto = (id: string, photo: TicketPhoto, name: string) =>
  open(at(id, `/photos/${photo.id}`), `${name}.${photo.mime.replace('image/', '')}`)
export const actOn = (id: string, action: TicketAction, text: string) =>
  api<TicketDetail>({ method: 'POST', path: at(id, `/${action}`), body: { text } })

/** The code goes in the body, never in an address. */
export const readReceipt = (receipt: Receipt) =>
  api<TicketDetail>({ method: 'POST', path: '/tickets/receipt', body: receipt, anonymous: true })
export const actOnReceipt = (receipt: Receipt, action: TicketAction, text: string) =>
  api<TicketDetail>({ method: 'POST', path: `/tickets/receipt/${action}`, body: { ...receipt, text }, anonymous: true })

export const getPublicTickets = (kind: TicketKind | '', cursor?: string) =>
  api<Page<PublicTicket>>({ path: '/tickets/public', query: { kind, cursor }, anonymous: true })
export const getPublicTicket = (id: string) => api<PublicTicketDetail>({ path: publicAt(id), anonymous: true })
export const searchAnswers = (q: string) =>
  api<Schema<'AnswerList'>>({ path: '/tickets/answers', query: { q }, anonymous: true })
export const followTicket = (id: string) =>
  api<PublicTicketDetail>({ method: 'POST', path: publicAt(id, '/follow'), body: {} })
export const unfollowTicket = (id: string) => api<void>({ method: 'DELETE', path: publicAt(id, '/follow') })

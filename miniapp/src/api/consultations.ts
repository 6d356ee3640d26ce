/** The citizen API's endpoints about public consultations. */
import { api, open } from './client'
import type { Page } from './types/case'
import type {
  Attachment,
  Consultation,
  ConsultationSummary,
  Counts,
  ListState,
  Mine,
  Report,
  SheetInput,
  ShownComment,
} from './types/consultation'

const at = (id: string, rest = '') => `/consultations/${encodeURIComponent(id)}${rest}`
const MINE = '/answers/mine'
const EXTENSIONS: Record<string, string> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }

export const getConsultations = (state: ListState, cursor?: string) =>
  api<Page<ConsultationSummary>>({ path: '/consultations', query: { state, cursor }, anonymous: true })
export const getConsultation = (id: string) => api<Consultation>({ path: at(id), anonymous: true })
export const getCounts = (id: string) => api<Counts>({ path: at(id, '/counts'), anonymous: true })
/** `target`: a clause's or question's key; empty: what is said of the whole. */
export const getComments = (id: string, target: string, cursor?: string) =>
  api<Page<ShownComment>>({
    path: at(
      id,
      `/comments?target=${encodeURIComponent(target)}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    ),
    anonymous: true,
  })
export const getReport = (id: string) => api<Report>({ path: at(id, '/report'), anonymous: true })
export const openAttachment = (id: string, { id: attachment, title, mime }: Attachment) =>
  open(at(id, `/attachments/${attachment}`), `${title}.${EXTENSIONS[mime] ?? 'docx'}`)

export const takePart = (id: string, body: SheetInput, idempotencyKey: string) =>
  api<Mine>({ method: 'POST', path: at(id, '/answers'), body, idempotencyKey })
export const getMine = (id: string) => api<Mine>({ path: at(id, MINE) })
export const replaceMine = (id: string, body: SheetInput) => api<Mine>({ method: 'PUT', path: at(id, MINE), body })
export const retractMine = (id: string) => api<void>({ method: 'DELETE', path: at(id, MINE) })

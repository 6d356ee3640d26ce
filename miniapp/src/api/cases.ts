/** The citizen API's endpoints about cases. */
import { api, newKey, open, upload } from './client'
import { ApiProblem } from './problem'
import type { ChosenFile } from '@/platform/files'
import type {
  CaseDetail,
  CaseSummary,
  Delivery,
  FileInfo,
  FormValues,
  Page,
  Rating,
  RatingInput,
  RatingOptions,
  Reusable,
} from './types/case'
import type { Answers } from './types/item'

const at = (id: string, rest = '') => `/cases/${id}${rest}`

export const createCase = (item_code: string, answers: Answers, idempotencyKey: string) =>
  api<CaseDetail>({ method: 'POST', path: '/cases', body: { item_code, answers }, idempotencyKey })
export const getCases = (state: 'open' | 'done' | 'draft' | 'all', cursor?: string) =>
  api<Page<CaseSummary>>({ path: '/cases', query: { state, cursor } })
export const getTodos = () => api<CaseSummary[]>({ path: '/todos' })
export const getCase = (id: string) => api<CaseDetail>({ path: at(id) })
export const deleteDraft = (id: string) => api<void>({ method: 'DELETE', path: at(id) })

/** `revision`: the one that it was typed on. What is newer on the server is not overwritten (`cases.newer_saved`). */
export const saveAnswers = (id: string, answers: Answers, revision: number) =>
  api<CaseDetail>({ method: 'PUT', path: at(id, '/answers'), body: { answers, revision } })
export const saveForm = (id: string, values: FormValues, page: string, revision: number) =>
  api<CaseDetail>({ method: 'PATCH', path: at(id, '/form'), body: { values, page, revision } })
export const saveDelivery = (id: string, delivery: Delivery, revision: number) =>
  api<CaseDetail>({ method: 'PUT', path: at(id, '/delivery'), body: { ...delivery, revision } })
export const refreshDraft = (id: string) => api<CaseDetail>({ method: 'POST', path: at(id, '/refresh'), body: {} })

export const uploadFile = (
  id: string,
  material: string,
  file: ChosenFile,
  uploadId: string,
  onProgress: (percent: number) => void,
) => upload<FileInfo>({ path: at(id, `/materials/${material}/files`), file, uploadId, onProgress })
export const deleteFile = (id: string, file: string) => api<void>({ method: 'DELETE', path: at(id, `/files/${file}`) })
export const previewFile = (id: string, file: FileInfo) => open(at(id, `/files/${file.id}?preview=1`), file.name)
export const getReusable = (id: string) => api<Reusable[]>({ path: at(id, '/reusable') })
export const reuse = (id: string, material: string, kind: Reusable['kind'], held: string) =>
  api<FileInfo>({ method: 'POST', path: at(id, `/materials/${material}/reuse`), body: { kind, id: held } })

export const submitCase = (id: string, revision: number, idempotencyKey: string) =>
  api<CaseDetail>({ method: 'POST', path: at(id, '/submit'), body: { consent: true, revision }, idempotencyKey })
export const resubmitCase = (id: string, idempotencyKey: string) =>
  api<CaseDetail>({ method: 'POST', path: at(id, '/resubmit'), body: {}, idempotencyKey })
export const withdrawCase = (id: string, reason: string) =>
  api<CaseDetail>({ method: 'POST', path: at(id, '/withdraw'), body: { reason } })
export const urgeCase = (id: string, note: string) =>
  api<CaseDetail>({ method: 'POST', path: at(id, '/urge'), body: { note } })
export const confirmReceipt = (id: string) =>
  api<CaseDetail>({ method: 'POST', path: at(id, '/confirm-receipt'), body: {} })
export const openDocument = (id: string, kind: string, name: string) =>
  open(at(id, `/documents/${kind}`), `${name}.pdf`)

export const getRatingOptions = () => api<RatingOptions>({ path: '/rating-options' })
/** What one said of a visit; null when nothing yet. */
export const getVisitRating = (visit: string) =>
  api<Rating>({ path: `/visits/${visit}/rating` }).catch((cause) => {
    if (ApiProblem.from(cause).status === 404) return null
    throw cause
  })
/** What a person can rate: a case, a visit to a hall, or a ticket. */
export type Rated = 'case' | 'visit' | 'ticket'
export const rate = (kind: Rated, id: string, rating: RatingInput, idempotencyKey = newKey()) =>
  api<Rating>({ method: 'POST', path: `/${kind}s/${id}/rating`, body: rating, idempotencyKey })

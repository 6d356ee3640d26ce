import { exchange, NetworkFailure, type Method, type RawResponse } from '@/platform/request'
import { openFile, sendFile, type Upload } from '@/platform/files'
import { uuid } from '@/platform/uuid'
import { deviceId } from '@/platform/device-id'
import { noteServerTime } from './clock'
import { ApiProblem } from './problem'

export interface Call {
  method?: Method
  path: string
  query?: Record<string, string | number | undefined>
  body?: unknown
  /** One key per intention of the person: a retry of the same intention must reuse it. */
  idempotencyKey?: string
  anonymous?: boolean
  /** Who stays unnamed is still told apart from others, by the device: their limits, their pictures. */
  device?: boolean
  /** Another address of the same API, instead of the usual one. */
  base?: string
}

const TIMEOUT = 15_000
const RETRY_AFTER = [400, 1200]
const API = '/api/v1'

let token: string | null = null
let language = 'zh-CN'
let onSignedOut: () => void = () => undefined

export const useToken = (value: string | null) => void (token = value)
export const useLanguage = (value: string) => void (language = value)
export const whenSignedOut = (listener: () => void) => void (onSignedOut = listener)
export const newKey = uuid

function headers(call: Call): Record<string, string> {
  const set: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language }
  if (call.body !== undefined) set['Content-Type'] = 'application/json'
  if (token && !call.anonymous) set.Authorization = `Bearer ${token}`
  if (call.device) set['Device-Id'] = deviceId()
  if (call.idempotencyKey) set['Idempotency-Key'] = call.idempotencyKey
  return set
}

function pathOf({ path, query = {} }: Call): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const words = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')
  return words ? `${path}?${words}` : path
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Only what may be sent twice without harm is sent again by itself. */
const repeatable = (call: Call) =>
  (call.method ?? 'GET') === 'GET' || call.method === 'PUT' || Boolean(call.idempotencyKey)

async function attempt(call: Call): Promise<RawResponse> {
  for (let round = 0; ; round += 1) {
    try {
      return await exchange({
        method: call.method ?? 'GET',
        path: pathOf(call),
        headers: headers(call),
        body: call.body === undefined ? undefined : JSON.stringify(call.body),
        timeout: TIMEOUT,
      })
    } catch (failure) {
      const wait = RETRY_AFTER[round]
      if (!(failure instanceof NetworkFailure)) throw failure
      if (wait === undefined || !repeatable(call)) throw ApiProblem.offlineNow(failure.timedOut)
      await pause(wait)
    }
  }
}

function accept<T>({ status, data }: RawResponse): T {
  if (status >= 200 && status < 300) return data as T
  if (status === 401 && token) onSignedOut()
  throw ApiProblem.fromAnswer(status, data)
}

/** Calls the citizen API. Throws ApiProblem, never anything else. */
export async function api<T>(call: Call): Promise<T> {
  const answer = await attempt({ ...call, path: (call.base ?? API) + call.path })
  noteServerTime(answer.headers.date)
  return accept<T>(answer)
}

/** Reads a published document; it is the same for everybody, so the token stays at home. */
export async function document<T>(path: string): Promise<T> {
  return accept<T>(await attempt({ path, anonymous: true }))
}

export async function upload<T>(sent: Omit<Upload, 'headers'> & { uploadId: string; unnamed?: boolean }): Promise<T> {
  const set = headers({ path: '', anonymous: sent.unnamed, device: sent.unnamed })
  set['Upload-Id'] = sent.uploadId
  try {
    return accept<T>(await sendFile({ ...sent, path: API + sent.path, headers: set }))
  } catch (failure) {
    if (failure instanceof NetworkFailure) throw ApiProblem.offlineNow(failure.timedOut)
    throw failure
  }
}

export async function open(path: string, name: string): Promise<void> {
  try {
    await openFile(API + path, headers({ path: '' }), name)
  } catch (failure) {
    if (failure instanceof NetworkFailure) throw ApiProblem.offlineNow(failure.timedOut)
    throw failure
  }
}

/** A file that everybody may read, by its own address. */
export async function openPublic(path: string, name: string): Promise<void> {
  try {
    await openFile(path, {}, name)
  } catch (failure) {
    if (failure instanceof NetworkFailure) throw ApiProblem.offlineNow(failure.timedOut)
    throw failure
  }
}

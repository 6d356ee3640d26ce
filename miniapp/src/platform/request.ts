import { SERVER } from './server'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface RawRequest {
  method: Method
  path: string
  headers: Record<string, string>
  body?: string
  timeout: number
}

export interface RawResponse {
  status: number
  data: unknown
  headers: Record<string, string>
}

export class NetworkFailure extends Error {
  constructor(readonly timedOut: boolean) {
    super(timedOut ? 'timeout' : 'network')
  }
}

/** WeChat and Alipay cannot send PATCH; the server accepts it as POST with this header. */
const METHOD_OVERRIDE = 'X-HTTP-Method-Override'

function wireMethod(raw: RawRequest): Pick<RawRequest, 'method' | 'headers'> {
  // #ifndef H5
  if (raw.method === 'PATCH') return { method: 'POST', headers: { ...raw.headers, [METHOD_OVERRIDE]: 'PATCH' } }
  // #endif
  return raw
}

/** One HTTP exchange; rejects with NetworkFailure only when there is no answer at all. */
export function exchange(raw: RawRequest): Promise<RawResponse> {
  const { method, headers } = wireMethod(raw)
  return new Promise((resolve, reject) => {
    uni.request({
      url: addressed(raw.path),
      method: method as 'GET',
      header: headers,
      data: raw.body,
      // Read as text and parsed here: Alipay fails an answer that is no JSON, even an empty one.
      dataType: 'text',
      timeout: raw.timeout,
      success: (answer) => {
        const status = Number(answer.statusCode)
        if (!status) return reject(new NetworkFailure(false))
        resolve({ status, data: parsed(answer.data), headers: lowerKeys(answer.header) })
      },
      fail: (failure) => {
        // Alipay reports HTTP errors as failures, with the answer inside.
        const answer = failure as { statusCode?: number; data?: unknown; header?: unknown; errMsg?: string }
        const status = Number(answer.statusCode)
        if (status >= 400) return resolve({ status, data: parsed(answer.data), headers: lowerKeys(answer.header) })
        reject(new NetworkFailure(/timeout/i.test(answer.errMsg ?? '')))
      },
    })
  })
}

/** A path of our server; whole addresses stay as they are. */
const addressed = (path: string) => (/^https?:/.test(path) ? path : SERVER + path)

export function parsed(data: unknown): unknown {
  if (typeof data !== 'string' || data === '') return data === '' ? null : data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}

function lowerKeys(headers: unknown): Record<string, string> {
  const entries = Object.entries((headers ?? {}) as Record<string, string>)
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]))
}

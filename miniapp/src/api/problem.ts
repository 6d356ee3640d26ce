/** What the server refused, or why there was no answer (RFC 9457 problem+json with stable codes). */
import type { Schema } from './types/generated'

export type FieldProblem = Schema<'FieldProblem'>
/** What came may be no problem of ours: an empty page of a proxy's. */
type ProblemBody = Partial<Schema<'Problem'>>

const KNOWN = new Set(['code', 'title', 'detail', 'fields', 'status', 'type', 'instance'])

export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly title: string,
    readonly detail = '',
    readonly fields: FieldProblem[] = [],
    readonly extra: Record<string, unknown> = {},
  ) {
    super(`${code} (${status})`)
    this.name = 'ApiProblem'
  }

  /** No answer came: nothing is known about what the server did. */
  get offline(): boolean {
    return this.code === 'client.offline' || this.code === 'client.timeout'
  }

  get retryable(): boolean {
    return this.offline || this.status === 503 || this.status === 502 || this.status === 504
  }

  static fromAnswer(status: number, data: unknown): ApiProblem {
    const body: ProblemBody = typeof data === 'object' && data !== null ? data : {}
    const extra = Object.fromEntries(Object.entries(body).filter(([key]) => !KNOWN.has(key)))
    return new ApiProblem(
      body.code ?? `http.${status}`,
      status,
      body.title ?? '',
      body.detail ?? '',
      body.fields ?? [],
      extra,
    )
  }

  static offlineNow(timedOut: boolean): ApiProblem {
    return new ApiProblem(timedOut ? 'client.timeout' : 'client.offline', 0, '')
  }

  static from(cause: unknown): ApiProblem {
    return cause instanceof ApiProblem ? cause : new ApiProblem('client.unexpected', 0, '', String(cause))
  }
}

import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, useToken, whenSignedOut } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { published } from '@/api/published'
import { problemLine, problemTitle } from '@/api/words'
import { useIntention } from '@/features/shared/intention'
import { setLocale } from '@/i18n'
import { answers, sent } from '../setup'

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => Promise.reject(new Error('expected a problem')),
    (cause) => cause as ApiProblem,
  )

beforeEach(() => {
  useToken(null)
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 })
  return () => vi.useRealTimers()
})

describe('api', () => {
  it('sends the token, the language and the query', async () => {
    useToken('opaque')
    answers.push({ statusCode: 200, data: '{"results":[]}' })
    await expect(api({ path: '/search', query: { q: '居住证', audience: undefined } })).resolves.toEqual({
      results: [],
    })
    expect(sent[0]!.url).toBe(`/api/v1/search?q=${encodeURIComponent('居住证')}`)
    expect(sent[0]!.header).toMatchObject({ Authorization: 'Bearer opaque', 'Accept-Language': 'zh-CN' })
  })

  it('turns problem+json into a typed problem', async () => {
    answers.push({
      statusCode: 422,
      data: {
        code: 'cases.form_invalid',
        title: '请修改',
        detail: '有一处不对',
        fields: [{ path: '/name', code: 'required', message: '请填写姓名' }],
        left: 2,
      },
    })
    const problem = await problemOf(api({ method: 'POST', path: '/cases/1/submit', body: {} }))
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({
      code: 'cases.form_invalid',
      status: 422,
      fields: [{ path: '/name' }],
      extra: { left: 2 },
    })
    expect(problemLine(problem)).toBe('请修改。有一处不对')
  })

  it('survives an answer that is no JSON', async () => {
    answers.push({ statusCode: 502, data: '<html>bad gateway</html>' })
    const problem = await problemOf(api({ path: '/me' }))
    expect(problem).toMatchObject({ code: 'http.502', retryable: true })
    expect(problemTitle(problem)).toBe('服务正在恢复')
  })

  it('tries a read again when the network fails', async () => {
    answers.push('offline', 'timeout', { statusCode: 200, data: [] })
    await expect(api({ path: '/todos' })).resolves.toEqual([])
    expect(sent.length).toBe(3)
  })

  it('gives up after three times and says offline', async () => {
    const problem = await problemOf(api({ path: '/todos' }))
    expect(problem).toMatchObject({ code: 'client.offline', offline: true })
    expect(sent.length).toBe(3)
  })

  it('never repeats a write that has no key', async () => {
    await problemOf(api({ method: 'POST', path: '/cases/1/urge', body: {} }))
    expect(sent.length).toBe(1)
  })

  it('repeats a write under its one key', async () => {
    answers.push('offline', { statusCode: 201, data: { id: 'C1' } })
    await api({ method: 'POST', path: '/cases', body: {}, idempotencyKey: 'k' })
    expect(sent.map(({ header }) => header['Idempotency-Key'])).toEqual(['k', 'k'])
  })

  it('forgets an ended session', async () => {
    const ended = vi.fn()
    whenSignedOut(ended)
    useToken('old')
    answers.push({ statusCode: 401, data: { code: 'identity.session_ended', title: '请重新登录' } })
    await problemOf(api({ path: '/me' }))
    expect(ended).toHaveBeenCalledOnce()
  })
})

describe('one intention', () => {
  it('keeps its key until it succeeds', async () => {
    const once = useIntention()
    const keys: string[] = []
    await once(async (key) => (keys.push(key), Promise.reject(new Error('lost')))).catch(() => undefined)
    await once(async (key) => void keys.push(key))
    await once(async (key) => void keys.push(key))
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[1])
  })
})

describe('published documents', () => {
  it('shows the last known copy with its time when offline', async () => {
    answers.push({ statusCode: 200, data: { name: '云州市' } })
    expect((await published<{ name: string }>('city')).savedAt).toBeNull()
    const offline = await published<{ name: string }>('city')
    expect(offline.data.name).toBe('云州市')
    expect(offline.savedAt).toMatch(/^\d{4}-/)
  })

  it('is read without the token', async () => {
    useToken('opaque')
    answers.push({ statusCode: 200, data: {} })
    await published('halls')
    expect(sent[0]!.header.Authorization).toBeUndefined()
  })

  it('does not hide a withdrawn document behind an old copy', async () => {
    answers.push({ statusCode: 200, data: {} }, { statusCode: 404, data: { code: 'http.404' } })
    await published('items/A')
    expect(await problemOf(published('items/A'))).toMatchObject({ status: 404 })
  })
})

it('speaks English by code', () => {
  setLocale('en')
  const problem = new ApiProblem('client.offline', 0, '')
  expect(problemTitle(problem)).toBe('No network')
})
